/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that changes a mirror.
 */
#define G_LOG_DOMAIN "guichet-mirror-writer"

#include "config.h"

#include "guichet-client-resources.h"
#include "guichet-desk.h"
#include "guichet-error.h"
#include "guichet-json-reader.h"
#include "guichet-mirror-index.h"
#include "guichet-mirror-line.h"
#include "guichet-mirror-writer.h"

#include <glib/gstdio.h>

#define RESOURCE "/be/mons/Guichetier/mirror/"
#define REFERENCE_MAX 64
#define PAGE_ITEMS_MAX 2000
#define DAY_MICROSECONDS (G_GINT64_CONSTANT (24 * 60 * 60) * G_USEC_PER_SEC)
/* A mirror is a disclosure: it holds open requests, and those closed in the last ninety days. */
#define CLOSED_DAYS 90
/* Contents that nobody came back to for so long are not worth their disclosure. */
#define CONTENT_DAYS 14

static const GuichetJsonLimits page_limits = { GUICHET_CHANGES_MAX, 16 };

struct _GuichetMirrorWriter
{
  GuichetDb *db;             /* (owned) */
  GuichetMirrorIndex *index; /* (owned) */
  GuichetChangeLog *log;     /* (borrowed) */
  char *login;               /* (owned) */

  /* As the last commit left them; read anew after a rollback. */
  gint64 epoch;
  gint64 last;
  gint64 total;
  gint64 revision;
  gboolean synchronised;
  GuichetDay today;
  GuichetCounts counts;
  GHashTable *procedures; /* (owned): set of what the table has, as procedure_key() says */

  /* In the transaction under way */
  GArray *ids;        /* (owned) of guint32: what it changes */
  GPtrArray *touched; /* (owned) of GuichetTouched */
};

/* What a line was before. */
typedef struct
{
  guint32 id; /* 0: there was none */
  GuichetPlace place;
  char *citizen;
  char *procedure;
  gint64 version;
  gint64 last_event;
  gint64 news;
} Old;

static void
old_clear (Old *old)
{
  g_clear_pointer (&old->citizen, g_free);
  g_clear_pointer (&old->procedure, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Old, old_clear)

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

static void
count (GuichetMirrorWriter *self, const GuichetPlace *place, int step)
{
  for (int view = 0; view < GUICHET_N_VIEWS; view++)
    {
      if (!guichet_place_is_in (place, (GuichetView) view))
        continue;
      self->counts.of[place->department][view] += step;
      self->counts.of[GUICHET_DEPARTMENT_NONE][view] += step;
    }
}

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

static char *
procedure_key (const char *procedure, gint64 department)
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
    g_hash_table_add (self->procedures,
                      procedure_key (guichet_statement_text (statement, "procedure"),
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
  if (state != NULL)
    {
      state->clock_offset = guichet_statement_integer (statement, "clock_offset");
      read_answers (statement, state);
    }
  guichet_statement_reset (statement);
  return read_counts (self, error) && read_procedures (self, error);
}

/* Transactions */

static gboolean
begin (GuichetMirrorWriter *self, GError **error)
{
  g_array_set_size (self->ids, 0);
  g_ptr_array_set_size (self->touched, 0);
  return guichet_db_begin (self->db, error);
}

static void
roll_back (GuichetMirrorWriter *self)
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
  return guichet_statement_run (statement, error);
}

/* Ends a transaction that changed lines. */
static gboolean
commit (GuichetMirrorWriter *self, GError **error)
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

static GuichetApplied *
applied_new (GuichetMirrorWriter *self)
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

/* Lines */

static gboolean
find_old (GuichetMirrorWriter *self, const char *reference, Old *old, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "find-old");
  GError *local_error = NULL;

  guichet_statement_bind_text (statement, "reference", reference);
  if (guichet_statement_step (statement, &local_error))
    {
      old->id = (guint32) guichet_statement_integer (statement, "id");
      old->place = guichet_place_read (statement);
      old->citizen = g_strdup (guichet_statement_text (statement, "citizen"));
      old->procedure = g_strdup (guichet_statement_text (statement, "procedure"));
      old->version = guichet_statement_integer (statement, "version");
      old->last_event = guichet_statement_integer (statement, "last_event");
      old->news = guichet_statement_integer (statement, "news");
      guichet_statement_reset (statement);
    }
  return guichet_error_pass (error, local_error);
}

static gboolean
has_arrived (GuichetMirrorWriter *self,
             const Old *old,
             const GuichetLine *line,
             const GuichetPlace *place)
{
  if (!self->synchronised || g_strcmp0 (line->last_actor, self->login) == 0)
    return FALSE;
  return place->owner != GUICHET_OWNER_OTHER && place->owner != old->place.owner;
}

static void
touch (GuichetMirrorWriter *self,
       guint32 id,
       const char *reference,
       gint64 version,
       gboolean arrived)
{
  GuichetTouched *touched = g_new0 (GuichetTouched, 1);

  touched->reference = g_strdup (reference);
  touched->version = version;
  touched->arrived = arrived;
  g_ptr_array_add (self->touched, touched);
  g_array_append_val (self->ids, id);
}

static gboolean
put_procedure (GuichetMirrorWriter *self, const GuichetLine *line, GError **error)
{
  g_autofree char *key = procedure_key (line->procedure, line->department);
  GuichetStatement *statement;

  if (g_hash_table_contains (self->procedures, key))
    return TRUE;

  statement = guichet_db_statement (self->db, "insert-procedure");
  guichet_statement_bind_text (statement, "procedure", line->procedure);
  guichet_statement_bind_integer (statement, "department", line->department);
  if (!guichet_statement_run (statement, error))
    return FALSE;
  g_hash_table_add (self->procedures, g_steal_pointer (&key));
  return TRUE;
}

static gboolean
put_index (GuichetMirrorWriter *self,
           guint32 id,
           const Old *old,
           const GuichetLine *line,
           GError **error)
{
  const char *citizen = guichet_mirror_line_citizen (line);

  if (old->id != 0)
    {
      if (g_str_equal (old->citizen, citizen) && g_str_equal (old->procedure, line->procedure))
        return TRUE;
      if (!guichet_mirror_index_remove (self->index,
                                        id,
                                        line->reference,
                                        old->citizen,
                                        old->procedure,
                                        error))
        return FALSE;
    }
  return guichet_mirror_index_add (self->index,
                                   id,
                                   line->reference,
                                   citizen,
                                   line->procedure,
                                   error);
}

static gboolean
run_by_reference (GuichetMirrorWriter *self,
                  const char *name,
                  const char *reference,
                  GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, name);

  guichet_statement_bind_text (statement, "reference", reference);
  return guichet_statement_run (statement, error);
}

static gboolean
put_line (GuichetMirrorWriter *self, const GuichetLine *line, GError **error)
{
  const GuichetPlace place = guichet_place_of_line (line, self->login, self->today);
  g_auto (Old) old = { 0 };
  GuichetStatement *statement;
  gint64 news;
  guint32 id;

  if (!find_old (self, line->reference, &old, error))
    return FALSE;
  /* Pages overlap when the feed hurries; an older page must not undo a newer one. */
  if (old.id != 0 && old.last_event > line->last_event)
    return TRUE;

  news = guichet_mirror_line_is_news (line, self->login) ? line->last_event : old.news;
  statement = guichet_db_statement (self->db, old.id != 0 ? "update-line" : "insert-line");
  if (old.id != 0)
    guichet_statement_bind_integer (statement, "id", old.id);
  else
    guichet_statement_bind_text (statement, "reference", line->reference);
  guichet_mirror_line_bind (statement, line, &place, news);
  if (!guichet_statement_run (statement, error))
    return FALSE;
  /* Purged: what was kept of it says who it was. */
  if (line->citizen == NULL && !run_by_reference (self, "delete-content", line->reference, error))
    return FALSE;

  id = old.id != 0 ? old.id : (guint32) guichet_db_last_rowid (self->db);
  if (old.id != 0)
    count (self, &old.place, -1);
  count (self, &place, 1);
  touch (self, id, line->reference, line->version, has_arrived (self, &old, line, &place));
  return put_procedure (self, line, error) && put_index (self, id, &old, line, error);
}

static gboolean
remove_line (GuichetMirrorWriter *self, const char *reference, GError **error)
{
  g_auto (Old) old = { 0 };
  GuichetStatement *statement;

  if (!find_old (self, reference, &old, error))
    return FALSE;
  if (!run_by_reference (self, "delete-content", reference, error) ||
      !run_by_reference (self, "delete-seen", reference, error))
    return FALSE;
  if (old.id == 0)
    return TRUE;

  statement = guichet_db_statement (self->db, "delete-line");
  guichet_statement_bind_integer (statement, "id", old.id);
  if (!guichet_statement_run (statement, error))
    return FALSE;
  count (self, &old.place, -1);
  touch (self, old.id, reference, 0, FALSE);
  return guichet_mirror_index_remove (self->index,
                                      old.id,
                                      reference,
                                      old.citizen,
                                      old.procedure,
                                      error);
}

/* Pages of changes */

static gboolean
apply_item (GuichetMirrorWriter *self, GuichetJsonReader *reader, GError **error)
{
  if (guichet_json_reader_has (reader, "line"))
    {
      g_autoptr (GuichetLine) line = NULL;

      if (!guichet_json_reader_enter (reader, "line", GUICHET_JSON_REQUIRED))
        return TRUE;
      line = guichet_line_read (reader);
      guichet_json_reader_leave (reader);
      /* What is wrong with it stays in the reader and ends the page. */
      return line == NULL || put_line (self, line, error);
    }

  if (guichet_json_reader_boolean (reader, "gone", GUICHET_JSON_REQUIRED))
    {
      const char *reference =
          guichet_json_reader_string (reader, "reference", GUICHET_JSON_REQUIRED, REFERENCE_MAX);

      return reference == NULL || remove_line (self, reference, error);
    }
  return TRUE;
}

static gboolean
apply_items (GuichetMirrorWriter *self, GuichetJsonReader *reader, GError **error)
{
  guint n = 0;

  if (!guichet_json_reader_enter_array (reader, "items", GUICHET_JSON_REQUIRED, PAGE_ITEMS_MAX, &n))
    return TRUE;

  for (guint i = 0; i < n; i++)
    {
      gboolean fine;

      if (!guichet_json_reader_enter_item (reader, i))
        continue;
      fine = apply_item (self, reader, error);
      guichet_json_reader_leave (reader);
      if (!fine)
        return FALSE;
    }
  guichet_json_reader_leave (reader);
  return TRUE;
}

static GError *
senseless (const GError *cause)
{
  return g_error_new (GUICHET_DESK_ERROR,
                      GUICHET_DESK_ERROR_PROTOCOL,
                      "reading changes: %s",
                      cause->message);
}

static gboolean
write_page (GuichetMirrorWriter *self, GuichetJsonReader *reader, gboolean more, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!apply_items (self, reader, error))
    return FALSE;
  if (!guichet_json_reader_finish (reader, &local_error))
    {
      g_propagate_error (error, senseless (local_error));
      return FALSE;
    }
  if (!more && !self->synchronised)
    {
      if (!guichet_db_run_script (self->db, "indexes", error))
        return FALSE;
      self->synchronised = TRUE;
    }
  return commit (self, error);
}

static gboolean
is_damaged (const GError *error)
{
  return g_error_matches (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_DAMAGED);
}

/* Says that another mirror must take the place of this one. */
static GuichetApplied *
foreign_new (GuichetMirrorWriter *self, gint64 epoch, const char *why)
{
  GuichetApplied *applied = applied_new (self);

  g_message ("the local copy must be made anew: %s", why);
  applied->foreign = TRUE;
  applied->epoch = epoch;
  return applied;
}

static GuichetApplied *
apply_read (GuichetMirrorWriter *self, GuichetJsonReader *reader, GError **error)
{
  const gint64 epoch =
      guichet_json_reader_integer (reader, "epoch", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  const gint64 last =
      guichet_json_reader_integer (reader, "last", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  const gint64 total =
      guichet_json_reader_integer (reader, "total", GUICHET_JSON_OPTIONAL, 0, G_MAXINT64);
  const gboolean more = guichet_json_reader_boolean (reader, "more", GUICHET_JSON_REQUIRED);
  g_autoptr (GError) local_error = NULL;
  GuichetApplied *applied;

  if (!guichet_json_reader_finish (reader, &local_error))
    {
      g_propagate_error (error, senseless (local_error));
      return NULL;
    }
  /* A journal that is shorter than it was is another one: a backup that was put back. */
  if (self->epoch >= 0 && (epoch != self->epoch || last < self->last))
    return foreign_new (self, epoch, "it is of other rights or of another journal");

  if (!begin (self, error))
    return NULL;
  self->epoch = epoch;
  self->last = last;
  if (total > 0)
    self->total = total;
  if (!write_page (self, reader, more, &local_error))
    {
      roll_back (self);
      if (is_damaged (local_error))
        return foreign_new (self, epoch, local_error->message);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  applied = applied_new (self);
  applied->more = more;
  return applied;
}

GuichetApplied *
guichet_mirror_writer_apply (GuichetMirrorWriter *self, GBytes *page, GError **error)
{
  const gboolean first = !self->synchronised;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GError) local_error = NULL;
  GuichetApplied *applied;

  root = guichet_json_parse (page, &page_limits, &local_error);
  if (root == NULL)
    {
      g_propagate_error (error, senseless (local_error));
      return NULL;
    }

  if (first && !guichet_db_run (self->db, "pragma-large-cache", error))
    return NULL;
  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  applied = apply_read (self, reader, error);
  if (first && self->synchronised && !guichet_db_run (self->db, "pragma-small-cache", &local_error))
    g_info ("%s", local_error->message);
  return applied;
}

/* A new day */

static GArray *
list_ids (GuichetMirrorWriter *self,
          const char *name,
          GuichetDepartment department,
          GuichetDay today,
          GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, name);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  GError *local_error = NULL;

  guichet_statement_bind_integer (statement, "department", department);
  guichet_statement_bind_integer (statement, "today", today);
  while (guichet_statement_step (statement, &local_error))
    {
      const guint32 id = (guint32) guichet_statement_integer (statement, "id");

      g_array_append_val (ids, id);
    }
  if (!guichet_error_pass (error, local_error))
    return NULL;
  return g_steal_pointer (&ids);
}

static gboolean
set_late (GuichetMirrorWriter *self, GuichetDepartment department, gboolean late, GError **error)
{
  g_autoptr (GArray) ids = list_ids (self,
                                     late ? "list-newly-late" : "list-no-longer-late",
                                     department,
                                     self->today,
                                     error);
  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      GuichetStatement *statement = guichet_db_statement (self->db, "set-late");

      guichet_statement_bind_integer (statement, "id", g_array_index (ids, guint32, i));
      guichet_statement_bind_integer (statement, "late", late);
      if (!guichet_statement_run (statement, error))
        return FALSE;
    }

  g_array_append_vals (self->ids, ids->data, ids->len);
  self->counts.of[department][GUICHET_VIEW_LATE] += late ? (gint64) ids->len : -(gint64) ids->len;
  self->counts.of[GUICHET_DEPARTMENT_NONE][GUICHET_VIEW_LATE] +=
      late ? (gint64) ids->len : -(gint64) ids->len;
  return TRUE;
}

static gboolean
remove_outdated (GuichetMirrorWriter *self, gint64 before, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "list-outdated");
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_free);
  GError *local_error = NULL;

  guichet_statement_bind_integer (statement, "before", before);
  while (guichet_statement_step (statement, &local_error))
    g_ptr_array_add (references, g_strdup (guichet_statement_text (statement, "reference")));
  for (guint i = 0; local_error == NULL && i < references->len; i++)
    remove_line (self, g_ptr_array_index (references, i), &local_error);
  return guichet_error_pass (error, local_error);
}

static gboolean
remove_old_content (GuichetMirrorWriter *self, gint64 before, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "delete-old-content");

  guichet_statement_bind_integer (statement, "before", before);
  return guichet_statement_run (statement, error);
}

static gboolean
write_today (GuichetMirrorWriter *self, GError **error)
{
  const gint64 start = (gint64) self->today * DAY_MICROSECONDS;
  GuichetStatement *statement;

  for (int department = 1; department < GUICHET_N_DEPARTMENTS; department++)
    {
      if (!set_late (self, (GuichetDepartment) department, TRUE, error) ||
          !set_late (self, (GuichetDepartment) department, FALSE, error))
        return FALSE;
    }
  if (!remove_outdated (self, start - CLOSED_DAYS * DAY_MICROSECONDS, error) ||
      !remove_old_content (self, start - CONTENT_DAYS * DAY_MICROSECONDS, error))
    return FALSE;

  statement = guichet_db_statement (self->db, "put-today");
  guichet_statement_bind_integer (statement, "today", self->today);
  return guichet_statement_run (statement, error) && commit (self, error);
}

GuichetApplied *
guichet_mirror_writer_set_today (GuichetMirrorWriter *self, GuichetDay today, GError **error)
{
  if (today == self->today)
    return applied_new (self);

  if (!begin (self, error))
    return NULL;
  self->today = today;
  if (!write_today (self, error))
    {
      roll_back (self);
      return NULL;
    }
  return applied_new (self);
}

/* What its clerk did */

GuichetApplied *
guichet_mirror_writer_put_seen (GuichetMirrorWriter *self,
                                const char *reference,
                                gint64 event,
                                GError **error)
{
  g_auto (Old) old = { 0 };
  GuichetStatement *statement;

  if (!begin (self, error))
    return NULL;

  statement = guichet_db_statement (self->db, "put-seen");
  guichet_statement_bind_text (statement, "reference", reference);
  guichet_statement_bind_integer (statement, "event", event);
  if (!guichet_statement_run (statement, error) || !find_old (self, reference, &old, error))
    {
      roll_back (self);
      return NULL;
    }
  if (old.id != 0)
    touch (self, old.id, reference, old.version, FALSE);
  if (!commit (self, error))
    {
      roll_back (self);
      return NULL;
    }
  return applied_new (self);
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
  GuichetStatement *statement = guichet_db_statement (self->db, "put-content");

  guichet_statement_bind_text (statement, "reference", reference);
  guichet_statement_bind_integer (statement, "version", version);
  guichet_statement_bind_bytes (statement, "request", request);
  guichet_statement_bind_bytes (statement, "events", events);
  guichet_statement_bind_integer (statement, "fetched", fetched);
  return guichet_statement_run (statement, error);
}

/* Opening */

void
guichet_mirror_writer_delete_files (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
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
  if (!wake (self, today, state, error))
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
  if (is_damaged (local_error) ||
      g_error_matches (local_error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_NEWER))
    {
      g_message ("the local copy is thrown away: %s", local_error->message);
      g_clear_error (&local_error);
      guichet_mirror_writer_delete_files (path);
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
  g_free (self->login);
  g_free (self);
}
