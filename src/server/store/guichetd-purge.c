/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known of purges.
 */
#define G_LOG_DOMAIN "guichetd-purge"

#include "config.h"

#include "guichetd-purge.h"
#include "guichetd-account-journal.h"
#include "guichetd-journal.h"
#include "guichetd-store-private.h"

#define ACTOR_MAX 200
#define TEXT_MAX 4000

void
guichetd_purge_free (GuichetdPurge *self)
{
  g_free (self->reference);
  g_free (self->actor);
  g_free (self->text);
  g_free (self);
}

static GuichetdPurge *
purge_new (const char *reference, const char *actor, gint64 instant, const char *text)
{
  GuichetdPurge *self = g_new0 (GuichetdPurge, 1);

  self->reference = g_strdup (reference);
  self->actor = g_strdup (actor);
  self->instant = instant;
  self->text = g_strdup (text);
  return self;
}

GuichetdPurge *
guichetd_purge_read (GuichetJsonReader *reader)
{
  const GuichetJsonNeed need = GUICHET_JSON_REQUIRED;
  const char *reference = guichet_json_reader_string (reader, "reference", need, 20);
  const char *actor = guichet_json_reader_string (reader, "actor", need, ACTOR_MAX);
  gint64 instant = guichet_json_reader_instant (reader, "instant", need);

  return purge_new (reference,
                    actor,
                    instant,
                    guichet_json_reader_string (reader, "text", GUICHET_JSON_OPTIONAL, TEXT_MAX));
}

void
guichetd_purge_write (const GuichetdPurge *self, GuichetJsonWriter *writer, const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  guichet_json_writer_string (writer, "reference", self->reference);
  guichet_json_writer_string (writer, "actor", self->actor);
  guichet_json_writer_instant (writer, "instant", self->instant);
  guichet_json_writer_string (writer, "text", self->text);
  guichet_json_writer_end_object (writer);
}

GPtrArray *
guichetd_purge_array (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) guichetd_purge_free);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const GuichetdPurge *first = *(const GuichetdPurge *const *) a;
  const GuichetdPurge *second = *(const GuichetdPurge *const *) b;

  return (first->instant > second->instant) - (first->instant < second->instant);
}

static gboolean
list_requests (GuichetdKeys *keys, GuichetDb *db, GPtrArray *purges, GError **error)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  gboolean good = guichetd_journal_purges (keys, db, events, error);

  for (guint i = 0; i < events->len; i++)
    {
      const GuichetEvent *event = g_ptr_array_index (events, i);

      g_ptr_array_add (purges,
                       purge_new (event->reference, event->actor, event->instant, event->text));
    }
  return good;
}

static gboolean
list_accounts (GuichetdKeys *keys, GuichetDb *db, GPtrArray *purges, GError **error)
{
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_account_event_unref);
  gboolean good = guichetd_account_journal_purges (keys, db, events, error);

  for (guint i = 0; i < events->len; i++)
    {
      const GuichetAccountEvent *event = g_ptr_array_index (events, i);

      g_ptr_array_add (purges,
                       purge_new (event->account, event->actor, event->instant, event->text));
    }
  return good;
}

gboolean
guichetd_purge_list (GuichetdKeys *keys, GuichetDb *db, GPtrArray *purges, GError **error)
{
  gboolean good =
      list_requests (keys, db, purges, error) && list_accounts (keys, db, purges, error);

  g_ptr_array_sort (purges, compare);
  return good;
}

gboolean
guichetd_purge_list_work (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GPtrArray **purges = data;

  *purges = guichetd_purge_array ();
  if (guichetd_purge_list (guichetd_store_get_keys (store), db, *purges, error))
    return TRUE;

  g_clear_pointer (purges, g_ptr_array_unref);
  return FALSE;
}
