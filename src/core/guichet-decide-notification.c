/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What becomes of a notification once it is queued: the mail server's word, and once more.
 */
#define G_LOG_DOMAIN "guichet-decide-notification"

#include "config.h"

#include "guichet-decide-private.h"
#include "guichet-detail.h"
#include "guichet-form.h"

static const GuichetNotification *
find (const GuichetRuling *self, GError **error)
{
  const GuichetNotification *found =
      self->command->notification != NULL
          ? guichet_request_find_notification (self->request, self->command->notification)
          : NULL;

  if (found == NULL)
    guichet_ruling_refuse (GUICHET_REFUSAL_NO_SUCH_NOTIFICATION,
                           "the request has no such notification",
                           error);
  return found;
}

/* The one given now, or else where it went before. */
static const char *
address_for (const GuichetRuling *self, const GuichetNotification *notification)
{
  if (guichet_ruling_has_text (self->command->address))
    return self->command->address;
  return guichet_ruling_has_text (notification->address) ? notification->address
                                                         : self->request->citizen->email;
}

static void
queue_again (GuichetRuling *self, const GuichetNotification *notification, const char *address)
{
  const char *sentence = self->command->sentence;
  GuichetEvent *event = guichet_ruling_add_event (self, GUICHET_EVENT_NOTIFICATION_QUEUED);

  event->notification = guichet_ruling_new_id (self);
  event->notification_text = g_strdup (notification->text);
  event->notification_language = notification->language;
  event->repeats =
      g_strdup (notification->repeats != NULL ? notification->repeats : notification->id);
  event->address = g_strdup (address);
  event->sentence =
      g_strdup (guichet_ruling_has_text (sentence) ? sentence : notification->sentence);
  event->text = g_strdup (notification->reason);
  if (g_strcmp0 (notification->stage, event->stage) != 0)
    event->from_stage = g_strdup (notification->stage);
}

gboolean
guichet_decide_resend (GuichetRuling *self, GError **error)
{
  const GuichetNotification *notification = find (self, error);
  const char *address;

  if (notification == NULL)
    return FALSE;

  address = address_for (self, notification);
  if (!guichet_ruling_has_text (address))
    return guichet_ruling_refuse (GUICHET_REFUSAL_NO_ADDRESS,
                                  "no e-mail address of the citizen is known",
                                  error);
  if (!guichet_email_is_valid (address))
    guichet_ruling_add_issue (self, "invalidInput", "address", "must be an e-mail address");
  if (guichet_request_is_on_its_way (self->request, notification, address))
    return TRUE;
  if (guichet_notification_is_under_way (notification))
    guichet_ruling_add_issue (self,
                              "rejectedInput",
                              "notification",
                              "is still on its way to another address");
  if (!guichet_ruling_check_issues (self, error))
    return FALSE;

  queue_again (self, notification, address);
  return TRUE;
}

gboolean
guichet_decide_report (GuichetRuling *self, GError **error)
{
  const GuichetCommand *command = self->command;
  const GuichetNotification *notification = find (self, error);
  GuichetEvent *event;

  g_return_val_if_fail (command->fate == GUICHET_EVENT_NOTIFICATION_SENT ||
                            command->fate == GUICHET_EVENT_NOTIFICATION_DELAYED ||
                            command->fate == GUICHET_EVENT_NOTIFICATION_FAILED,
                        FALSE);

  if (notification == NULL)
    return FALSE;
  /* The last word stands; a mail handed over twice was still sent. */
  if (!guichet_notification_is_under_way (notification))
    return TRUE;

  event = guichet_ruling_add_event (self, command->fate);
  event->notification = g_strdup (notification->id);
  event->address = g_strdup (notification->address);
  if (command->fate != GUICHET_EVENT_NOTIFICATION_SENT && command->detail != NULL)
    event->detail = guichet_detail_clean (command->detail);
  if (command->fate == GUICHET_EVENT_NOTIFICATION_DELAYED)
    event->next_attempt = command->next_attempt;
  return TRUE;
}
