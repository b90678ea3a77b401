/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new day: what became late, and what is too old to be kept.
 */
#define G_LOG_DOMAIN "guichet-mirror-writer-day"

#include "config.h"

#include "guichet-error.h"
#include "guichet-mirror-writer-private.h"

#define DAY_MICROSECONDS (G_GINT64_CONSTANT (24 * 60 * 60) * G_USEC_PER_SEC)
/* A mirror is a disclosure: it holds open requests, and those closed in the last ninety days. */
#define CLOSED_DAYS 90
/* Contents that nobody came back to for so long are not worth their disclosure. */
#define CONTENT_DAYS 14

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
    _guichet_mirror_writer_remove_line (self,
                                        g_ptr_array_index (references, i),
                                        FALSE,
                                        &local_error);
  return guichet_error_pass (error, local_error);
}

static gboolean
remove_old_content (GuichetMirrorWriter *self, gint64 before, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "delete-old-content");

  guichet_statement_bind_integer (statement, "before", before);
  if (!guichet_statement_run (statement, error))
    return FALSE;
  if (guichet_db_changes (self->db) > 0)
    _guichet_mirror_writer_note_left (self);
  return TRUE;
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
  return guichet_statement_run (statement, error) && _guichet_mirror_writer_commit (self, error);
}

GuichetApplied *
guichet_mirror_writer_set_today (GuichetMirrorWriter *self, GuichetDay today, GError **error)
{
  if (today == self->today)
    return _guichet_mirror_writer_applied_new (self);

  if (!_guichet_mirror_writer_begin (self, error))
    return NULL;
  self->today = today;
  if (!write_today (self, error))
    {
      _guichet_mirror_writer_roll_back (self);
      return NULL;
    }
  return _guichet_mirror_writer_applied_new (self);
}
