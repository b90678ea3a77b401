/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What happens to a line: its row, the counts, the index, and what is told of it.
 */
#define G_LOG_DOMAIN "guichet-mirror-writer-lines"

#include "config.h"

#include "guichet-error.h"
#include "guichet-mirror-writer-private.h"

void
_guichet_mirror_old_clear (GuichetMirrorOld *old)
{
  g_clear_pointer (&old->citizen, g_free);
  g_clear_pointer (&old->procedure, g_free);
}

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

gboolean
_guichet_mirror_writer_find_old (GuichetMirrorWriter *self,
                                 const char *reference,
                                 GuichetMirrorOld *old,
                                 GError **error)
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
      guichet_statement_reset (statement);
    }
  return guichet_error_pass (error, local_error);
}

static gboolean
has_arrived (GuichetMirrorWriter *self,
             const GuichetMirrorOld *old,
             const GuichetLine *line,
             const GuichetPlace *place)
{
  if (!self->synchronised || g_strcmp0 (line->last_actor, self->login) == 0)
    return FALSE;
  return place->owner != GUICHET_OWNER_OTHER && place->owner != old->place.owner;
}

void
_guichet_mirror_writer_touch (GuichetMirrorWriter *self,
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
  g_autofree char *key = _guichet_mirror_writer_procedure_key (line->procedure, line->department);
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
           const GuichetMirrorOld *old,
           const GuichetLine *line,
           GError **error)
{
  const char *citizen = guichet_mirror_line_citizen (line);

  if (old->id != 0)
    {
      if (g_str_equal (old->citizen, citizen) && g_str_equal (old->procedure, line->procedure))
        return TRUE;
      _guichet_mirror_writer_note_left (self);
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

/* What was kept of a request beside its line. */
static gboolean
forget (GuichetMirrorWriter *self,
        const char *reference,
        const GuichetMirrorOld *old,
        gboolean purged,
        GError **error)
{
  if (!run_by_reference (self, "delete-content", reference, error))
    return FALSE;
  if (old->id != 0 || guichet_db_changes (self->db) > 0)
    _guichet_mirror_writer_note_left (self);
  if (purged)
    _guichet_mirror_writer_note_purged (self, reference, old->citizen);
  return TRUE;
}

gboolean
_guichet_mirror_writer_put_line (GuichetMirrorWriter *self,
                                 const GuichetLine *line,
                                 gint64 news,
                                 GError **error)
{
  const GuichetPlace place = guichet_place_of_line (line, self->login, self->today);
  g_auto (GuichetMirrorOld) old = { 0 };
  GuichetStatement *statement;
  guint32 id;

  if (!_guichet_mirror_writer_find_old (self, line->reference, &old, error))
    return FALSE;
  /* Pages overlap when the feed hurries; an older page must not undo a newer one. */
  if (old.id != 0 && old.last_event > line->last_event)
    return TRUE;

  statement = guichet_db_statement (self->db, old.id != 0 ? "update-line" : "insert-line");
  if (old.id != 0)
    guichet_statement_bind_integer (statement, "id", old.id);
  else
    guichet_statement_bind_text (statement, "reference", line->reference);
  guichet_mirror_line_bind (statement, line, &place, news);
  if (!guichet_statement_run (statement, error))
    return FALSE;
  /* Purged: what was kept of it says who it was. */
  if (line->citizen == NULL && !forget (self, line->reference, &old, TRUE, error))
    return FALSE;

  id = old.id != 0 ? old.id : (guint32) guichet_db_last_rowid (self->db);
  if (old.id != 0)
    count (self, &old.place, -1);
  count (self, &place, 1);
  _guichet_mirror_writer_touch (self,
                                id,
                                line->reference,
                                line->version,
                                has_arrived (self, &old, line, &place));
  return put_procedure (self, line, error) && put_index (self, id, &old, line, error);
}

static void
tell_removed (GuichetMirrorWriter *self,
              const GuichetMirrorOld *old,
              const char *reference,
              gboolean purged)
{
  GuichetTouched *touched = g_new0 (GuichetTouched, 1);

  touched->reference = g_strdup (reference);
  touched->purged = purged;
  g_ptr_array_add (self->touched, touched);
  if (old->id != 0)
    g_array_append_val (self->ids, old->id);
}

gboolean
_guichet_mirror_writer_remove_line (GuichetMirrorWriter *self,
                                    const char *reference,
                                    gboolean purged,
                                    GError **error)
{
  g_auto (GuichetMirrorOld) old = { 0 };
  GuichetStatement *statement;

  if (purged)
    g_hash_table_add (self->purged, g_strdup (reference));
  if (!_guichet_mirror_writer_find_old (self, reference, &old, error))
    return FALSE;
  if (!forget (self, reference, &old, purged, error) ||
      !run_by_reference (self, "delete-seen", reference, error))
    return FALSE;
  /* Also of what had no line, since somebody may look at it all the same. */
  if (old.id != 0 || purged)
    tell_removed (self, &old, reference, purged);
  if (old.id == 0)
    return TRUE;

  statement = guichet_db_statement (self->db, "delete-line");
  guichet_statement_bind_integer (statement, "id", old.id);
  if (!guichet_statement_run (statement, error))
    return FALSE;
  count (self, &old.place, -1);
  return guichet_mirror_index_remove (self->index,
                                      old.id,
                                      reference,
                                      old.citizen,
                                      old.procedure,
                                      error);
}
