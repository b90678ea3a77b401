/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Putting a backup back.
 *
 * A restore is made ready in a folder of its own, as a store like any other. Only when it is flushed
 * and marked so are its files moved into place; a restore that is cut short after the mark is
 * finished by whoever opens the data next.
 */
#define G_LOG_DOMAIN "guichetd-restore"

#include "config.h"

#include "guichetd-restore.h"
#include "guichet-account-name.h"
#include "guichet-error.h"
#include "guichetd-account-journal.h"
#include "guichetd-accounts.h"
#include "guichetd-folder.h"
#include "guichetd-journal.h"
#include "guichetd-purge.h"
#include "guichetd-purges.h"
#include "guichetd-restoring.h"
#include "guichetd-staff-store.h"
#include "guichetd-store-private.h"

#include <unistd.h>

#define KEYS_RESOURCE "/be/mons/Guichetier/keys/"
#define RESTORE_REASON "purged before; applied again to a restored backup"
#define LOST_REASON "purged before; why cannot be read any more"

static void
purge_free (gpointer data)
{
  if (data != NULL)
    guichetd_purge_free (data);
}

/* Those whose purge is known with who asked for it and why stay so. */
static void
add_all (GHashTable *purged, char **list)
{
  for (gsize i = 0; list != NULL && list[i] != NULL; i++)
    if (!g_hash_table_contains (purged, list[i]))
      g_hash_table_insert (purged, g_strdup (list[i]), NULL);
}

/* Without @keys, who and when. */
static void
add_purges (GHashTable *purged, GuichetdKeys *keys, GuichetDb *db, const char *journal)
{
  g_autoptr (GPtrArray) purges = guichetd_purge_array ();
  g_autoptr (GError) error = NULL;

  if (!guichetd_purge_list (keys, db, purges, &error))
    g_message ("who purged what and why, as only %s knew, is not known any more: %s",
               journal,
               error->message);

  while (purges->len > 0)
    {
      GuichetdPurge *purge = g_ptr_array_steal_index (purges, 0);
      const GuichetdPurge *known = g_hash_table_lookup (purged, purge->reference);

      /* What another copy of it still says is not given up for less. */
      if (known == NULL || known->text == NULL || purge->text != NULL)
        g_hash_table_insert (purged, g_strdup (purge->reference), purge);
      else
        guichetd_purge_free (purge);
    }
}

static void
not_known (const char *path, GError **error)
{
  if (*error != NULL)
    g_message ("purges that only %s knew of are not known any more: %s", path, (*error)->message);
  g_clear_error (error);
}

/* What a folder knows of requests and accounts that are no more; of one that is damaged, what can be read. */
static void
collect_purged (const char *folder, GHashTable *purged)
{
  g_autofree char *journal = g_build_filename (folder, "journal.db", NULL);
  g_autofree char *keys = g_build_filename (folder, "keys.db", NULL);
  g_autoptr (GuichetDb) db = NULL;
  g_autoptr (GuichetdKeys) opened = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_test (journal, G_FILE_TEST_EXISTS))
    {
      g_auto (GStrv) listed = NULL;

      /* It may be an older program's, and is to be replaced: brought up to date it can be read. */
      db = guichet_db_open (journal, GUICHET_DB_DURABLE, GUICHETD_STORE_RESOURCE, &error);
      listed = db != NULL ? guichetd_purges_list (db, &error) : NULL;
      add_all (purged, listed);
    }
  not_known (journal, &error);

  if (g_file_test (keys, G_FILE_TEST_EXISTS))
    {
      g_auto (GStrv) forgotten = NULL;

      opened = guichetd_keys_open (keys, GUICHET_DB_READ_ONLY, &error);
      forgotten = opened != NULL ? guichetd_keys_forgotten (opened, &error) : NULL;
      add_all (purged, forgotten);
    }
  not_known (keys, &error);

  if (db != NULL)
    add_purges (purged, opened, db, journal);
}

/* The work of a restore, in the writer of the store that is made ready. */
typedef struct
{
  GHashTable *purged; /* reference → its GuichetdPurge, or NULL where only that is known */
  GuichetdRestored *restored;
} Restore;

static gint64
instant_of (GuichetdStore *store, const GuichetdPurge *before)
{
  return before != NULL ? before->instant : guichet_clock_now (guichetd_store_get_clock (store));
}

static const char *
actor_of (const GuichetdPurge *before)
{
  return before != NULL ? before->actor : GUICHET_ACTOR_DAEMON;
}

static const char *
reason_of (const GuichetdPurge *before)
{
  if (before == NULL)
    return RESTORE_REASON;
  return before->text != NULL ? before->text : LOST_REASON;
}

static gboolean
purge_account_again (GuichetdStore *store,
                     GuichetDb *db,
                     const char *account,
                     const GuichetdPurge *before,
                     GuichetdRestored *restored,
                     GError **error)
{
  g_autoptr (GuichetAccountEvent) event = guichet_account_event_new (GUICHET_ACCOUNT_EVENT_PURGED);
  g_auto (GuichetdAccountRow) row = { 0 };
  g_autoptr (GError) local_error = NULL;

  if (!guichetd_accounts_find (db, account, &row, &local_error))
    return guichet_error_pass (error, g_steal_pointer (&local_error)); /* opened after the backup */

  event->account = g_strdup (account);
  event->actor = g_strdup (actor_of (before));
  event->instant = instant_of (store, before);
  event->version = row.version + 1;
  event->key = g_uuid_string_random ();
  event->text = g_strdup (reason_of (before));
  restored->purges++;
  return guichetd_account_journal_append (store, db, event, error) &&
         guichetd_accounts_purge (db, account, error);
}

static gboolean
purge_again (GuichetdStore *store,
             GuichetDb *db,
             const char *reference,
             const GuichetdPurge *before,
             GuichetdRestored *restored,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GuichetEvent) last = NULL;
  g_autoptr (GuichetEvent) event = NULL;
  g_auto (GuichetdRow) row = { 0 };

  if (!guichetd_requests_find (db, reference, &row, &local_error))
    {
      if (local_error == NULL)
        return TRUE; /* it was filed after the backup */
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  last = guichetd_journal_read_version (db, reference, row.version, error);
  if (last == NULL)
    return FALSE;

  event = guichet_event_copy (last);
  event->number = 0;
  event->kind = GUICHET_EVENT_PURGED;
  event->instant = instant_of (store, before);
  event->version++;
  g_free (event->actor);
  event->actor = g_strdup (actor_of (before));
  g_free (event->key);
  event->key = g_uuid_string_random ();
  event->text = g_strdup (reason_of (before));
  restored->purges++;
  return guichetd_journal_append (store, db, event, error) &&
         guichetd_purges_add (db, &row, event, error);
}

static gboolean
is_account (const char *reference)
{
  g_autofree char *account = guichet_account_name_parse (reference);

  return account != NULL;
}

static gboolean
change_rows (GuichetdStore *store, GuichetDb *db, Restore *self, GError **error)
{
  gint64 now = guichet_clock_now (guichetd_store_get_clock (store));
  GHashTableIter iter;
  gpointer reference, before;

  g_hash_table_iter_init (&iter, self->purged);
  while (g_hash_table_iter_next (&iter, &reference, &before))
    if (!(is_account (reference)
              ? purge_account_again
              : purge_again) (store, db, reference, before, self->restored, error))
      return FALSE;

  if (!guichet_db_run (db, "end-sessions", error))
    return FALSE;
  return guichetd_staff_store_renew_epochs (db, now / G_USEC_PER_SEC, error);
}

static gboolean
count_unreadable (GuichetdStore *store, GuichetDb *db, GuichetdRestored *restored, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-requests");
  g_autoptr (GError) local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    {
      g_auto (GuichetdKey) key = { 0 };

      if (!guichetd_keys_find (guichetd_store_get_keys (store),
                               guichet_statement_text (statement, "reference"),
                               &key,
                               NULL))
        restored->unreadable++;
    }
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

/* Keys go and names are hunted down only if there is somebody to forget: all is written anew for it. */
static gboolean
scrub (GuichetdStore *store, GuichetDb *db, Restore *self, GError **error)
{
  gint64 now = guichet_clock_now (guichetd_store_get_clock (store));
  g_autofree const char **references =
      (const char **) g_hash_table_get_keys_as_array (self->purged, NULL);

  if (references[0] == NULL)
    return TRUE;
  guichetd_store_flush (store);
  return guichetd_purges_scrub (guichetd_store_get_keys (store), db, references, NULL, now, error);
}

static gboolean
apply (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Restore *self = data;

  if (!guichet_db_begin (db, error))
    return FALSE;
  if (!change_rows (store, db, self, error) || !guichet_db_commit (db, error))
    {
      guichet_db_rollback (db);
      return FALSE;
    }
  return scrub (store, db, self, error) && count_unreadable (store, db, self->restored, error);
}

/* A store of the backup, with all that happened since and must not be undone. */
static gboolean
make_ready (const char *folder, GuichetClock *clock, Restore *restore, GError **error)
{
  const GuichetdStoreOptions options = { .readers = 1 };
  g_autoptr (GuichetdStore) store = guichetd_store_open (folder, clock, &options, error);
  GuichetdJob job = { .write = apply, .alone = TRUE, .data = restore };
  gboolean good;

  if (store == NULL)
    return FALSE;

  good = guichetd_store_run (store, &job, error);
  restore->restored->events = guichetd_store_get_last (store);
  guichetd_store_close (store);
  return good;
}

static gboolean
prepare (GuichetdRestoring *folder,
         const char *backup,
         GuichetClock *clock,
         Restore *restore,
         GError **error)
{
  const char *path = guichetd_restoring_get_path (folder);

  if (!guichetd_restoring_copy (folder, backup, error) || !guichetd_restoring_check (folder, error))
    return FALSE;

  collect_purged (path, restore->purged);
  return make_ready (path, clock, restore, error) && guichetd_restoring_mark (folder, error);
}

static gboolean
restore_into (const char *data_dir,
              const char *backup,
              GuichetClock *clock,
              Restore *restore,
              GError **error)
{
  GuichetdRestoring *folder;
  gboolean good;

  if (!guichetd_restore_finish (data_dir, error))
    return FALSE;
  collect_purged (data_dir, restore->purged);

  folder = guichetd_restoring_new (data_dir, error);
  if (folder == NULL)
    return FALSE;
  good = prepare (folder, backup, clock, restore, error);
  if (!good)
    guichetd_restoring_remove (folder);
  guichetd_restoring_free (folder);

  return good && guichetd_restore_finish (data_dir, error);
}

gboolean
guichetd_restore (const char *data_dir,
                  const char *folder,
                  GuichetClock *clock,
                  GuichetdRestored *restored,
                  GError **error)
{
  g_autoptr (GHashTable) purged =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, purge_free);
  GuichetdRestored unasked;
  Restore restore = { purged, restored != NULL ? restored : &unasked };
  gboolean good;
  int lock;

  g_return_val_if_fail (data_dir != NULL && folder != NULL, FALSE);
  g_return_val_if_fail (GUICHET_IS_CLOCK (clock), FALSE);

  *restore.restored = (GuichetdRestored){ 0 };
  lock = guichetd_folder_lock (data_dir, error);
  if (lock < 0)
    return FALSE;

  good = restore_into (data_dir, folder, clock, &restore, error);
  close (lock);
  return good;
}
