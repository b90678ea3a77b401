/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An order brought up to date, line by line.
 *
 * Takes out the lines that changed; what is left is in order, since the keys of those did not
 * change. Then each changed line that belongs to the list is put where its key says, which twenty
 * comparisons find in a million.
 */
#define G_LOG_DOMAIN "guichet-order-repair"

#include "config.h"

#include "guichet-mirror-line.h"
#include "guichet-error.h"
#include "guichet-mirror-writer.h"
#include "guichet-order.h"

typedef struct
{
  guint32 id;
  gboolean undated; /* stays last in either direction */
  char *text;       /* (owned) (nullable) */
  gint64 number;
  gint64 second;
  guint at; /* position among the lines that did not change */
} Key;

typedef struct
{
  GuichetDb *db;
  GuichetGlossary *glossary;
  GuichetQuestion question;
  GuichetDepartment departments[GUICHET_N_DEPARTMENTS];
  int n_departments;
} Repair;

static void
key_clear (Key *key)
{
  g_clear_pointer (&key->text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Key, key_clear)

static gboolean
is_text (GuichetSort sort)
{
  return sort == GUICHET_SORT_REFERENCE || sort == GUICHET_SORT_CITIZEN ||
         sort == GUICHET_SORT_STAGE || sort == GUICHET_SORT_ASSIGNEE ||
         sort == GUICHET_SORT_PROCEDURE;
}

static gboolean
has_second (GuichetSort sort)
{
  return sort == GUICHET_SORT_STAGE || sort == GUICHET_SORT_ASSIGNEE ||
         sort == GUICHET_SORT_PROCEDURE;
}

static gboolean
read_key (Repair *repair, guint32 id, Key *key, GError **error)
{
  const GuichetSort sort = repair->question.sort;
  GuichetStatement *statement =
      guichet_db_statement (repair->db, _guichet_order_key_statement (sort));
  GError *local_error = NULL;

  guichet_statement_bind_integer (statement, "id", id);
  if (!guichet_statement_step (statement, &local_error))
    {
      if (local_error == NULL)
        g_set_error_literal (&local_error,
                             GUICHET_DB_ERROR,
                             GUICHET_DB_ERROR_FAILED,
                             "a line is missing");
      g_propagate_error (error, local_error);
      return FALSE;
    }

  key->id = id;
  if (sort == GUICHET_SORT_PROCEDURE)
    key->text = guichet_glossary_place (repair->glossary, guichet_statement_text (statement, "a"));
  else if (is_text (sort))
    key->text = g_strdup (guichet_statement_text (statement, "a"));
  else
    key->number = guichet_statement_integer (statement, "a");
  if (has_second (sort))
    key->second = guichet_statement_integer (statement, "b");
  key->undated = sort == GUICHET_SORT_DUE && key->number == GUICHET_DUE_NONE;
  guichet_statement_reset (statement);
  return TRUE;
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_keys (const Key *a, const Key *b, gboolean descending)
{
  int order;

  if (a->undated != b->undated)
    return a->undated ? 1 : -1;

  order = a->text != NULL ? strcmp (a->text, b->text) : compare_numbers (a->number, b->number);
  if (order == 0)
    order = compare_numbers (a->second, b->second);
  if (order == 0)
    order = compare_numbers (a->id, b->id);
  return descending ? -order : order;
}

static int
sort_keys (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Repair *repair = user_data;

  return compare_keys (a, b, repair->question.descending);
}

static gboolean
belongs (Repair *repair, guint32 id, gboolean *ret_belongs, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (repair->db, "find-place");
  GuichetPlace place;
  GError *local_error = NULL;

  *ret_belongs = FALSE;
  guichet_statement_bind_integer (statement, "id", id);
  if (!guichet_statement_step (statement, &local_error))
    return guichet_error_pass (error, local_error);

  place = guichet_place_read (statement);
  guichet_statement_reset (statement);
  for (int i = 0; i < repair->n_departments; i++)
    {
      if (repair->departments[i] == place.department)
        *ret_belongs = guichet_place_is_in (&place, repair->question.view);
    }
  return TRUE;
}

static gboolean
find_position (Repair *repair, GArray *kept, Key *key, GError **error)
{
  guint low = 0;
  guint high = kept->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      g_auto (Key) other = { 0 };

      if (!read_key (repair, g_array_index (kept, guint32, middle), &other, error))
        return FALSE;
      if (compare_keys (&other, key, repair->question.descending) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  key->at = low;
  return TRUE;
}

static GArray *
find_positions (Repair *repair, GArray *kept, GArray *changes, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, TRUE, sizeof (Key));

  g_array_set_clear_func (keys, (GDestroyNotify) key_clear);
  for (guint i = 0; i < changes->len; i++)
    {
      const guint32 id = g_array_index (changes, guint32, i);
      gboolean is_in;
      Key key = { 0 };

      if (!belongs (repair, id, &is_in, error))
        return NULL;
      if (!is_in)
        continue;
      if (!read_key (repair, id, &key, error))
        return NULL;
      g_array_append_val (keys, key);
      if (!find_position (repair, kept, &g_array_index (keys, Key, keys->len - 1), error))
        return NULL;
    }
  g_array_sort_with_data (keys, sort_keys, repair);
  return g_steal_pointer (&keys);
}

static GArray *
without (GuichetOrder *order, GArray *changes)
{
  GArray *kept = g_array_sized_new (FALSE, FALSE, sizeof (guint32), order->n_ids);
  g_autoptr (GuichetHits) changed = guichet_hits_new_of (changes);

  for (guint i = 0; i < order->n_ids; i++)
    {
      if (!guichet_hits_has (changed, order->ids[i]))
        g_array_append_val (kept, order->ids[i]);
    }
  return kept;
}

static GArray *
merge (GArray *kept, GArray *keys)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (guint32), kept->len + keys->len);
  guint from = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      const Key *key = &g_array_index (keys, Key, i);

      if (key->at > from)
        g_array_append_vals (ids, &g_array_index (kept, guint32, from), key->at - from);
      from = MAX (from, key->at);
      g_array_append_val (ids, key->id);
    }
  if (kept->len > from)
    g_array_append_vals (ids, &g_array_index (kept, guint32, from), kept->len - from);
  return ids;
}

GuichetOrder *
guichet_order_repair (GuichetOrder *self,
                      GuichetDb *db,
                      GuichetGlossary *glossary,
                      gint64 revision,
                      GArray *changes,
                      GError **error)
{
  Repair repair = { .db = db, .glossary = glossary, .question = self->question };
  g_autoptr (GArray) kept = NULL;
  g_autoptr (GArray) keys = NULL;

  g_return_val_if_fail (self->whole, NULL);

  repair.n_departments =
      _guichet_order_departments (db, self->question.department, repair.departments, error);
  if (repair.n_departments < 0)
    return NULL;

  kept = without (self, changes);
  keys = find_positions (&repair, kept, changes, error);
  if (keys == NULL)
    return NULL;
  return guichet_order_new (&self->question, revision, TRUE, merge (kept, keys));
}
