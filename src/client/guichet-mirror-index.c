/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What lines are found by.
 *
 * A reference is found by its beginning, without hyphens (26k7m4…), and by the beginnings of
 * its second and third group, which is what people read out: three words.
 */
#define G_LOG_DOMAIN "guichet-mirror-index"

#include "config.h"

#include "guichet-fold.h"
#include "guichet-error.h"
#include "guichet-hits.h"
#include "guichet-mirror-index.h"

/* What changes in one row of `initials`. */
typedef struct
{
  char *letters; /* (owned) */
  guint32 block;
  GArray *offsets; /* (owned) of guint16: as guichet_hits_change_block() takes them */
} Change;

struct _GuichetMirrorIndex
{
  GuichetDb *db;       /* (borrowed) */
  GHashTable *changes; /* (owned): a set of Change */
};

static guint
change_hash (gconstpointer key)
{
  const Change *change = key;

  return g_str_hash (change->letters) * 31 + change->block;
}

static gboolean
change_equal (gconstpointer a, gconstpointer b)
{
  const Change *first = a;
  const Change *second = b;

  return first->block == second->block && g_str_equal (first->letters, second->letters);
}

static void
change_free (Change *change)
{
  g_free (change->letters);
  g_array_unref (change->offsets);
  g_free (change);
}

GuichetMirrorIndex *
guichet_mirror_index_new (GuichetDb *db)
{
  GuichetMirrorIndex *self = g_new0 (GuichetMirrorIndex, 1);

  self->db = db;
  self->changes =
      g_hash_table_new_full (change_hash, change_equal, (GDestroyNotify) change_free, NULL);
  return self;
}

void
guichet_mirror_index_free (GuichetMirrorIndex *self)
{
  g_hash_table_unref (self->changes);
  g_free (self);
}

static void
note (GuichetMirrorIndex *self,
      guint32 id,
      char kind,
      const char *letters,
      gsize length,
      gboolean add)
{
  char key[64];
  Change probe = { key, id / GUICHET_HITS_BLOCK, NULL };
  const guint16 offset = (guint16) (id % GUICHET_HITS_BLOCK | (add ? 0 : GUICHET_HITS_AWAY));
  Change *change;

  if (length > sizeof key - 2)
    length = sizeof key - 2;
  key[0] = kind;
  memcpy (key + 1, letters, length);
  key[length + 1] = '\0';

  change = g_hash_table_lookup (self->changes, &probe);
  if (change == NULL)
    {
      change = g_new0 (Change, 1);
      change->letters = g_strdup (key);
      change->block = probe.block;
      change->offsets = g_array_new (FALSE, FALSE, sizeof (guint16));
      g_hash_table_add (self->changes, change);
    }
  g_array_append_val (change->offsets, offset);
}

static void
note_beginnings (GuichetMirrorIndex *self, guint32 id, char kind, const char *word, gboolean add)
{
  const char *end = word;

  for (int i = 0; i < GUICHET_INITIALS_MAX && *end != '\0'; i++)
    {
      end = g_utf8_next_char (end);
      note (self, id, kind, word, (gsize) (end - word), add);
    }
}

static char **
reference_words (const char *reference)
{
  g_auto (GStrv) groups = guichet_fold_words (reference);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (char **group = groups; *group != NULL; group++)
    {
      g_autofree char *rest = g_strjoinv (NULL, group);

      g_strv_builder_add (words, rest);
    }
  return g_strv_builder_end (words);
}

/* Notes the beginnings and gives the text for the full-text index. */
static char *
take_apart (GuichetMirrorIndex *self,
            guint32 id,
            const char *reference,
            const char *citizen,
            const char *procedure,
            gboolean add)
{
  g_auto (GStrv) names = guichet_fold_words (citizen);
  g_auto (GStrv) numbers = reference_words (reference);
  g_autofree char *name_text = g_strjoinv (" ", names);
  g_autofree char *number_text = g_strjoinv (" ", numbers);

  for (char **word = names; *word != NULL; word++)
    note_beginnings (self, id, GUICHET_INITIALS_NAME, *word, add);
  for (char **word = numbers; *word != NULL; word++)
    note_beginnings (self, id, GUICHET_INITIALS_REFERENCE, *word, add);
  note (self, id, GUICHET_INITIALS_PROCEDURE, procedure, strlen (procedure), add);
  return g_strconcat (name_text, " ", number_text, NULL);
}

gboolean
guichet_mirror_index_add (GuichetMirrorIndex *self,
                          guint32 id,
                          const char *reference,
                          const char *citizen,
                          const char *procedure,
                          GError **error)
{
  g_autofree char *text = take_apart (self, id, reference, citizen, procedure, TRUE);
  GuichetStatement *statement = guichet_db_statement (self->db, "insert-words");

  guichet_statement_bind_integer (statement, "id", id);
  guichet_statement_bind_text (statement, "text", text);
  return guichet_statement_run (statement, error);
}

gboolean
guichet_mirror_index_remove (GuichetMirrorIndex *self,
                             guint32 id,
                             const char *reference,
                             const char *citizen,
                             const char *procedure,
                             GError **error)
{
  g_autofree char *text = take_apart (self, id, reference, citizen, procedure, FALSE);
  GuichetStatement *statement = guichet_db_statement (self->db, "delete-words");

  guichet_statement_bind_integer (statement, "id", id);
  guichet_statement_bind_text (statement, "text", text);
  return guichet_statement_run (statement, error);
}

static gboolean
write_change (GuichetMirrorIndex *self, Change *change, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "find-initials");
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) local_error = NULL;

  guichet_statement_bind_text (statement, "letters", change->letters);
  guichet_statement_bind_integer (statement, "block", change->block);
  if (guichet_statement_step (statement, &local_error))
    {
      before = guichet_statement_blob (statement, "hits");
      guichet_statement_reset (statement);
    }
  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return FALSE;

  after = guichet_hits_change_block (before, change->offsets);
  statement = guichet_db_statement (self->db, "put-initials");
  guichet_statement_bind_text (statement, "letters", change->letters);
  guichet_statement_bind_integer (statement, "block", change->block);
  guichet_statement_bind_bytes (statement, "hits", after);
  return guichet_statement_run (statement, error);
}

gboolean
guichet_mirror_index_flush (GuichetMirrorIndex *self, GError **error)
{
  GHashTableIter iter;
  gpointer change;

  g_hash_table_iter_init (&iter, self->changes);
  while (g_hash_table_iter_next (&iter, &change, NULL))
    {
      if (!write_change (self, change, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->changes);
  return TRUE;
}

void
guichet_mirror_index_forget (GuichetMirrorIndex *self)
{
  g_hash_table_remove_all (self->changes);
}
