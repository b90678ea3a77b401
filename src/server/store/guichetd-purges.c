/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Purged requests.
 *
 * The journal keeps their headers for ever; what was sealed is beyond reading once the key is
 * gone, in every copy. In clear were the citizen's name, in the queue line and in the index of
 * words: those are what has to be hunted down in the files.
 */
#define G_LOG_DOMAIN "guichetd-purges"

#include "config.h"

#include "guichetd-purges.h"
#include "guichet-error.h"
#include "guichetd-flusher.h"
#include "guichetd-receipts.h"
#include "guichet-scrub.h"
#include "guichetd-settings.h"
#include "guichetd-store-private.h"

#include <string.h>

/* The setting that tells of a purge whose files are not cleared yet. A key that is still there would tell it as
 * well, but it is the first to go, and may have been lost before. */
#define SCRUB "scrub"
#define OWED "owed"

/* Shorter ones are found in any file. */
#define WORD_MIN_BYTES 3

gboolean
guichetd_purges_add (GuichetDb *db,
                     const GuichetdRow *row,
                     const GuichetEvent *event,
                     GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "add-purged");

  guichet_statement_bind_integer (statement, "number", event->number);
  guichet_statement_bind_text (statement, "reference", event->reference);
  guichet_statement_bind_integer (statement, "first", row->id);
  guichet_statement_bind_text (statement,
                               "department",
                               guichet_enum_word (GUICHET_TYPE_DEPARTMENT, event->department));
  guichet_statement_bind_text (statement, "procedure", event->procedure);
  guichet_statement_bind_integer (statement, "instant", event->instant);

  return guichet_statement_run (statement, error) &&
         guichetd_receipts_forget (db, event->reference, error) &&
         guichetd_requests_remove (db, row, error);
}

gboolean
guichetd_purges_find (GuichetDb *db, const char *reference, gboolean *ret_purged, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-purged");
  g_autoptr (GError) local_error = NULL;

  guichet_statement_bind_text (statement, "reference", reference);
  *ret_purged = guichet_statement_step (statement, &local_error);
  if (*ret_purged)
    guichet_statement_reset (statement);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

char **
guichetd_purges_list (GuichetDb *db, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-purged");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    g_strv_builder_add (builder, guichet_statement_text (statement, "reference"));
  if (local_error == NULL)
    return g_strv_builder_end (builder);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static void
add_words_of (GStrvBuilder *builder, const char *name)
{
  g_auto (GStrv) words = NULL;

  if (name == NULL)
    return;

  words = g_strsplit_set (name, " -'", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) >= WORD_MIN_BYTES)
      g_strv_builder_add (builder, words[i]);
}

char **
guichetd_purges_words (const GuichetRequest *request)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const GuichetCitizen *citizen = request->citizen;

  if (citizen != NULL)
    {
      add_words_of (builder, citizen->family_name);
      add_words_of (builder, citizen->given_names);
    }
  return g_strv_builder_end (builder);
}

/* A word that somebody else's name has as well is rightly there, and betrays nobody. */
static gboolean
is_somebody_elses (GuichetDb *db, const char *word, gboolean *ret_is, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-word");
  g_autofree char *match = g_strdup_printf ("\"%s\"", word);
  g_autoptr (GError) local_error = NULL;

  g_strdelimit (match + 1, "\"", ' ');
  match[strlen (match) - 1] = '"';
  guichet_statement_bind_text (statement, "match", match);
  *ret_is = guichet_statement_step (statement, &local_error);
  if (*ret_is)
    guichet_statement_reset (statement);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

/*
 * What must be found nowhere in the file: names that are nobody's any more, as they were written and
 * as the index folds them, and the beginning of the request's queue line.
 */
static char **
traces (GuichetDb *db, const char *const *references, const char *const *words, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; references[i] != NULL; i++)
    {
      g_autofree char *member = g_strdup_printf ("\"reference\":\"%s\"", references[i]);

      g_strv_builder_add (builder, member);
    }

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *ascii = g_str_to_ascii (words[i], "C");
      gboolean needed;

      if (!is_somebody_elses (db, words[i], &needed, error))
        return NULL;
      if (needed)
        continue;
      g_strv_builder_add (builder, words[i]);
      if (strcmp (ascii, words[i]) != 0)
        g_strv_builder_add (builder, ascii);
    }
  return g_strv_builder_end (builder);
}

static gboolean
is_left (GuichetDb *db,
         const char *const *references,
         const char *const *words,
         gboolean *ret_left,
         GError **error)
{
  g_auto (GStrv) left = traces (db, references, words, error);

  return left != NULL && guichet_scrub_search (db, (const char *const *) left, ret_left, error);
}

gboolean
guichetd_purges_owe (GuichetDb *db, GError **error)
{
  return guichetd_settings_put (db, SCRUB, OWED, error);
}

gboolean
guichetd_purges_scrub (GuichetdKeys *keys,
                       GuichetDb *db,
                       const char *const *references,
                       const char *const *words,
                       gint64 now,
                       GError **error)
{
  gboolean left = TRUE;

  if (!guichetd_keys_destroy (keys, references, now, error) ||
      !guichet_db_run (db, "optimize-search", error) || !guichetd_empty_log (db, error))
    return FALSE;
  if (words != NULL && !is_left (db, references, words, &left, error))
    return FALSE;
  if (left && !(guichet_scrub_rebuild (db, error) && guichetd_empty_log (db, error)))
    return FALSE;

  return guichetd_settings_put (db, SCRUB, "done", error);
}

/* Those whose key is there in spite of their purge. */
static gboolean
list_unfinished (GuichetdKeys *keys, char **purged, GPtrArray *unfinished, GError **error)
{
  for (gsize i = 0; purged[i] != NULL; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_auto (GuichetdKey) key = { 0 };

      if (guichetd_keys_find (keys, purged[i], &key, &local_error))
        g_ptr_array_add (unfinished, purged[i]);
      if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
guichetd_purges_finish (GuichetdKeys *keys, GuichetDb *db, gint64 now, GError **error)
{
  g_auto (GStrv) purged = guichetd_purges_list (db, error);
  g_autoptr (GPtrArray) unfinished = g_ptr_array_new ();
  gboolean owed;

  if (purged == NULL || !list_unfinished (keys, purged, unfinished, error) ||
      !guichetd_settings_is (db, SCRUB, OWED, &owed, error))
    return FALSE;
  if (unfinished->len == 0 && !owed)
    return TRUE;

  guichetd_flush (db);
  g_ptr_array_add (unfinished, NULL);
  return guichetd_purges_scrub (keys,
                                db,
                                (const char *const *) unfinished->pdata,
                                NULL,
                                now,
                                error);
}
