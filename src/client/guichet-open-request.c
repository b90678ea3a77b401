/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request that is open on the desk, followed live.
 *
 * guichet-open-request-reading.c says where its content comes from. Every later change of its line
 * asks the server again.
 */
#define G_LOG_DOMAIN "guichet-open-request"

#include "config.h"

#include "guichet-decide.h"
#include "guichet-open-request-private.h"

enum
{
  PROP_REFERENCE = 1,
  PROP_LOADING,
  PROP_ERROR,
  PROP_STALE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetOpenRequest, guichet_open_request, G_TYPE_OBJECT)

void
_guichet_open_request_set_loading (GuichetOpenRequest *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

void
_guichet_open_request_set_stale (GuichetOpenRequest *self, gboolean stale)
{
  if (self->stale == stale)
    return;
  self->stale = stale;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

void
_guichet_open_request_set_error (GuichetOpenRequest *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Pending commands */

/* Whether a command that is no longer in the outbox shows in the content: until then it stays
 * pending on the screen, or it would be nowhere for a moment. */
static gboolean
lingers (GuichetOpenRequest *self, const GuichetCommand *command)
{
  const gint64 *version = g_hash_table_lookup (self->versions, command->key);

  return version != NULL && self->content != NULL && self->content->request->version < *version;
}

static void
update_pending (GuichetOpenRequest *self)
{
  GuichetOutbox *outbox = self->desk->outbox;
  g_autoptr (GPtrArray) now =
      outbox != NULL ? guichet_outbox_list_pending (outbox, self->reference) : NULL;
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->pending);

  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_command_unref);
  for (guint i = 0; i < before->len; i++)
    {
      GuichetCommand *command = g_ptr_array_index (before, i);

      if (now != NULL && !g_ptr_array_find (now, command, NULL) && lingers (self, command))
        g_ptr_array_add (self->pending, guichet_command_ref (command));
    }
  for (guint i = 0; now != NULL && i < now->len; i++)
    {
      GuichetCommand *command = g_ptr_array_index (now, i);
      const gint64 version = guichet_outbox_get_version (outbox, command->key);

      if (version > 0)
        g_hash_table_replace (self->versions,
                              g_strdup (command->key),
                              g_memdup2 (&version, sizeof version));
      /* The server's answer may be here before the feed's. */
      if (version > 0 && self->content != NULL && self->content->request->version >= version)
        continue;
      g_ptr_array_add (self->pending, guichet_command_ref (command));
    }
}

/* What follows from the content */

static GuichetClerk *
find_target (GuichetOpenRequest *self, const GuichetCommand *command)
{
  GPtrArray *colleagues = guichet_desk_get_colleagues (self->desk, GUICHET_DEPARTMENT_NONE);

  for (guint i = 0; command->kind == GUICHET_COMMAND_ASSIGN && i < colleagues->len; i++)
    {
      GuichetClerk *clerk = g_ptr_array_index (colleagues, i);

      if (g_strcmp0 (clerk->login, command->to) == 0)
        return clerk;
    }
  return NULL;
}

/* The request as it will be if the server takes what is under way: what comes next is typed
 * against that. */
static GuichetRequest *
project (GuichetOpenRequest *self)
{
  GuichetRequest *request = guichet_request_ref (self->content->request);

  for (guint i = 0; i < self->pending->len; i++)
    {
      const GuichetCommand *command = g_ptr_array_index (self->pending, i);
      g_auto (GuichetDecision) decision = { 0 };

      /* A document changes no move that is offered, and digesting it takes longer than a frame. */
      if (command->kind == GUICHET_COMMAND_ATTACH_DOCUMENT ||
          !guichet_decide (self->catalogue,
                           request,
                           command,
                           guichet_desk_get_clerk (self->desk),
                           find_target (self, command),
                           guichet_desk_now (self->desk),
                           guichet_desk_today (self->desk),
                           &decision,
                           NULL))
        continue;
      for (guint j = 0; j < decision.events->len; j++)
        {
          GuichetRequest *after =
              guichet_request_apply (request, g_ptr_array_index (decision.events, j));

          guichet_request_unref (request);
          request = after;
        }
    }
  return request;
}

static void
update_moves (GuichetOpenRequest *self)
{
  const GuichetClerk *clerk = guichet_desk_get_clerk (self->desk);

  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_clear_pointer (&self->projected, guichet_request_unref);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  if (self->content != NULL && self->desk->catalogue != NULL && clerk != NULL)
    {
      self->catalogue = guichet_catalogue_ref (self->desk->catalogue);
      self->projected = project (self);
      self->moves = guichet_decide_moves (self->catalogue, self->projected, clerk);
    }
}

static void
update_deadline (GuichetOpenRequest *self)
{
  const GuichetProcedure *procedure = guichet_open_request_get_procedure (self);

  g_clear_pointer (&self->deadline, guichet_deadline_free);
  if (procedure != NULL)
    self->deadline = guichet_deadline_new (self->content->request,
                                           procedure,
                                           guichet_catalogue_calendar (self->catalogue),
                                           guichet_desk_get_zone (self->desk),
                                           guichet_desk_today (self->desk));
}

static void
update (GuichetOpenRequest *self)
{
  update_pending (self);
  update_moves (self);
  update_deadline (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* @content: (nullable) */
void
_guichet_open_request_set_content (GuichetOpenRequest *self, GuichetContent *content)
{
  if (content != NULL)
    guichet_content_ref (content);
  g_clear_pointer (&self->content, guichet_content_unref);
  self->content = content;
  _guichet_desk_look (self->desk, self->reference, content != NULL ? content->request->version : 0);
  update (self);
}

/* What happens at the desk */

static void
lines_changed_cb (GuichetDesk *desk, GuichetApplied *applied, GuichetOpenRequest *self)
{
  for (guint i = 0; i < applied->touched->len; i++)
    {
      const GuichetTouched *touched = g_ptr_array_index (applied->touched, i);

      if (!g_str_equal (touched->reference, self->reference))
        continue;
      if (touched->purged)
        {
          _guichet_open_request_lose (self);
          continue;
        }
      if (self->content != NULL && touched->version != 0 &&
          touched->version <= self->content->request->version)
        continue;
      /* What only left the queue may still be read. */
      if (self->cancellable != NULL && touched->version != 0)
        self->again = TRUE;
      else
        _guichet_open_request_ask_server (self);
    }
}

static void
pending_changed_cb (GuichetDesk *desk, const char *reference, GuichetOpenRequest *self)
{
  if (reference != NULL && !g_str_equal (reference, self->reference))
    return;
  update (self);
}

static void
reconnected_cb (GuichetDesk *desk, GuichetOpenRequest *self)
{
  if (self->stale || self->error != NULL)
    _guichet_open_request_ask_server (self);
}

static void
mirror_replaced_cb (GuichetDesk *desk, GuichetOpenRequest *self)
{
  _guichet_open_request_stop (self);
  if (desk->api == NULL)
    {
      _guichet_open_request_set_content (self, NULL);
      _guichet_open_request_set_stale (self, FALSE);
      _guichet_open_request_set_loading (self, FALSE);
    }
  else if (desk->mirror != NULL)
    _guichet_open_request_ask_server (self);
  else if (desk->mirror_error != NULL)
    _guichet_open_request_fail (self, desk->mirror_error);
}

static void
day_changed_cb (GuichetDesk *desk, GuichetOpenRequest *self)
{
  update (self);
}

static void
catalogue_cb (GuichetDesk *desk, GParamSpec *pspec, GuichetOpenRequest *self)
{
  update (self);
}

/* Object */

static void
guichet_open_request_dispose (GObject *object)
{
  GuichetOpenRequest *self = GUICHET_OPEN_REQUEST (object);

  _guichet_open_request_stop (self);
  if (self->desk != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->desk, self);
      _guichet_desk_look (self->desk, self->reference, 0);
    }
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (guichet_open_request_parent_class)->dispose (object);
}

static void
guichet_open_request_finalize (GObject *object)
{
  GuichetOpenRequest *self = GUICHET_OPEN_REQUEST (object);

  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->content, guichet_content_unref);
  g_clear_pointer (&self->nothing, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->versions, g_hash_table_unref);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_clear_pointer (&self->projected, guichet_request_unref);
  g_clear_pointer (&self->deadline, guichet_deadline_free);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (guichet_open_request_parent_class)->finalize (object);
}

static void
guichet_open_request_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetOpenRequest *self = GUICHET_OPEN_REQUEST (object);

  switch (prop_id)
    {
    case PROP_REFERENCE:
      g_value_set_string (value, self->reference);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_open_request_class_init (GuichetOpenRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = guichet_open_request_dispose;
  object_class->finalize = guichet_open_request_finalize;
  object_class->get_property = guichet_open_request_get_property;

  properties[PROP_REFERENCE] = g_param_spec_string ("reference", NULL, NULL, NULL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
guichet_open_request_init (GuichetOpenRequest *self)
{
  self->nothing = g_ptr_array_new ();
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_command_unref);
  self->versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

GuichetOpenRequest *
guichet_open_request_new (GuichetDesk *desk, const char *reference)
{
  GuichetOpenRequest *self = g_object_new (GUICHET_TYPE_OPEN_REQUEST, NULL);

  self->desk = g_object_ref (desk);
  self->reference = g_strdup (reference);
  g_signal_connect (desk, "lines-changed", G_CALLBACK (lines_changed_cb), self);
  g_signal_connect (desk, "pending-changed", G_CALLBACK (pending_changed_cb), self);
  g_signal_connect (desk, "reconnected", G_CALLBACK (reconnected_cb), self);
  g_signal_connect (desk, "mirror-replaced", G_CALLBACK (mirror_replaced_cb), self);
  g_signal_connect (desk, "day-changed", G_CALLBACK (day_changed_cb), self);
  g_signal_connect (desk, "notify::catalogue", G_CALLBACK (catalogue_cb), self);
  update_pending (self);
  if (desk->mirror != NULL)
    _guichet_open_request_read_mirror (self);
  else
    _guichet_open_request_ask_server (self);
  return self;
}

const char *
guichet_open_request_get_reference (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->reference;
}

gboolean
guichet_open_request_get_loading (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), FALSE);
  return self->loading;
}

gboolean
guichet_open_request_get_stale (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), FALSE);
  return self->stale;
}

const GError *
guichet_open_request_get_error (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->error;
}

const GuichetRequest *
guichet_open_request_get_request (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->content != NULL ? self->content->request : NULL;
}

const GuichetProcedure *
guichet_open_request_get_procedure (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);

  if (self->content == NULL || self->catalogue == NULL)
    return NULL;
  return guichet_catalogue_find (self->catalogue, self->content->request->procedure);
}

GPtrArray *
guichet_open_request_get_events (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->content != NULL ? self->content->events : self->nothing;
}

GPtrArray *
guichet_open_request_get_pending (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->pending;
}

GPtrArray *
guichet_open_request_get_moves (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->moves != NULL ? self->moves : self->nothing;
}

GuichetLack
guichet_open_request_get_lack (GuichetOpenRequest *self, const GuichetMove *move)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), GUICHET_LACK_NONE);
  g_return_val_if_fail (self->projected != NULL, GUICHET_LACK_NONE);

  return guichet_decide_lack (guichet_catalogue_find (self->catalogue, self->projected->procedure),
                              self->projected,
                              move->to,
                              guichet_desk_now (self->desk));
}

const GuichetDeadline *
guichet_open_request_get_deadline (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->deadline;
}

const char *
guichet_open_request_name_of (GuichetOpenRequest *self, const char *login)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return guichet_desk_name_of (self->desk, login);
}

void
guichet_open_request_mark_seen (GuichetOpenRequest *self)
{
  g_return_if_fail (GUICHET_IS_OPEN_REQUEST (self));

  if (self->desk->mirror != NULL && self->content != NULL)
    guichet_mirror_put_seen (self->desk->mirror,
                             self->reference,
                             self->content->request->last_event);
}

void
guichet_open_request_refresh (GuichetOpenRequest *self)
{
  g_return_if_fail (GUICHET_IS_OPEN_REQUEST (self));

  _guichet_open_request_ask_server (self);
}
