/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One message: what it says, in a reader, and its way into the transport, in the mail thread.
 */
#define G_LOG_DOMAIN "guichetd-postman-letter"

#include "config.h"

#include "guichetd-postman-private.h"

#include "guichet-deadline.h"
#include "guichetd-message.h"
#include "guichetd-requests.h"

void
_guichetd_letter_free (gpointer data)
{
  GuichetdLetter *self = data;

  g_object_unref (self->postman);
  g_free (self->to);
  g_clear_pointer (&self->message, g_bytes_unref);
  g_free (self);
}

static GuichetDay
promised_day (GuichetdPostman *self, const GuichetRequest *request, gint64 now)
{
  GuichetCatalogue *catalogue = guichetd_engine_get_catalogue (self->engine);
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, request->procedure);
  GuichetDay today = guichet_day_of_instant (now, self->zone);
  g_autoptr (GuichetDeadline) deadline = NULL;

  if (procedure == NULL)
    return GUICHET_DAY_NONE;

  deadline = guichet_deadline_new (request,
                                   procedure,
                                   guichet_catalogue_calendar (catalogue),
                                   self->zone,
                                   today);
  return guichet_deadline_told (deadline, today);
}

static GuichetRendering *
render (GuichetdPostman *self,
        const GuichetRequest *request,
        const GuichetNotification *notification,
        gint64 now)
{
  const GuichetTown town = { self->town_name, self->town_link, self->town_contact };
  /* The request may have gone on since; the text tells of the stage that it was queued for. */
  GuichetRequest then = *request;

  then.stage = notification->stage;
  return guichet_texts_render (self->texts,
                               notification->text,
                               guichetd_engine_get_catalogue (self->engine),
                               &then,
                               notification->language,
                               &town,
                               promised_day (self, request, now),
                               notification->reason,
                               notification->sentence);
}

static gboolean
compose (GuichetdLetter *letter,
         const GuichetRequest *request,
         const GuichetNotification *notification,
         GError **error)
{
  GuichetdPostman *self = letter->postman;
  const char *domain = strchr (self->from, '@');
  g_autofree char *message_id = g_strconcat (notification->id, domain, NULL);
  g_autoptr (GuichetRendering) rendering = render (self, request, notification, letter->now);
  const GuichetdEnvelope envelope = {
    .from = self->from,
    .from_name = self->from_name,
    .reply_to = self->reply_to,
    .to = notification->address,
    .message_id = message_id,
    .instant = letter->now,
  };

  if (rendering == NULL)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_NOT_FOUND,
                   "the texts have no “%s”",
                   notification->text);
      return FALSE;
    }
  letter->to = g_strdup (notification->address);
  letter->message = guichetd_message_compose (&envelope, rendering, self->zone, error);
  return letter->message != NULL;
}

gboolean
_guichetd_letter_compose (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GuichetdLetter *letter = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GuichetRequest) request =
      guichetd_requests_load (store, db, letter->item->reference, &failure);
  const GuichetNotification *notification;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  notification = request != NULL
                     ? guichet_request_find_notification (request, letter->item->notification)
                     : NULL;
  /* The request may have been purged since: then there is nothing to send, and nobody to. */
  return notification == NULL || compose (letter, request, notification, error);
}

void
_guichetd_letter_deliver (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GuichetdLetter *letter = data;
  GError *error = NULL;

  if (guichetd_transport_deliver (letter->postman->transport,
                                  letter->postman->from,
                                  letter->to,
                                  letter->message,
                                  cancellable,
                                  &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}
