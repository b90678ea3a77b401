/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which lines have the words that somebody types.
 *
 * Each word is the beginning of one. What begins with one or two letters is asked of the table
 * `initials` (a fifth of a million names begin with the same letter, and taking them one by one
 * out of the full-text index would take longer than a frame), what is longer of the full-text index.
 * Names of procedures are compared with the words here: they are few, and each has the list of its
 * lines in `initials` too.
 */
#define G_LOG_DOMAIN "guichet-search"

#include "config.h"

#include "guichet-error.h"
#include "guichet-mirror-index.h"
#include "guichet-order.h"

#define CANCEL_EVERY 8192

static gboolean
add_initials (GuichetDb *db, GuichetHits *hits, char kind, const char *letters, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "read-initials");
  g_autofree char *key = g_strdup_printf ("%c%s", kind, letters);
  GError *local_error = NULL;

  guichet_statement_bind_text (statement, "letters", key);
  while (guichet_statement_step (statement, &local_error))
    {
      g_autoptr (GBytes) block = guichet_statement_blob (statement, "hits");
      gsize length;
      const guint8 *bytes = g_bytes_get_data (block, &length);

      guichet_hits_add_block (hits,
                              (guint32) guichet_statement_integer (statement, "block"),
                              bytes,
                              length);
    }
  return guichet_error_pass (error, local_error);
}

static gboolean
add_words (GuichetDb *db,
           GuichetHits *hits,
           const char *word,
           GCancellable *cancellable,
           GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "search-words");
  /* A folded word has nothing but letters and digits in it, so it cannot leave its quotes. */
  g_autofree char *match = g_strdup_printf ("\"%s\"*", word);
  GError *local_error = NULL;
  guint n = 0;

  guichet_statement_bind_text (statement, "match", match);
  while (guichet_statement_step (statement, &local_error))
    {
      guichet_hits_add (hits, (guint32) guichet_statement_integer (statement, "id"));
      if (++n % CANCEL_EVERY == 0 &&
          g_cancellable_set_error_if_cancelled (cancellable, &local_error))
        break;
    }
  guichet_statement_reset (statement);
  return guichet_error_pass (error, local_error);
}

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789") != NULL;
}

static gboolean
add_procedures (GuichetDb *db,
                GuichetHits *hits,
                const char *word,
                GuichetGlossary *glossary,
                GError **error)
{
  g_autoptr (GPtrArray) procedures = guichet_glossary_find (glossary, word);

  for (guint i = 0; i < procedures->len; i++)
    {
      if (!add_initials (db,
                         hits,
                         GUICHET_INITIALS_PROCEDURE,
                         g_ptr_array_index (procedures, i),
                         error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_word (GuichetDb *db,
          GuichetHits *hits,
          const char *word,
          GuichetGlossary *glossary,
          GCancellable *cancellable,
          GError **error)
{
  gboolean fine;

  if (g_utf8_strlen (word, -1) > GUICHET_INITIALS_MAX)
    fine = add_words (db, hits, word, cancellable, error);
  else
    /* Without a digit, one or two letters are hardly ever meant for a reference, and would find a
     * tenth of all. */
    fine = add_initials (db, hits, GUICHET_INITIALS_NAME, word, error) &&
           (!has_digit (word) || add_initials (db, hits, GUICHET_INITIALS_REFERENCE, word, error));
  return fine && add_procedures (db, hits, word, glossary, error);
}

static gboolean
read_last_id (GuichetDb *db, guint32 *ret_last, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "read-last-id");

  if (!guichet_statement_step (statement, error))
    return FALSE;
  *ret_last = (guint32) guichet_statement_integer (statement, "id");
  guichet_statement_reset (statement);
  return TRUE;
}

GuichetHits *
guichet_search (GuichetDb *db,
                const char *const *words,
                GuichetGlossary *glossary,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GuichetHits) found = NULL;
  guint32 last = 0;

  if (!read_last_id (db, &last, error))
    return NULL;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GuichetHits) hits = guichet_hits_new (last);

      if (!add_word (db, hits, words[i], glossary, cancellable, error))
        return NULL;
      if (found != NULL)
        guichet_hits_keep (found, hits);
      else
        found = g_steal_pointer (&hits);
    }
  return found != NULL ? g_steal_pointer (&found) : guichet_hits_new (0);
}
