/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readings that the desk did from its mirror, told afterwards with their true time.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichetd-access.h"
#include "guichetd-engine-private.h"

typedef struct
{
  GuichetdEngine *engine; /* (owned) */
  GuichetClerk *actor;    /* (owned) */
  GPtrArray *shown;       /* (owned) of GuichetdShown */
} Record;

static void
record_free (gpointer data)
{
  Record *self = data;

  g_object_unref (self->engine);
  guichet_clerk_unref (self->actor);
  g_ptr_array_unref (self->shown);
  g_free (self);
}

static gboolean
record (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Record *self = data;

  for (guint i = 0; i < self->shown->len; i++)
    {
      const GuichetdShown *shown = g_ptr_array_index (self->shown, i);
      GuichetdAccess access = {
        .actor = self->actor->login,
        .instant = shown->instant,
        .route = "mirror",
        .reference = shown->reference,
        .key = shown->key,
      };
      gboolean theirs;

      if (!guichetd_engine_may_know (self->engine,
                                     db,
                                     self->actor,
                                     shown->reference,
                                     &theirs,
                                     error))
        return FALSE;
      /* A desk may tell of what it should not have shown: that, too, is worth knowing. */
      access.detail = theirs ? NULL : "notTheirs";
      if (!guichetd_access_append (store, db, &access, error))
        return FALSE;
    }
  return TRUE;
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (guichetd_store_write_finish (GUICHETD_STORE (source), result, &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
guichetd_engine_record_shown_async (GuichetdEngine *self,
                                    GuichetClerk *actor,
                                    GPtrArray *shown,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Record *data;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL && shown != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, guichetd_engine_record_shown_async);
  g_task_set_check_cancellable (task, FALSE);

  data = g_new0 (Record, 1);
  data->engine = g_object_ref (self);
  data->actor = guichet_clerk_ref (actor);
  data->shown = shown;
  guichetd_store_write_async (self->store,
                              record,
                              data,
                              record_free,
                              cancellable,
                              recorded_cb,
                              g_steal_pointer (&task));
}

gboolean
guichetd_engine_record_shown_finish (GuichetdEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
