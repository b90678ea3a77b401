/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists in their order, out of the mirror's indexes.
 *
 * A list of one department is one range of one index. A list of several is merged from the
 * ranges of each, which SQLite does when the parts are joined by UNION ALL and ordered as a
 * whole. Two orders are more than one such reading, one after the other: by procedure (one
 * procedure at a time, in the order of their names, which the database does not know), and by
 * date with the latest first (those without a date come last in either direction).
 */
#define G_LOG_DOMAIN "guichet-order"

#include "config.h"

#include "guichet-mirror-line.h"
#include "guichet-error.h"
#include "guichet-mirror-writer.h"
#include "guichet-order.h"

/* How often a long reading looks whether anybody still wants it. */
#define CANCEL_EVERY 8192

typedef struct
{
  const char *pick;
  const char *up;
  const char *down;
  const char *key;
} SortNames;

static const SortNames sort_names[] = {
  [GUICHET_SORT_DUE] = { "pick-due", "up-a", "down-a", "key-due" },
  [GUICHET_SORT_RECEIVED] = { "pick-received", "up-a", "down-a", "key-received" },
  [GUICHET_SORT_REFERENCE] = { "pick-reference", "up-a", "down-a", "key-reference" },
  [GUICHET_SORT_PROCEDURE] = { "pick-procedure", "up-a", "down-a", "key-procedure" },
  [GUICHET_SORT_CITIZEN] = { "pick-citizen", "up-a", "down-a", "key-citizen" },
  [GUICHET_SORT_STAGE] = { "pick-stage", "up-ab", "down-ab", "key-stage" },
  [GUICHET_SORT_ASSIGNEE] = { "pick-assignee", "up-ab", "down-ab", "key-assignee" },
  [GUICHET_SORT_CHANGED] = { "pick-changed", "up-a", "down-a", "key-changed" },
};

static const char *const view_names[] = {
  [GUICHET_VIEW_MINE] = "view-mine",       [GUICHET_VIEW_TO_TAKE] = "view-to-take",
  [GUICHET_VIEW_WAITING] = "view-waiting", [GUICHET_VIEW_LATE] = "view-late",
  [GUICHET_VIEW_ALL] = "view-all",         [GUICHET_VIEW_CLOSED] = "view-closed",
};

static const char *const in_names[] = { "in-1", "in-2", "in-3", "in-4" };
static const char *const department_names[] = { "department1",
                                                "department2",
                                                "department3",
                                                "department4" };

G_STATIC_ASSERT (G_N_ELEMENTS (in_names) == GUICHET_N_DEPARTMENTS - 1);
G_STATIC_ASSERT (G_N_ELEMENTS (view_names) == GUICHET_N_VIEWS);

/* One reading under way. */
typedef struct
{
  GuichetDb *db;
  const GuichetQuestion *question;
  GuichetDepartment departments[GUICHET_N_DEPARTMENTS];
  int n_departments;
  guint max;
  GCancellable *cancellable;
  GArray *ids; /* (owned) of guint32 */
} Reading;

gboolean
guichet_question_equal (const GuichetQuestion *a, const GuichetQuestion *b)
{
  return a->view == b->view && a->department == b->department && a->sort == b->sort &&
         a->descending == b->descending;
}

static GuichetOrder *
order_new (const GuichetQuestion *question,
           gint64 revision,
           gboolean whole,
           guint32 *ids,
           guint n_ids)
{
  GuichetOrder *self = g_new0 (GuichetOrder, 1);

  g_atomic_ref_count_init (&self->references);
  self->question = *question;
  self->revision = revision;
  self->whole = whole;
  self->n_ids = n_ids;
  self->ids = ids;
  return self;
}

GuichetOrder *
guichet_order_new (const GuichetQuestion *question, gint64 revision, gboolean whole, GArray *ids)
{
  const guint n_ids = ids->len;

  return order_new (question,
                    revision,
                    whole,
                    (guint32 *) (gpointer) g_array_free (ids, FALSE),
                    n_ids);
}

GuichetOrder *
guichet_order_ref (GuichetOrder *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
guichet_order_unref (GuichetOrder *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free ((gpointer) self->ids);
  g_free (self);
}

/* The departments of a list that the mirror has lines of: what need not be merged is not. */
int
_guichet_order_departments (GuichetDb *db,
                            GuichetDepartment only,
                            GuichetDepartment *departments,
                            GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-procedures");
  gboolean there[GUICHET_N_DEPARTMENTS] = { FALSE };
  GError *local_error = NULL;
  int n = 0;

  while (guichet_statement_step (statement, &local_error))
    {
      const gint64 department = guichet_statement_integer (statement, "department");

      if (department > 0 && department < GUICHET_N_DEPARTMENTS)
        there[department] = TRUE;
    }
  if (!guichet_error_pass (error, local_error))
    return -1;

  for (int i = 1; i < GUICHET_N_DEPARTMENTS; i++)
    {
      if (there[i] && (only == GUICHET_DEPARTMENT_NONE || only == (GuichetDepartment) i))
        departments[n++] = (GuichetDepartment) i;
    }
  return n;
}

const char *
_guichet_order_key_statement (GuichetSort sort)
{
  return sort_names[sort].key;
}

static gboolean
read_ids (Reading *reading, GuichetStatement *statement, GError **error)
{
  GError *local_error = NULL;

  while ((reading->max == 0 || reading->ids->len < reading->max) &&
         guichet_statement_step (statement, &local_error))
    {
      const guint32 id = (guint32) guichet_statement_integer (statement, "id");

      g_array_append_val (reading->ids, id);
      if (reading->ids->len % CANCEL_EVERY == 0 &&
          g_cancellable_set_error_if_cancelled (reading->cancellable, &local_error))
        break;
    }
  guichet_statement_reset (statement);
  return guichet_error_pass (error, local_error);
}

/* One range of the index for each department, merged. */
static gboolean
read_ranges (Reading *reading,
             int first,
             int n,
             const char *narrower,
             const char *procedure,
             GError **error)
{
  const SortNames *names = &sort_names[reading->question->sort];
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  GuichetStatement *statement;

  for (int i = 0; i < n; i++)
    {
      if (i > 0)
        g_ptr_array_add (parts, (gpointer) "also");
      g_ptr_array_add (parts, (gpointer) names->pick);
      g_ptr_array_add (parts, (gpointer) in_names[i]);
      g_ptr_array_add (parts, (gpointer) view_names[reading->question->view]);
      if (narrower != NULL)
        g_ptr_array_add (parts, (gpointer) narrower);
    }
  g_ptr_array_add (parts, (gpointer) (reading->question->descending ? names->down : names->up));
  g_ptr_array_add (parts, NULL);

  statement = guichet_db_statement_joined (reading->db, (const char *const *) parts->pdata);
  for (int i = 0; i < n; i++)
    guichet_statement_bind_integer (statement,
                                    department_names[i],
                                    reading->departments[first + i]);
  if (procedure != NULL)
    guichet_statement_bind_text (statement, "procedure", procedure);
  return read_ids (reading, statement, error);
}

/* Lists by procedure */

typedef struct
{
  char *procedure;
  char *place;
  int first; /* departments that have it: indexes in the reading */
  int last;
} Range;

static void
range_free (Range *range)
{
  g_free (range->procedure);
  g_free (range->place);
  g_free (range);
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const Range *first = *(const Range *const *) a;
  const Range *second = *(const Range *const *) b;

  return strcmp (first->place, second->place);
}

static int
find_department (Reading *reading, gint64 department)
{
  for (int i = 0; i < reading->n_departments; i++)
    {
      if (reading->departments[i] == (GuichetDepartment) department)
        return i;
    }
  return -1;
}

/* They come in order, those of one procedure together. */
static void
note_range (GPtrArray *ranges, GuichetGlossary *glossary, const char *procedure, int department)
{
  Range *range = ranges->len > 0 ? g_ptr_array_index (ranges, ranges->len - 1) : NULL;

  if (range == NULL || !g_str_equal (range->procedure, procedure))
    {
      range = g_new0 (Range, 1);
      range->procedure = g_strdup (procedure);
      range->place = guichet_glossary_place (glossary, procedure);
      range->first = department;
      g_ptr_array_add (ranges, range);
    }
  range->last = department;
}

static GPtrArray *
list_ranges (Reading *reading, GuichetGlossary *glossary, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (reading->db, "list-procedures");
  g_autoptr (GPtrArray) ranges = g_ptr_array_new_with_free_func ((GDestroyNotify) range_free);
  GError *local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    {
      const int department =
          find_department (reading, guichet_statement_integer (statement, "department"));

      if (department >= 0)
        note_range (ranges, glossary, guichet_statement_text (statement, "procedure"), department);
    }
  if (!guichet_error_pass (error, local_error))
    return NULL;
  g_ptr_array_sort (ranges, compare_ranges);
  return g_steal_pointer (&ranges);
}

static gboolean
read_by_procedure (Reading *reading, GuichetGlossary *glossary, GError **error)
{
  g_autoptr (GPtrArray) ranges = list_ranges (reading, glossary, error);

  if (ranges == NULL)
    return FALSE;

  for (guint i = 0; i < ranges->len; i++)
    {
      const guint at = reading->question->descending ? ranges->len - 1 - i : i;
      const Range *range = g_ptr_array_index (ranges, at);

      if (!read_ranges (reading,
                        range->first,
                        range->last - range->first + 1,
                        NULL,
                        range->procedure,
                        error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_all (Reading *reading, GuichetGlossary *glossary, GError **error)
{
  const GuichetQuestion *question = reading->question;
  const int n = reading->n_departments;

  if (n == 0)
    return TRUE;
  if (question->sort == GUICHET_SORT_PROCEDURE)
    return read_by_procedure (reading, glossary, error);
  if (question->sort == GUICHET_SORT_DUE && question->descending)
    return read_ranges (reading, 0, n, "due-dated", NULL, error) &&
           read_ranges (reading, 0, n, "due-undated", NULL, error);
  return read_ranges (reading, 0, n, NULL, NULL, error);
}

GuichetOrder *
guichet_order_read (GuichetDb *db,
                    const GuichetQuestion *question,
                    GuichetGlossary *glossary,
                    gint64 revision,
                    guint max,
                    GCancellable *cancellable,
                    GError **error)
{
  Reading reading = { .db = db, .question = question, .max = max, .cancellable = cancellable };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean whole;

  reading.ids = ids;
  reading.n_departments =
      _guichet_order_departments (db, question->department, reading.departments, error);
  if (reading.n_departments < 0 || !read_all (&reading, glossary, error))
    return NULL;
  whole = max == 0 || ids->len < max;
  return guichet_order_new (question, revision, whole, g_steal_pointer (&ids));
}

GuichetOrder *
guichet_order_search (GuichetOrder *self, const GuichetHits *hits)
{
  guint n_ids = 0;
  guint32 *ids = guichet_hits_pick (hits, self->ids, self->n_ids, &n_ids);

  return order_new (&self->question, self->revision, self->whole, ids, n_ids);
}
