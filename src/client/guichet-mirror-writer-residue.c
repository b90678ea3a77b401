/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is left in the mirror's file of lines that left it.
 *
 * Deleted rows are overwritten where they stood, always. Two things survive that: words in
 * older parts of the full-text index, and copies in the gaps of pages that split. Getting rid of
 * them means writing the index anew, and sometimes the whole file: too much for a line that
 * only went elsewhere, but owed to a person whose request was purged.
 */
#define G_LOG_DOMAIN "guichet-mirror-writer-residue"

#include "config.h"

#include "guichet-error.h"
#include "guichet-fold.h"
#include "guichet-mirror-writer-private.h"
#include "guichet-scrub.h"

/* Shorter ones are found in any file. */
#define WORD_MIN_BYTES 3

void
_guichet_mirror_writer_note_left (GuichetMirrorWriter *self)
{
  self->residue = MAX (self->residue, GUICHET_RESIDUE_LEFT);
}

/* A name as it was written, and as the index and the sorted lists have it. */
static void
add_words (GuichetMirrorWriter *self, const char *citizen)
{
  g_auto (GStrv) written = g_strsplit_set (citizen, " -'", -1);

  for (char **word = written; *word != NULL; word++)
    {
      g_autofree char *folded = guichet_fold (*word);

      if (strlen (folded) < WORD_MIN_BYTES)
        continue;
      g_ptr_array_add (self->purged_words, g_strdup (*word));
      g_ptr_array_add (self->purged_words, g_steal_pointer (&folded));
    }
}

void
_guichet_mirror_writer_note_purged (GuichetMirrorWriter *self,
                                    const char *reference,
                                    const char *citizen)
{
  if (citizen != NULL)
    {
      g_ptr_array_add (self->purged_references, g_strdup (reference));
      add_words (self, citizen);
    }
  else if (self->residue == GUICHET_RESIDUE_NONE)
    return;
  else
    self->nameless = TRUE;
  self->residue = GUICHET_RESIDUE_PURGED;
}

/* A word that somebody else's name has as well is rightly there, and betrays nobody. */
static gboolean
is_somebody_elses (GuichetMirrorWriter *self, const char *word, gboolean *ret_is, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "search-words");
  g_autofree char *folded = guichet_fold (word);
  g_autofree char *match = g_strdup_printf ("\"%s\"", folded);
  g_autoptr (GError) local_error = NULL;

  guichet_statement_bind_text (statement, "match", match);
  *ret_is = guichet_statement_step (statement, &local_error);
  if (*ret_is)
    guichet_statement_reset (statement);
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

/* What must be found nowhere in the file. */
static char **
list_traces (GuichetMirrorWriter *self, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->purged_references->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->purged_references, i));
  for (guint i = 0; i < self->purged_words->len; i++)
    {
      const char *word = g_ptr_array_index (self->purged_words, i);
      gboolean needed;

      if (!is_somebody_elses (self, word, &needed, error))
        return NULL;
      if (!needed)
        g_strv_builder_add (builder, word);
    }
  return g_strv_builder_end (builder);
}

/* Whether anything is left that only writing the whole file anew gets rid of. */
static gboolean
look_through (GuichetMirrorWriter *self, gboolean *ret_left, GError **error)
{
  g_auto (GStrv) traces = NULL;

  *ret_left = self->nameless;
  if (self->nameless)
    return TRUE;
  traces = list_traces (self, error);
  return traces != NULL &&
         guichet_scrub_search (self->db, (const char *const *) traces, ret_left, error);
}

static gboolean
put_residue (GuichetMirrorWriter *self, GuichetResidue residue, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "put-residue");

  guichet_statement_bind_integer (statement, "residue", residue);
  if (!guichet_statement_run (statement, error))
    return FALSE;
  self->residue = residue;
  self->nameless = FALSE;
  g_ptr_array_set_size (self->purged_references, 0);
  g_ptr_array_set_size (self->purged_words, 0);
  return TRUE;
}

static gboolean
scrub (GuichetMirrorWriter *self, GError **error)
{
  gboolean left;

  if (!guichet_db_run (self->db, "optimize-words", error) || !guichet_scrub_log (self->db, error) ||
      !look_through (self, &left, error))
    return FALSE;
  if (left && (!guichet_scrub_rebuild (self->db, error) || !guichet_scrub_log (self->db, error)))
    return FALSE;
  return put_residue (self, left ? GUICHET_RESIDUE_NONE : GUICHET_RESIDUE_LEFT, error);
}

void
guichet_mirror_writer_scrub (GuichetMirrorWriter *self)
{
  g_autoptr (GError) error = NULL;

  if (self->residue == GUICHET_RESIDUE_PURGED && !scrub (self, &error))
    g_message ("what was purged could not be taken out of the local copy yet: %s", error->message);
}
