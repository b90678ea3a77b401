/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Entries of the history, made from events and pending commands.
 */
#define G_LOG_DOMAIN "guichet-timeline-item"

#include "config.h"

#include "guichet-timeline-item.h"
#include "guichet-date-words.h"
#include "guichet-event-words.h"

#include <glib/gi18n.h>

struct _GuichetTimelineItem
{
  GObject parent_instance;

  GuichetTimelineKind kind;
  gint64 instant; /* 0 for what is on its way */
  gboolean pending;
  gboolean failed;
  const char *icon; /* static */

  /* Owned */
  char *title;
  char *who;      /* (nullable) */
  char *detail;   /* (nullable) */
  char *delivery; /* (nullable) */
  char *moment;
  char *day;          /* that it happened on */
  char *heading;      /* (nullable): the day, on its first entry */
  char *notification; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (GuichetTimelineItem, guichet_timeline_item, G_TYPE_OBJECT)

static void
guichet_timeline_item_finalize (GObject *object)
{
  GuichetTimelineItem *self = GUICHET_TIMELINE_ITEM (object);

  g_free (self->title);
  g_free (self->who);
  g_free (self->detail);
  g_free (self->delivery);
  g_free (self->moment);
  g_free (self->day);
  g_free (self->heading);
  g_free (self->notification);

  G_OBJECT_CLASS (guichet_timeline_item_parent_class)->finalize (object);
}

static void
guichet_timeline_item_class_init (GuichetTimelineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_timeline_item_finalize;
}

static void
guichet_timeline_item_init (GuichetTimelineItem *self)
{
}

static GuichetTimelineKind
kind_of (GuichetEventKind kind)
{
  switch ((int) kind)
    {
    case GUICHET_EVENT_NOTE_WRITTEN:
      return GUICHET_TIMELINE_NOTE;
    case GUICHET_EVENT_NOTIFICATION_QUEUED:
    case GUICHET_EVENT_NOTIFICATION_SENT:
    case GUICHET_EVENT_NOTIFICATION_DELAYED:
    case GUICHET_EVENT_NOTIFICATION_FAILED:
      return GUICHET_TIMELINE_MAIL;
    default:
      return GUICHET_TIMELINE_STEPS;
    }
}

/* What became of a mail is told where it was queued, not as events of its own. */
static gboolean
is_told_elsewhere (const GuichetRequest *request, const GuichetEvent *event)
{
  return kind_of (event->kind) == GUICHET_TIMELINE_MAIL &&
         event->kind != GUICHET_EVENT_NOTIFICATION_QUEUED && event->notification != NULL &&
         guichet_request_find_notification (request, event->notification) != NULL;
}

static char *
who_did (GuichetOpenRequest *open, const GuichetEvent *event)
{
  if (event->kind == GUICHET_EVENT_SUBMITTED && event->citizen != NULL &&
      event->channel == GUICHET_CHANNEL_WEB)
    return guichet_citizen_display_name (event->citizen);
  if (event->actor == NULL || g_str_equal (event->actor, GUICHET_ACTOR_DAEMON))
    return g_strdup (_ ("automatic"));
  return g_strdup (guichet_open_request_name_of (open, event->actor));
}

/* A letter that is on its way, or that somebody here asked for once more, needs nobody to press again. */
static gboolean
may_repeat (GuichetOpenRequest *open, const GuichetNotification *notification)
{
  const GuichetRequest *request = guichet_open_request_get_request (open);
  GPtrArray *pending = guichet_open_request_get_pending (open);

  for (guint i = 0; i < pending->len; i++)
    {
      const GuichetCommand *command = g_ptr_array_index (pending, i);
      const GuichetNotification *asked =
          command->kind == GUICHET_COMMAND_RESEND_NOTIFICATION
              ? guichet_request_find_notification (request, command->notification)
              : NULL;

      if (asked != NULL && guichet_notification_is_same (asked, notification))
        return FALSE;
    }
  return !guichet_request_is_on_its_way (request, notification, NULL);
}

static void
add_delivery (GuichetTimelineItem *self, GuichetOpenRequest *open, const GuichetEvent *event)
{
  const GuichetNotification *notification =
      guichet_request_find_notification (guichet_open_request_get_request (open),
                                         event->notification);
  g_autofree char *state = NULL;

  if (notification == NULL)
    return;
  state = guichet_event_words_delivery (notification);
  self->failed = notification->delivery == GUICHET_DELIVERY_FAILED;
  self->delivery = notification->detail != NULL && notification->detail[0] != '\0'
                       ? g_strdup_printf ("%s\n%s", state, notification->detail)
                       : g_steal_pointer (&state);
  if (may_repeat (open, notification))
    self->notification = g_strdup (notification->id);
}

static GuichetTimelineItem *
item_of_event (GuichetOpenRequest *open, GuichetDesk *desk, const GuichetEvent *event)
{
  GuichetTimelineItem *self = g_object_new (GUICHET_TYPE_TIMELINE_ITEM, NULL);
  GTimeZone *zone = guichet_desk_get_zone (desk);
  const char *owner =
      event->assignee != NULL ? guichet_open_request_name_of (open, event->assignee) : NULL;

  self->kind = kind_of (event->kind);
  self->instant = event->instant;
  self->icon = guichet_event_words_icon (event->kind);
  self->title = guichet_event_words_title (event, guichet_open_request_get_procedure (open), owner);
  self->who = who_did (open, event);
  self->detail = guichet_event_words_detail (event);
  self->moment = guichet_date_words_time (event->instant, zone);
  self->day = guichet_date_words_heading (guichet_day_of_instant (event->instant, zone),
                                          guichet_desk_today (desk));
  if (event->kind == GUICHET_EVENT_NOTIFICATION_QUEUED && event->notification != NULL)
    add_delivery (self, open, event);
  return self;
}

static GuichetTimelineItem *
item_of_command (GuichetOpenRequest *open, GuichetDesk *desk, const GuichetCommand *command)
{
  GuichetTimelineItem *self = g_object_new (GUICHET_TYPE_TIMELINE_ITEM, NULL);
  const GuichetEventKind kind = guichet_event_words_command_kind (command->kind);
  const char *owner = command->kind == GUICHET_COMMAND_ASSIGN
                          ? guichet_open_request_name_of (open, command->to)
                          : NULL;

  self->kind = kind_of (kind);
  self->pending = TRUE;
  self->icon = guichet_event_words_icon (kind);
  self->title =
      guichet_event_words_command (command, guichet_open_request_get_procedure (open), owner);
  self->detail = g_strdup (command->text);
  self->moment = guichet_desk_get_state (desk) == GUICHET_DESK_OFFLINE
      ? g_strdup (_ ("Waits until the server answers"))
      : g_strdup (_ ("On its way to the server"));
  self->day = g_strdup (_ ("On its way"));
  return self;
}

static void
add_headings (GPtrArray *items)
{
  const char *day = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      GuichetTimelineItem *item = g_ptr_array_index (items, i);

      if (g_strcmp0 (day, item->day) != 0)
        item->heading = g_strdup (item->day);
      day = item->day;
    }
}

GPtrArray *
guichet_timeline_item_list (GuichetOpenRequest *open, GuichetDesk *desk)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  const GuichetRequest *request = guichet_open_request_get_request (open);
  GPtrArray *pending = guichet_open_request_get_pending (open);
  GPtrArray *events = guichet_open_request_get_events (open);

  for (guint i = pending->len; i > 0; i--)
    g_ptr_array_add (items, item_of_command (open, desk, g_ptr_array_index (pending, i - 1)));
  for (guint i = events->len; i > 0; i--)
    {
      const GuichetEvent *event = g_ptr_array_index (events, i - 1);

      if (request == NULL || !is_told_elsewhere (request, event))
        g_ptr_array_add (items, item_of_event (open, desk, event));
    }
  add_headings (items);
  return items;
}

gboolean
guichet_timeline_item_equal (GuichetTimelineItem *self, GuichetTimelineItem *other)
{
  return self->kind == other->kind && self->instant == other->instant &&
         self->pending == other->pending && self->failed == other->failed &&
         self->icon == other->icon && g_strcmp0 (self->title, other->title) == 0 &&
         g_strcmp0 (self->who, other->who) == 0 && g_strcmp0 (self->detail, other->detail) == 0 &&
         g_strcmp0 (self->delivery, other->delivery) == 0 &&
         g_strcmp0 (self->moment, other->moment) == 0 &&
         g_strcmp0 (self->heading, other->heading) == 0 &&
         g_strcmp0 (self->notification, other->notification) == 0;
}

GuichetTimelineKind
guichet_timeline_item_get_kind (GuichetTimelineItem *self)
{
  return self->kind;
}

const char *
guichet_timeline_item_get_title (GuichetTimelineItem *self)
{
  return self->title;
}

const char *
guichet_timeline_item_get_who (GuichetTimelineItem *self)
{
  return self->who;
}

const char *
guichet_timeline_item_get_detail (GuichetTimelineItem *self)
{
  return self->detail;
}

const char *
guichet_timeline_item_get_delivery (GuichetTimelineItem *self)
{
  return self->delivery;
}

const char *
guichet_timeline_item_get_icon (GuichetTimelineItem *self)
{
  return self->icon;
}

const char *
guichet_timeline_item_get_heading (GuichetTimelineItem *self)
{
  return self->heading;
}

const char *
guichet_timeline_item_get_moment (GuichetTimelineItem *self)
{
  return self->moment;
}

gint64
guichet_timeline_item_get_instant (GuichetTimelineItem *self)
{
  return self->instant;
}

gboolean
guichet_timeline_item_get_pending (GuichetTimelineItem *self)
{
  return self->pending;
}

gboolean
guichet_timeline_item_get_failed (GuichetTimelineItem *self)
{
  return self->failed;
}

const char *
guichet_timeline_item_get_notification (GuichetTimelineItem *self)
{
  return self->notification;
}

char *
guichet_timeline_item_spoken (GuichetTimelineItem *self)
{
  const char *parts[] = {
    self->title, self->who, self->day, self->moment, self->detail, self->delivery,
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && parts[i][0] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", parts[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
