/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is signed in, and the procedures of the house: asked together, because both change
 * what everything else means; and what the desk knows of them and of their colleagues.
 */
#define G_LOG_DOMAIN "guichet-desk-person"

#include "config.h"

#include "guichet-desk-private.h"

/* Bytes of a catalogue of some hundred procedures in four languages, with a margin. */
#define CATALOGUE_MAX (16 * 1024 * 1024)

typedef struct
{
  /* Input */
  GuichetApi *api; /* (owned) */
  char *known;     /* (owned) (nullable): version of the catalogue */

  /* Output */
  GuichetPerson *person; /* (owned) */
} AskPerson;

static void me_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void me_read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void catalogue_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void catalogue_read_cb (GObject *source, GAsyncResult *result, gpointer user_data);

void
guichet_person_free (GuichetPerson *self)
{
  g_clear_pointer (&self->me, guichet_me_unref);
  g_clear_pointer (&self->me_bytes, g_bytes_unref);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  g_clear_pointer (&self->catalogue_bytes, g_bytes_unref);
  g_free (self->version);
  g_free (self);
}

static void
ask_person_free (AskPerson *op)
{
  g_clear_object (&op->api);
  g_clear_pointer (&op->person, guichet_person_free);
  g_free (op->known);
  g_free (op);
}

/* In the desk's thread */

static void
read_me (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GuichetMe *me = guichet_me_read (task_data, &error);

  if (me == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, me, (GDestroyNotify) guichet_me_unref);
}

static void
read_catalogue (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GuichetCatalogue *catalogue = guichet_catalogue_from_bundle (task_data, &error);

  if (catalogue == NULL)
    g_task_return_new_error (task,
                             GUICHET_DESK_ERROR,
                             GUICHET_DESK_ERROR_PROTOCOL,
                             "reading the catalogue: %s",
                             error->message);
  else
    g_task_return_pointer (task, catalogue, (GDestroyNotify) guichet_catalogue_unref);
}

static void
read_in_thread (GuichetDesk *self,
                GTask *task,
                GBytes *bytes,
                GTaskThreadFunc func,
                GAsyncReadyCallback callback)
{
  g_autoptr (GTask) reading =
      g_task_new (NULL, g_task_get_cancellable (task), callback, g_object_ref (task));

  g_task_set_source_tag (reading, read_in_thread);
  g_task_set_task_data (reading, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  guichet_worker_push (self->worker, G_PRIORITY_DEFAULT, reading, func);
}

/* Steps */

static void
finish_ask_person (GTask *task, GError *error)
{
  AskPerson *op = g_task_get_task_data (task);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           g_steal_pointer (&op->person),
                           (GDestroyNotify) guichet_person_free);
}

static void
me_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GuichetDesk *self = g_task_get_source_object (task);
  AskPerson *op = g_task_get_task_data (task);
  g_autoptr (GuichetAnswer) answer = NULL;
  GError *error = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer == NULL)
    {
      finish_ask_person (task, error);
      return;
    }
  op->person->me_bytes = g_bytes_ref (answer->body);
  read_in_thread (self, task, answer->body, read_me, me_read_cb);
}

static void
me_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GuichetDesk *self = g_task_get_source_object (task);
  AskPerson *op = g_task_get_task_data (task);
  GuichetCall call = { .method = "GET", .path = "/v1/catalogue", .answer_max = CATALOGUE_MAX };
  GError *error = NULL;

  op->person->me = g_task_propagate_pointer (G_TASK (result), &error);
  if (op->person->me == NULL)
    {
      finish_ask_person (task, error);
      return;
    }

  op->person->clock_offset = op->person->me->now - guichet_clock_now (self->clock);
  call.etag = op->known;
  guichet_api_send_async (op->api,
                          &call,
                          g_task_get_cancellable (task),
                          catalogue_sent_cb,
                          g_object_ref (task));
}

static void
catalogue_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GuichetDesk *self = g_task_get_source_object (task);
  AskPerson *op = g_task_get_task_data (task);
  g_autoptr (GuichetAnswer) answer = NULL;
  GError *error = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer == NULL || answer->status == 304)
    {
      finish_ask_person (task, error);
      return;
    }
  op->person->catalogue_bytes = g_bytes_ref (answer->body);
  op->person->version = g_strdup (answer->etag != NULL ? answer->etag : "");
  read_in_thread (self, task, answer->body, read_catalogue, catalogue_read_cb);
}

static void
catalogue_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  AskPerson *op = g_task_get_task_data (task);
  GError *error = NULL;

  op->person->catalogue = g_task_propagate_pointer (G_TASK (result), &error);
  finish_ask_person (task, error);
}

void
_guichet_desk_ask_person_async (GuichetDesk *self,
                                GuichetApi *api,
                                const char *version,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const GuichetCall call = { .method = "GET", .path = "/v1/me" };
  AskPerson *op = g_new0 (AskPerson, 1);

  g_task_set_source_tag (task, _guichet_desk_ask_person_async);
  op->api = g_object_ref (api);
  op->known = version != NULL && *version != '\0' ? g_strdup (version) : NULL;
  op->person = g_new0 (GuichetPerson, 1);
  g_task_set_task_data (task, op, (GDestroyNotify) ask_person_free);
  guichet_api_send_async (api, &call, cancellable, me_sent_cb, g_object_ref (task));
}

GuichetPerson *
_guichet_desk_ask_person_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Whom the desk knows of */

static void
set_zone (GuichetDesk *self, const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  if (zone == NULL)
    {
      g_warning ("the server's time zone “%s” is not known here", name);
      return;
    }
  g_time_zone_unref (self->zone);
  self->zone = zone;
}

static void
fill_colleagues (GuichetDesk *self)
{
  for (int department = 0; department < GUICHET_N_DEPARTMENTS; department++)
    {
      GPtrArray *colleagues = self->colleagues[department];

      g_ptr_array_set_size (colleagues, 0);
      for (guint i = 0; self->me != NULL && i < self->me->colleagues->len; i++)
        {
          GuichetClerk *clerk = g_ptr_array_index (self->me->colleagues, i);
          const GuichetDepartment where = (GuichetDepartment) department;

          if (where == GUICHET_DEPARTMENT_NONE ||
              (guichet_clerk_capabilities (clerk, where) & GUICHET_CAN_WORK) != 0)
            g_ptr_array_add (colleagues, guichet_clerk_ref (clerk));
        }
    }
}

void
_guichet_desk_set_person (GuichetDesk *self,
                          GuichetMe *me,
                          GuichetCatalogue *catalogue,
                          const char *version)
{
  guichet_me_ref (me);
  g_clear_pointer (&self->me, guichet_me_unref);
  self->me = me;
  set_zone (self, me->zone);
  fill_colleagues (self);
  if (catalogue != NULL)
    {
      guichet_catalogue_ref (catalogue);
      g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
      self->catalogue = catalogue;
      g_free (self->catalogue_version);
      self->catalogue_version = g_strdup (version);
    }
  guichet_glossary_unref (self->glossary);
  self->glossary = guichet_glossary_new (self->catalogue, me->clerk->language);

  g_object_notify (G_OBJECT (self), "clerk");
  if (catalogue != NULL)
    g_object_notify (G_OBJECT (self), "catalogue");
}

void
_guichet_desk_forget_person (GuichetDesk *self)
{
  g_clear_pointer (&self->me, guichet_me_unref);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  g_clear_pointer (&self->catalogue_version, g_free);
  fill_colleagues (self);
  g_hash_table_remove_all (self->looked_at);
  self->sync_total = 0;

  _guichet_desk_set_offline (self, FALSE);
  _guichet_desk_update_state (self);
  _guichet_desk_emit_mirror_replaced (self);
  _guichet_desk_set_keyring (self, GUICHET_KEPT_UNKNOWN);
  _guichet_desk_update_held (self);
  _guichet_desk_notify_pending (self, NULL);
  _guichet_desk_notify_sync (self);
  g_object_notify (G_OBJECT (self), "clerk");
  g_object_notify (G_OBJECT (self), "catalogue");
}

const char *
guichet_desk_name_of (GuichetDesk *self, const char *login)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);

  if (login == NULL || self->me == NULL)
    return login;
  if (g_str_equal (self->me->clerk->login, login))
    return self->me->clerk->name;
  for (guint i = 0; i < self->me->colleagues->len; i++)
    {
      const GuichetClerk *clerk = g_ptr_array_index (self->me->colleagues, i);

      if (g_str_equal (clerk->login, login))
        return clerk->name;
    }
  return login;
}

GPtrArray *
guichet_desk_get_colleagues (GuichetDesk *self, GuichetDepartment department)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);
  return self->colleagues[department];
}
