/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The writer of a mirror: its file, its state and its transactions. What it writes of a page of
 * changes and on a new day stands in files of its own.
 */
#define G_LOG_DOMAIN "guichet-mirror-writer"

#include "config.h"

#include "guichet-client-resources.h"
#include "guichet-desk.h"
#include "guichet-error.h"
#include "guichet-mirror-writer-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#define RESOURCE "/be/mons/Guichetier/mirror/"

static void
touched_free (GuichetTouched *touched)
{
  g_free (touched->reference);
  g_free (touched);
}

void
guichet_applied_free (GuichetApplied *self)
{
  g_clear_pointer (&self->touched, g_ptr_array_unref);
  g_free (self);
}

void
guichet_mirror_state_free (GuichetMirrorState *self)
{
  g_clear_pointer (&self->me, guichet_me_unref);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  g_free (self->catalogue_version);
  g_free (self);
}

static GPtrArray *
new_touched (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) touched_free);
}

/* Counts */

static gboolean
read_counts (GuichetMirrorWriter *self, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "list-counts");
  GError *local_error = NULL;

  memset (&self->counts, 0, sizeof self->counts);
  while (guichet_statement_step (statement, &local_error))
    {
      const gint64 department = guichet_statement_integer (statement, "department");
      const gint64 view = guichet_statement_integer (statement, "view");

      if (department > 0 && department < GUICHET_N_DEPARTMENTS && view >= 0 &&
          view < GUICHET_N_VIEWS)
        {
          const gint64 requests = guichet_statement_integer (statement, "requests");

          self->counts.of[department][view] = requests;
          self->counts.of[GUICHET_DEPARTMENT_NONE][view] += requests;
        }
    }
  return guichet_error_pass (error, local_error);
}

static gboolean
write_counts (GuichetMirrorWriter *self, GError **error)
{
  for (int department = 1; department < GUICHET_N_DEPARTMENTS; department++)
    {
      for (int view = 0; view < GUICHET_N_VIEWS; view++)
        {
          GuichetStatement *statement = guichet_db_statement (self->db, "put-count");

          guichet_statement_bind_integer (statement, "department", department);
          guichet_statement_bind_integer (statement, "view", view);
          guichet_statement_bind_integer (statement, "requests", self->counts.of[department][view]);
          if (!guichet_statement_run (statement, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* State */

char *
_guichet_mirror_writer_procedure_key (const char *procedure, gint64 department)
{
  return g_strdup_printf ("%s %" G_GINT64_FORMAT, procedure, department);
}

static gboolean
read_procedures (GuichetMirrorWriter *self, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "list-procedures");
  GError *local_error = NULL;

  g_hash_table_remove_all (self->procedures);
  while (guichet_statement_step (statement, &local_error))
    g_hash_table_add (
        self->procedures,
        _guichet_mirror_writer_procedure_key (guichet_statement_text (statement, "procedure"),
                                              guichet_statement_integer (statement, "department")));
  return guichet_error_pass (error, local_error);
}

/* Whole catalogue and person are read only when the mirror is opened. */
static void
read_answers (GuichetStatement *statement, GuichetMirrorState *state)
{
  g_autoptr (GBytes) me = guichet_statement_blob (statement, "me");
  g_autoptr (GBytes) catalogue = guichet_statement_blob (statement, "catalogue");
  g_autoptr (GError) error = NULL;

  if (g_bytes_get_size (me) > 0)
    state->me = guichet_me_read (me, &error);
  if (error == NULL && g_bytes_get_size (catalogue) > 0)
    state->catalogue = guichet_catalogue_from_bundle (catalogue, &error);
  if (state->catalogue != NULL)
    state->catalogue_version = g_strdup (guichet_statement_text (statement, "catalogue_version"));
  if (error != NULL)
    g_info ("what the mirror kept of the server's answers cannot be read: %s", error->message);
}

static gboolean
read_state (GuichetMirrorWriter *self, GuichetMirrorState *state, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "read-state");

  if (!guichet_statement_step (statement, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error,
                             GUICHET_DB_ERROR,
                             GUICHET_DB_ERROR_DAMAGED,
                             "the mirror has no state");
      return FALSE;
    }

  self->epoch = guichet_statement_integer (statement, "epoch");
  self->last = guichet_statement_integer (statement, "last");
  self->total = guichet_statement_integer (statement, "total");
  self->revision = guichet_statement_integer (statement, "revision");
  self->synchronised = guichet_statement_integer (statement, "synchronised") != 0;
  self->today = (GuichetDay) guichet_statement_integer (statement, "today");
  self->residue = (GuichetResidue) guichet_statement_integer (statement, "residue");
  /* Whose name it was is known no longer. */
  self->nameless = self->residue == GUICHET_RESIDUE_PURGED;
  if (state != NULL)
    {
      state->clock_offset = guichet_statement_integer (statement, "clock_offset");
      read_answers (statement, state);
    }
  guichet_statement_reset (statement);
  return read_counts (self, error) && read_procedures (self, error);
}

/* Transactions */

gboolean
_guichet_mirror_writer_begin (GuichetMirrorWriter *self, GError **error)
{
  g_array_set_size (self->ids, 0);
  g_ptr_array_set_size (self->touched, 0);
  return guichet_db_begin (self->db, error);
}

void
_guichet_mirror_writer_roll_back (GuichetMirrorWriter *self)
{
  g_autoptr (GError) error = NULL;

  guichet_db_rollback (self->db);
  guichet_mirror_index_forget (self->index);
  g_array_set_size (self->ids, 0);
  g_ptr_array_set_size (self->touched, 0);
  if (!read_state (self, NULL, &error))
    g_warning ("the mirror cannot be read any more: %s", error->message);
}

static gboolean
put_progress (GuichetMirrorWriter *self, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "put-progress");

  guichet_statement_bind_integer (statement, "epoch", self->epoch);
  guichet_statement_bind_integer (statement, "last", self->last);
  guichet_statement_bind_integer (statement, "total", self->total);
  guichet_statement_bind_integer (statement, "synchronised", self->synchronised);
  guichet_statement_bind_integer (statement, "revision", self->revision);
  guichet_statement_bind_integer (statement, "residue", self->residue);
  return guichet_statement_run (statement, error);
}

/* Ends a transaction that changed lines. */
gboolean
_guichet_mirror_writer_commit (GuichetMirrorWriter *self, GError **error)
{
  self->revision++;
  if (!guichet_mirror_index_flush (self->index, error) || !write_counts (self, error) ||
      !put_progress (self, error))
    return FALSE;

  guichet_change_log_add (self->log,
                          self->revision,
                          (const guint32 *) (gpointer) self->ids->data,
                          self->ids->len);
  return guichet_db_commit (self->db, error);
}

GuichetApplied *
_guichet_mirror_writer_applied_new (GuichetMirrorWriter *self)
{
  GuichetApplied *applied = g_new0 (GuichetApplied, 1);

  applied->epoch = self->epoch;
  applied->last = self->last;
  applied->total = self->total;
  applied->synchronised = self->synchronised;
  applied->revision = self->revision;
  applied->counts = self->counts;
  applied->touched = g_steal_pointer (&self->touched);
  self->touched = new_touched ();
  return applied;
}

gboolean
_guichet_mirror_writer_is_damaged (const GError *error)
{
  return g_error_matches (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_DAMAGED);
}

/* What its clerk did */

GuichetApplied *
guichet_mirror_writer_put_seen (GuichetMirrorWriter *self,
                                const char *reference,
                                gint64 event,
                                GError **error)
{
  g_auto (GuichetMirrorOld) old = { 0 };
  GuichetStatement *statement;

  if (!_guichet_mirror_writer_begin (self, error))
    return NULL;

  statement = guichet_db_statement (self->db, "put-seen");
  guichet_statement_bind_text (statement, "reference", reference);
  guichet_statement_bind_integer (statement, "event", event);
  if (!guichet_statement_run (statement, error) ||
      !_guichet_mirror_writer_find_old (self, reference, &old, error))
    {
      _guichet_mirror_writer_roll_back (self);
      return NULL;
    }
  if (old.id != 0)
    _guichet_mirror_writer_touch (self, old.id, reference, old.version, FALSE);
  if (!_guichet_mirror_writer_commit (self, error))
    {
      _guichet_mirror_writer_roll_back (self);
      return NULL;
    }
  return _guichet_mirror_writer_applied_new (self);
}

gboolean
guichet_mirror_writer_put_me (GuichetMirrorWriter *self,
                              GBytes *me,
                              gint64 clock_offset,
                              GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "put-me");

  guichet_statement_bind_bytes (statement, "me", me);
  guichet_statement_bind_integer (statement, "clock_offset", clock_offset);
  return guichet_statement_run (statement, error);
}

gboolean
guichet_mirror_writer_put_catalogue (GuichetMirrorWriter *self,
                                     GBytes *catalogue,
                                     const char *version,
                                     GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "put-catalogue");

  guichet_statement_bind_bytes (statement, "catalogue", catalogue);
  guichet_statement_bind_text (statement, "version", version);
  return guichet_statement_run (statement, error);
}

gboolean
guichet_mirror_writer_put_content (GuichetMirrorWriter *self,
                                   const char *reference,
                                   gint64 version,
                                   GBytes *request,
                                   GBytes *events,
                                   gint64 fetched,
                                   GError **error)
{
  GuichetStatement *statement;

  if (g_hash_table_contains (self->purged, reference))
    {
      g_set_error (error,
                   GUICHET_DESK_ERROR,
                   GUICHET_DESK_ERROR_GONE,
                   "request %s was purged while it was read",
                   reference);
      return FALSE;
    }

  statement = guichet_db_statement (self->db, "put-content");

  guichet_statement_bind_text (statement, "reference", reference);
  guichet_statement_bind_integer (statement, "version", version);
  guichet_statement_bind_bytes (statement, "request", request);
  guichet_statement_bind_bytes (statement, "events", events);
  guichet_statement_bind_integer (statement, "fetched", fetched);
  return guichet_statement_run (statement, error);
}

/* Opening */

gboolean
guichet_mirror_writer_delete_files (const char *path, GError **error)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      if (g_unlink (file) != 0 && errno != ENOENT)
        {
          g_set_error (error,
                       G_FILE_ERROR,
                       g_file_error_from_errno (errno),
                       "%s cannot be deleted: %s",
                       file,
                       g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

/* Brings what is in the file up to today; the state is what the mirror knows then. */
static gboolean
wake (GuichetMirrorWriter *self, GuichetDay today, GuichetMirrorState *state, GError **error)
{
  g_autoptr (GuichetApplied) applied = NULL;

  if (!read_state (self, state, error))
    return FALSE;
  applied = guichet_mirror_writer_set_today (self, today, error);
  if (applied == NULL)
    return FALSE;

  state->epoch = applied->epoch;
  state->last = applied->last;
  state->total = applied->total;
  state->synchronised = applied->synchronised;
  state->counts = applied->counts;
  return TRUE;
}

static GuichetMirrorWriter *
open_file (const char *path,
           const char *login,
           GuichetDay today,
           GuichetChangeLog *log,
           GuichetMirrorState **ret_state,
           GError **error)
{
  g_autoptr (GuichetMirrorState) state = g_new0 (GuichetMirrorState, 1);
  GuichetMirrorWriter *self;
  GuichetDb *db = guichet_db_open (path, GUICHET_DB_FORGIVING, RESOURCE, error);

  if (db == NULL)
    return NULL;

  self = g_new0 (GuichetMirrorWriter, 1);
  self->db = db;
  self->index = guichet_mirror_index_new (db);
  self->log = log;
  self->login = g_strdup (login);
  self->procedures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->touched = new_touched ();
  self->purged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->purged_references = g_ptr_array_new_with_free_func (g_free);
  self->purged_words = g_ptr_array_new_with_free_func (g_free);
  if (!guichet_db_run (db, "pragma-secure-delete", error) || !wake (self, today, state, error))
    {
      guichet_mirror_writer_close (self);
      return NULL;
    }
  *ret_state = g_steal_pointer (&state);
  return self;
}

GuichetMirrorWriter *
guichet_mirror_writer_open (const char *path,
                            const char *login,
                            GuichetDay today,
                            GuichetChangeLog *log,
                            GuichetMirrorState **ret_state,
                            GError **error)
{
  GError *local_error = NULL;
  GuichetMirrorWriter *self;

  /* Referring to the resources is what links them into the program. */
  guichet_client_get_resource ();
  self = open_file (path, login, today, log, ret_state, &local_error);
  if (_guichet_mirror_writer_is_damaged (local_error) ||
      g_error_matches (local_error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_NEWER))
    {
      g_message ("the local copy is thrown away: %s", local_error->message);
      g_clear_error (&local_error);
      if (guichet_mirror_writer_delete_files (path, &local_error))
        self = open_file (path, login, today, log, ret_state, &local_error);
    }
  guichet_error_pass (error, local_error);
  return self;
}

void
guichet_mirror_writer_close (GuichetMirrorWriter *self)
{
  g_clear_pointer (&self->index, guichet_mirror_index_free);
  guichet_db_close (self->db);
  g_hash_table_unref (self->procedures);
  g_array_unref (self->ids);
  g_ptr_array_unref (self->touched);
  g_hash_table_unref (self->purged);
  g_ptr_array_unref (self->purged_references);
  g_ptr_array_unref (self->purged_words);
  g_free (self->login);
  g_free (self);
}
