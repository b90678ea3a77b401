/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What changed since: first synchronisation, catch-up and live fetch of desks alike.
 */
#define G_LOG_DOMAIN "guichetd-changes"

#include "config.h"

#include "guichet-error.h"
#include "guichet-event.h"
#include "guichetd-listing.h"

void
guichetd_changes_clear (GuichetdChanges *self)
{
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->purged, g_array_unref);
  g_clear_pointer (&self->news, g_array_unref);
}

static void
bind_rights (GuichetStatement *statement, const GuichetdRights *rights)
{
  guichet_statement_bind_text (statement, "departments", rights->departments);
  guichet_statement_bind_text (statement, "procedures", rights->procedures);
}

static GuichetStatement *
begin_list (GuichetDb *db,
            const char *name,
            const GuichetdRights *rights,
            gint64 after,
            guint limit)
{
  GuichetStatement *statement = guichet_db_statement (db, name);

  bind_rights (statement, rights);
  guichet_statement_bind_integer (statement, "after", after);
  guichet_statement_bind_integer (statement, "limit", limit + 1);
  return statement;
}

/* That a mail went out is what whoever sent it expected; that it did not is not. */
static void
bind_news (GuichetStatement *statement, const char *login)
{
  guichet_statement_bind_text (statement, "login", login);
  guichet_statement_bind_text (statement, "daemon", GUICHET_ACTOR_DAEMON);
  guichet_statement_bind_text (statement,
                               "failed",
                               guichet_enum_word (GUICHET_TYPE_EVENT_KIND,
                                                  GUICHET_EVENT_NOTIFICATION_FAILED));
}

/* The two lists are both in the order of event numbers: the one whose head is lower goes first. */
static gboolean
merge (GuichetStatement *rows,
       GuichetStatement *purged,
       guint limit,
       GuichetdChanges *changes,
       GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean has_row = guichet_statement_step (rows, &local_error);
  gboolean has_purged = local_error == NULL && guichet_statement_step (purged, &local_error);

  while (local_error == NULL && (has_row || has_purged))
    {
      gboolean row_first =
          has_row && (!has_purged || guichet_statement_integer (rows, "number") <
                                         guichet_statement_integer (purged, "number"));
      const gboolean is_purged = !row_first;
      const gint64 news = row_first ? guichet_statement_integer (rows, "news") : 0;
      GuichetStatement *first = row_first ? rows : purged;

      if (changes->references->len == limit)
        {
          changes->more = TRUE;
          break;
        }

      g_ptr_array_add (changes->references, g_strdup (guichet_statement_text (first, "reference")));
      g_ptr_array_add (changes->lines,
                       row_first ? g_strdup (guichet_statement_text (rows, "line")) : NULL);
      g_array_append_val (changes->purged, is_purged);
      g_array_append_val (changes->news, news);
      changes->last = guichet_statement_integer (first, "number");
      if (row_first)
        has_row = guichet_statement_step (rows, &local_error);
      else
        has_purged = guichet_statement_step (purged, &local_error);
    }

  guichet_statement_reset (rows);
  guichet_statement_reset (purged);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

static gboolean
add_count (GuichetStatement *statement, gint64 *total, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (guichet_statement_step (statement, &local_error))
    {
      *total += guichet_statement_integer (statement, "n");
      guichet_statement_reset (statement);
    }
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

/* How many there are in all, for whoever begins: open ones, and those closed lately. */
static gboolean
count_all (GuichetDb *db, const GuichetdRights *rights, gint64 since, gint64 *total, GError **error)
{
  static const char *const open[] = { "count-tally",
                                      "and-departments",
                                      "and-procedures",
                                      "and-phases",
                                      NULL };
  GuichetStatement *statement = guichet_db_statement_joined (db, open);

  bind_rights (statement, rights);
  guichet_statement_bind_text (statement,
                               "phases",
                               "[\"received\",\"processing\",\"waiting\",\"decided\"]");
  if (!add_count (statement, total, error))
    return FALSE;

  statement = guichet_db_statement (db, "count-recently-closed");
  bind_rights (statement, rights);
  guichet_statement_bind_integer (statement, "since", since);
  return add_count (statement, total, error);
}

gboolean
guichetd_listing_newest (GuichetDb *db,
                         const GuichetdRights *rights,
                         gint64 *ret_newest,
                         GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-newest-change");
  g_autoptr (GError) local_error = NULL;

  *ret_newest = 0;
  bind_rights (statement, rights);
  if (guichet_statement_step (statement, &local_error))
    {
      *ret_newest = guichet_statement_integer (statement, "number");
      guichet_statement_reset (statement);
    }
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

gboolean
guichetd_listing_changes (GuichetDb *db,
                          const char *login,
                          const GuichetdRights *rights,
                          gint64 after,
                          guint limit,
                          gint64 since,
                          GuichetdChanges *changes,
                          GError **error)
{
  GuichetStatement *rows;
  GuichetStatement *purged;
  gint64 newest;

  changes->references = g_ptr_array_new_with_free_func (g_free);
  changes->lines = g_ptr_array_new_with_free_func (g_free);
  changes->purged = g_array_new (FALSE, FALSE, sizeof (gboolean));
  changes->news = g_array_new (FALSE, FALSE, sizeof (gint64));
  /* Before the lists: what comes in between is asked for once more, not passed over. */
  if (!guichetd_listing_newest (db, rights, &newest, error))
    return FALSE;

  rows = begin_list (db, "list-changes", rights, after, limit);
  guichet_statement_bind_integer (rows, "since", since);
  bind_news (rows, login);
  purged = begin_list (db, "list-purged-since", rights, after, limit);
  if (!merge (rows, purged, limit, changes, error))
    return FALSE;

  /* The next question begins there, whatever this one began with: how far the whole journal has come is nobody's
   * to see, neither told nor by asking after numbers that there may be. Who knows of more than there is for them
   * learns from it that they knew another journal. */
  if (!changes->more)
    changes->last = MAX (changes->last, newest);

  return after > 0 || count_all (db, rights, since, &changes->total, error);
}
