/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desk's one door to the server and to what is kept of it.
 */
#define G_LOG_DOMAIN "guichet-desk"

#include "config.h"

#include "guichet-desk.h"

struct _GuichetDesk
{
  GObject parent_instance;

  GuichetClock *clock; /* (owned) */
  char *data_dir;      /* (owned) */
  GTimeZone *zone;     /* (owned) */
  GPtrArray *nobody;   /* (owned): empty, of clerks */
  GPtrArray *held;     /* (owned): of GuichetHeld */
  GuichetDeskState state;
};

enum
{
  PROP_STATE = 1,
  PROP_CLERK,
  PROP_CATALOGUE,
  PROP_SYNC_DONE,
  PROP_SYNC_TOTAL,
  PROP_PENDING,
  PROP_HELD,
  PROP_OFFLINE_SINCE,
  PROP_KEYRING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  COUNTS_CHANGED,
  HELD_CHANGED,
  ARRIVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (GuichetDeskState,
                    guichet_desk_state,
                    G_DEFINE_ENUM_VALUE (GUICHET_DESK_SIGNED_OUT, "signedOut"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DESK_SYNCHRONISING, "synchronising"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DESK_ONLINE, "online"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DESK_OFFLINE, "offline"))
G_DEFINE_QUARK (guichet-desk-error-quark, guichet_desk_error);
G_DEFINE_FINAL_TYPE (GuichetDesk, guichet_desk, G_TYPE_OBJECT)

static void
guichet_desk_finalize (GObject *object)
{
  GuichetDesk *self = GUICHET_DESK (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->nobody, g_ptr_array_unref);
  g_clear_pointer (&self->held, g_ptr_array_unref);

  G_OBJECT_CLASS (guichet_desk_parent_class)->finalize (object);
}

static void
guichet_desk_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetDesk *self = GUICHET_DESK (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_CLERK:
    case PROP_CATALOGUE:
    case PROP_SYNC_DONE:
    case PROP_SYNC_TOTAL:
    case PROP_PENDING:
    case PROP_HELD:
    case PROP_OFFLINE_SINCE:
    case PROP_KEYRING:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_desk_class_init (GuichetDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = guichet_desk_finalize;
  object_class->get_property = guichet_desk_get_property;

  properties[PROP_STATE] = g_param_spec_enum ("state",
                                              NULL,
                                              NULL,
                                              GUICHET_TYPE_DESK_STATE,
                                              GUICHET_DESK_SIGNED_OUT,
                                              flags);
  properties[PROP_CLERK] = g_param_spec_pointer ("clerk", NULL, NULL, flags);
  properties[PROP_CATALOGUE] = g_param_spec_pointer ("catalogue", NULL, NULL, flags);
  properties[PROP_SYNC_DONE] =
      g_param_spec_int64 ("sync-done", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SYNC_TOTAL] =
      g_param_spec_int64 ("sync-total", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PENDING] = g_param_spec_uint ("pending", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_HELD] = g_param_spec_uint ("held", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_OFFLINE_SINCE] =
      g_param_spec_int64 ("offline-since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_KEYRING] = g_param_spec_boolean ("keyring", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[COUNTS_CHANGED] = g_signal_new ("counts-changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
  signals[HELD_CHANGED] = g_signal_new ("held-changed",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        0);
  signals[ARRIVED] = g_signal_new ("arrived",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
}

static void
guichet_desk_init (GuichetDesk *self)
{
  self->zone = g_time_zone_new_identifier ("Europe/Brussels");
  self->nobody = g_ptr_array_new ();
  self->held = g_ptr_array_new ();
}

GuichetDesk *
guichet_desk_new (GuichetClock *clock, const char *data_dir)
{
  GuichetDesk *self = g_object_new (GUICHET_TYPE_DESK, NULL);

  self->clock = g_object_ref (clock);
  self->data_dir = g_strdup (data_dir);
  return self;
}

void
guichet_desk_sign_in_async (GuichetDesk *self,
                            const char *server,
                            const char *login,
                            const char *password,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, guichet_desk_sign_in_async);
  g_task_return_new_error (task,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_UNREACHABLE,
                           "not connected");
}

void
guichet_desk_resume_async (GuichetDesk *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, guichet_desk_resume_async);
  g_task_return_new_error (task,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_UNREACHABLE,
                           "not connected");
}

void
guichet_desk_sign_out_async (GuichetDesk *self,
                             gboolean force,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, guichet_desk_sign_out_async);
  g_task_return_new_error (task,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_UNREACHABLE,
                           "not connected");
}

void
guichet_desk_submit (GuichetDesk *self,
                     GuichetCommand *command,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, guichet_desk_submit);
  g_task_return_new_error (task,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_UNREACHABLE,
                           "not connected");
}

void
guichet_desk_preview_async (GuichetDesk *self,
                            const char *reference,
                            const char *to,
                            const char *reason,
                            const char *sentence,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, guichet_desk_preview_async);
  g_task_return_new_error (task,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_UNREACHABLE,
                           "not connected");
}

void
guichet_desk_find_person_async (GuichetDesk *self,
                                const char *niss,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, guichet_desk_find_person_async);
  g_task_return_new_error (task,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_UNREACHABLE,
                           "not connected");
}

void
guichet_desk_fetch_document_async (GuichetDesk *self,
                                   const char *reference,
                                   const char *document,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, guichet_desk_fetch_document_async);
  g_task_return_new_error (task,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_UNREACHABLE,
                           "not connected");
}

gboolean
guichet_desk_sign_in_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
guichet_desk_resume_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
guichet_desk_sign_out_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
guichet_desk_submit_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GuichetRendering *
guichet_desk_preview_finish (GuichetDesk *self,
                             GAsyncResult *result,
                             char **ret_address,
                             GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

GPtrArray *
guichet_desk_find_person_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

GBytes *
guichet_desk_fetch_document_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

GuichetDeskState
guichet_desk_get_state (GuichetDesk *self)
{
  return self->state;
}

const char *
guichet_desk_get_server (GuichetDesk *self)
{
  return NULL;
}

const char *
guichet_desk_get_login (GuichetDesk *self)
{
  return NULL;
}

const GuichetClerk *
guichet_desk_get_clerk (GuichetDesk *self)
{
  return NULL;
}

const GuichetCatalogue *
guichet_desk_get_catalogue (GuichetDesk *self)
{
  return NULL;
}

gint64
guichet_desk_now (GuichetDesk *self)
{
  return guichet_clock_now (self->clock);
}

GuichetDay
guichet_desk_today (GuichetDesk *self)
{
  return guichet_day_of_instant (guichet_desk_now (self), self->zone);
}

GTimeZone *
guichet_desk_get_zone (GuichetDesk *self)
{
  return self->zone;
}

gint64
guichet_desk_get_count (GuichetDesk *self, GuichetView view, GuichetDepartment department)
{
  return -1;
}

GPtrArray *
guichet_desk_get_colleagues (GuichetDesk *self, GuichetDepartment department)
{
  return self->nobody;
}

void
guichet_desk_refresh (GuichetDesk *self)
{
}

GPtrArray *
guichet_desk_get_held (GuichetDesk *self)
{
  return self->held;
}

void
guichet_desk_retry_held (GuichetDesk *self, const char *key)
{
}

void
guichet_desk_discard_held (GuichetDesk *self, const char *key)
{
}
