/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plans.h"

#include <sqlite3.h>
#include <string.h>

/* What may be gone through from an end: it stops at once, or is small. */
static gboolean
may_scan (const char *detail)
{
  static const char *const exactly[] = {
    "SCAN event",                                  /* the head of the chain */
    "SCAN access",                                 /* likewise */
    "SCAN mail USING COVERING INDEX mail_by_next", /* the next one */
    /* What was purged: once, when the store is opened */
    "SCAN purged USING COVERING INDEX sqlite_autoindex_purged_1",
    "SCAN account_event USING INDEX account_event_of_purge",
    "SCAN CONSTANT ROW",
  };
  static const char *const beginning[] = {
    "SCAN json_each VIRTUAL TABLE",
    "SCAN search VIRTUAL TABLE", /* the index of words is looked up, which SQLite calls so */
    "SCAN (subquery",
  };

  for (guint i = 0; i < G_N_ELEMENTS (exactly); i++)
    if (strcmp (detail, exactly[i]) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (beginning); i++)
    if (g_str_has_prefix (detail, beginning[i]))
      return TRUE;
  return FALSE;
}

static void
explain (sqlite3 *db, const char *sql, Plans *plans)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *stmt = NULL;

  /* Ours begin with a comment; the index of words has statements of its own. */
  if (!g_str_has_prefix (sql, "--") || strstr (sql, "PRAGMA") != NULL ||
      strstr (sql, "VACUUM") != NULL)
    return;
  g_assert_cmpint (sqlite3_prepare_v2 (db, question, -1, &stmt, NULL), ==, SQLITE_OK);
  plans->looked_at++;
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *detail = (const char *) sqlite3_column_text (stmt, 3);

      if (g_str_has_prefix (detail, "SCAN") && !may_scan (detail))
        {
          g_test_message ("%s\n→ %s", sql, detail);
          plans->scans++;
        }
    }
  sqlite3_finalize (stmt);
}

gboolean
plans_explain (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  sqlite3 *handle = guichet_db_handle (db);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (sqlite3_stmt *stmt = sqlite3_next_stmt (handle, NULL); stmt != NULL;
       stmt = sqlite3_next_stmt (handle, stmt))
    g_ptr_array_add (texts, g_strdup (sqlite3_sql (stmt)));
  for (guint i = 0; i < texts->len; i++)
    explain (handle, g_ptr_array_index (texts, i), data);
  return TRUE;
}
