/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request as its journal makes it: the fold.
 */
#define G_LOG_DOMAIN "guichet-request"

#include "config.h"

#include "guichet-request-private.h"

G_DEFINE_ENUM_TYPE (GuichetDelivery,
                    guichet_delivery,
                    G_DEFINE_ENUM_VALUE (GUICHET_DELIVERY_QUEUED, "queued"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DELIVERY_DELAYED, "delayed"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DELIVERY_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DELIVERY_FAILED, "failed"))

static void
stay_free (gpointer data)
{
  GuichetStay *self = data;

  g_free (self->stage);
  g_free (self);
}

static void
document_free (gpointer data)
{
  GuichetDocument *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->media_type);
  g_free (self->sha256);
  g_free (self->actor);
  g_free (self);
}

static void
notification_free (gpointer data)
{
  GuichetNotification *self = data;

  g_free (self->id);
  g_free (self->text);
  g_free (self->address);
  g_free (self->sentence);
  g_free (self->reason);
  g_free (self->stage);
  g_free (self->repeats);
  g_free (self->detail);
  g_free (self);
}

static void
verification_free (gpointer data)
{
  GuichetVerification *self = data;

  g_free (self->actor);
  g_free (self);
}

GuichetRequest *
_guichet_request_new (void)
{
  GuichetRequest *self = g_atomic_rc_box_new0 (GuichetRequest);

  self->blocked_until = GUICHET_DAY_NONE;
  self->stays = g_ptr_array_new_with_free_func (stay_free);
  self->documents = g_ptr_array_new_with_free_func (document_free);
  self->notifications = g_ptr_array_new_with_free_func (notification_free);
  self->verifications = g_ptr_array_new_with_free_func (verification_free);
  return self;
}

static void
request_clear (gpointer data)
{
  GuichetRequest *self = data;

  g_free (self->reference);
  g_free (self->procedure);
  g_free (self->stage);
  g_free (self->assignee);
  g_free (self->last_actor);
  g_clear_pointer (&self->citizen, guichet_citizen_unref);
  g_clear_pointer (&self->answers, json_object_unref);
  g_ptr_array_unref (self->stays);
  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->notifications);
  g_ptr_array_unref (self->verifications);
}

GuichetRequest *
guichet_request_ref (GuichetRequest *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_request_unref (GuichetRequest *self)
{
  g_atomic_rc_box_release_full (self, request_clear);
}

/* Copies, one level deep */

static gpointer
stay_copy (gconstpointer source, gpointer user_data)
{
  GuichetStay *copy = g_memdup2 (source, sizeof (GuichetStay));

  copy->stage = g_strdup (copy->stage);
  return copy;
}

static gpointer
document_copy (gconstpointer source, gpointer user_data)
{
  GuichetDocument *copy = g_memdup2 (source, sizeof (GuichetDocument));

  copy->id = g_strdup (copy->id);
  copy->name = g_strdup (copy->name);
  copy->media_type = g_strdup (copy->media_type);
  copy->sha256 = g_strdup (copy->sha256);
  copy->actor = g_strdup (copy->actor);
  return copy;
}

static gpointer
notification_copy (gconstpointer source, gpointer user_data)
{
  GuichetNotification *copy = g_memdup2 (source, sizeof (GuichetNotification));

  copy->id = g_strdup (copy->id);
  copy->text = g_strdup (copy->text);
  copy->address = g_strdup (copy->address);
  copy->sentence = g_strdup (copy->sentence);
  copy->reason = g_strdup (copy->reason);
  copy->stage = g_strdup (copy->stage);
  copy->repeats = g_strdup (copy->repeats);
  copy->detail = g_strdup (copy->detail);
  return copy;
}

static gpointer
verification_copy (gconstpointer source, gpointer user_data)
{
  GuichetVerification *copy = g_memdup2 (source, sizeof (GuichetVerification));

  copy->actor = g_strdup (copy->actor);
  return copy;
}

static GPtrArray *
copy_items (GPtrArray *items, GCopyFunc copy, GDestroyNotify free_item)
{
  GPtrArray *copies = g_ptr_array_copy (items, copy, NULL);

  g_ptr_array_set_free_func (copies, free_item);
  return copies;
}

static GuichetRequest *
request_copy (const GuichetRequest *self)
{
  GuichetRequest *copy = g_atomic_rc_box_new0 (GuichetRequest);

  *copy = *self;
  copy->reference = g_strdup (self->reference);
  copy->procedure = g_strdup (self->procedure);
  copy->stage = g_strdup (self->stage);
  copy->assignee = g_strdup (self->assignee);
  copy->last_actor = g_strdup (self->last_actor);
  copy->citizen = self->citizen != NULL ? guichet_citizen_ref (self->citizen) : NULL;
  copy->answers = self->answers != NULL ? json_object_ref (self->answers) : NULL;
  copy->stays = copy_items (self->stays, stay_copy, stay_free);
  copy->documents = copy_items (self->documents, document_copy, document_free);
  copy->notifications = copy_items (self->notifications, notification_copy, notification_free);
  copy->verifications = copy_items (self->verifications, verification_copy, verification_free);
  return copy;
}

/* The fold */

static void
begin_stay (GuichetRequest *self, const GuichetEvent *event)
{
  GuichetStay *stay = g_new0 (GuichetStay, 1);

  stay->stage = g_strdup (event->stage);
  stay->phase = event->phase;
  stay->waiting = event->waiting;
  stay->from = event->instant;
  g_ptr_array_add (self->stays, stay);
}

static void
submit (GuichetRequest *self, const GuichetEvent *event)
{
  self->reference = g_strdup (event->reference);
  self->received = event->instant;
  self->channel = event->channel;
  self->citizen = event->citizen != NULL ? guichet_citizen_ref (event->citizen) : NULL;
  self->answers = event->answers != NULL ? json_object_ref (event->answers) : NULL;
  begin_stay (self, event);
}

static void
attach (GuichetRequest *self, const GuichetEvent *event)
{
  GuichetDocument *document = g_new0 (GuichetDocument, 1);

  document->id = g_strdup (event->document);
  document->name = g_strdup (event->document_name);
  document->media_type = g_strdup (event->document_type);
  document->sha256 = g_strdup (event->document_sha256);
  document->size = event->document_size;
  document->instant = event->instant;
  document->actor = g_strdup (event->actor);
  g_ptr_array_add (self->documents, document);
}

/* Without its payload, which a purge takes, nothing is known of what was found. */
static void
verify (GuichetRequest *self, const GuichetEvent *event)
{
  GuichetVerification *verification;

  if (event->check == NULL)
    return;
  verification = g_new0 (GuichetVerification, 1);
  verification->finding = event->check->finding;
  verification->method = event->check->method;
  verification->instant = event->instant;
  verification->actor = g_strdup (event->actor);
  g_ptr_array_add (self->verifications, verification);
}

static void
queue_notification (GuichetRequest *self, const GuichetEvent *event)
{
  GuichetNotification *notification = g_new0 (GuichetNotification, 1);

  notification->id = g_strdup (event->notification);
  notification->text = g_strdup (event->notification_text);
  notification->language = event->notification_language;
  notification->address = g_strdup (event->address);
  notification->sentence = g_strdup (event->sentence);
  notification->reason = g_strdup (event->text);
  notification->stage = g_strdup (event->from_stage != NULL ? event->from_stage : event->stage);
  notification->repeats = g_strdup (event->repeats);
  notification->delivery = GUICHET_DELIVERY_QUEUED;
  notification->instant = event->instant;
  g_ptr_array_add (self->notifications, notification);
}

static void
follow_notification (GuichetRequest *self, const GuichetEvent *event, GuichetDelivery delivery)
{
  GuichetNotification *notification =
      event->notification != NULL
          ? (GuichetNotification *) guichet_request_find_notification (self, event->notification)
          : NULL;

  if (notification == NULL)
    return;
  notification->delivery = delivery;
  notification->instant = event->instant;
  g_free (notification->detail);
  notification->detail = g_strdup (event->detail);
}

/* What a purge leaves is what headers say: payloads cannot be read any more. */
static void
forget (GuichetRequest *self)
{
  self->channel = GUICHET_CHANNEL_NONE;
  self->blocked_until = GUICHET_DAY_NONE;
  g_clear_pointer (&self->citizen, guichet_citizen_unref);
  g_clear_pointer (&self->answers, json_object_unref);
  g_ptr_array_set_size (self->documents, 0);
  g_ptr_array_set_size (self->notifications, 0);
  g_ptr_array_set_size (self->verifications, 0);
}

static void
apply_header (GuichetRequest *self, const GuichetEvent *event)
{
  g_free (self->procedure);
  self->procedure = g_strdup (event->procedure);
  self->department = event->department;
  g_free (self->stage);
  self->stage = g_strdup (event->stage);
  self->phase = event->phase;
  self->waiting = event->waiting;
  self->blocker = event->blocker;
  self->result = event->result;
  g_free (self->assignee);
  self->assignee = g_strdup (event->assignee);
  self->version = event->version;
  self->last_event = event->number;
  self->last_kind = event->kind;
  g_free (self->last_actor);
  self->last_actor = g_strdup (event->actor);
  self->last_instant = event->instant;
  if (event->blocker == GUICHET_BLOCKER_NONE)
    self->blocked_until = GUICHET_DAY_NONE;
}

GuichetRequest *
guichet_request_outline (const GuichetEvent *last)
{
  GuichetRequest *self;

  g_return_val_if_fail (last != NULL && last->reference != NULL, NULL);

  self = _guichet_request_new ();
  self->reference = g_strdup (last->reference);
  apply_header (self, last);
  return self;
}

GuichetRequest *
guichet_request_apply (const GuichetRequest *before, const GuichetEvent *event)
{
  GuichetRequest *self;

  g_return_val_if_fail (event != NULL, NULL);
  g_return_val_if_fail ((before == NULL) == (event->kind == GUICHET_EVENT_SUBMITTED), NULL);
  g_return_val_if_fail (before == NULL || g_str_equal (before->reference, event->reference), NULL);
  g_return_val_if_fail (event->version == (before != NULL ? before->version : 0) + 1, NULL);

  self = before != NULL ? request_copy (before) : _guichet_request_new ();
  apply_header (self, event);
  switch (event->kind)
    {
    case GUICHET_EVENT_SUBMITTED:
      submit (self, event);
      break;
    case GUICHET_EVENT_STAGE_MOVED:
      self->blocked_until = GUICHET_DAY_NONE;
      begin_stay (self, event);
      break;
    case GUICHET_EVENT_BLOCKED:
      self->blocked_until = event->until;
      break;
    case GUICHET_EVENT_DOCUMENT_ATTACHED:
      attach (self, event);
      break;
    case GUICHET_EVENT_IDENTITY_CHECKED:
      verify (self, event);
      break;
    case GUICHET_EVENT_NOTIFICATION_QUEUED:
      queue_notification (self, event);
      break;
    case GUICHET_EVENT_NOTIFICATION_SENT:
      follow_notification (self, event, GUICHET_DELIVERY_SENT);
      break;
    case GUICHET_EVENT_NOTIFICATION_DELAYED:
      follow_notification (self, event, GUICHET_DELIVERY_DELAYED);
      break;
    case GUICHET_EVENT_NOTIFICATION_FAILED:
      follow_notification (self, event, GUICHET_DELIVERY_FAILED);
      break;
    case GUICHET_EVENT_PURGED:
      forget (self);
      break;
    case GUICHET_EVENT_NONE:
    case GUICHET_EVENT_CLAIMED:
    case GUICHET_EVENT_RELEASED:
    case GUICHET_EVENT_ASSIGNED:
    case GUICHET_EVENT_UNBLOCKED:
    case GUICHET_EVENT_NOTE_WRITTEN:
    default:
      break;
    }
  return self;
}

const GuichetNotification *
guichet_request_find_notification (const GuichetRequest *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < self->notifications->len; i++)
    {
      const GuichetNotification *notification = g_ptr_array_index (self->notifications, i);

      if (g_strcmp0 (notification->id, id) == 0)
        return notification;
    }
  return NULL;
}

static const char *
first_of (const GuichetNotification *self)
{
  return self->repeats != NULL ? self->repeats : self->id;
}

gboolean
guichet_notification_is_same (const GuichetNotification *self, const GuichetNotification *other)
{
  return g_strcmp0 (first_of (self), first_of (other)) == 0;
}

gboolean
guichet_notification_is_under_way (const GuichetNotification *self)
{
  return self->delivery == GUICHET_DELIVERY_QUEUED || self->delivery == GUICHET_DELIVERY_DELAYED;
}

gboolean
guichet_request_is_on_its_way (const GuichetRequest *self,
                               const GuichetNotification *letter,
                               const char *address)
{
  for (guint i = 0; i < self->notifications->len; i++)
    {
      const GuichetNotification *notification = g_ptr_array_index (self->notifications, i);

      if (guichet_notification_is_under_way (notification) &&
          guichet_notification_is_same (notification, letter) &&
          (address == NULL || g_strcmp0 (notification->address, address) == 0))
        return TRUE;
    }
  return FALSE;
}
