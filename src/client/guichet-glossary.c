/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The names of procedures, to be searched and sorted by.
 */
#define G_LOG_DOMAIN "guichet-glossary"

#include "config.h"

#include "guichet-fold.h"
#include "guichet-glossary.h"

typedef struct
{
  char *code;  /* (owned) */
  char *name;  /* (owned): folded, in the glossary's language */
  char *words; /* (owned): those of all languages, folded, a space before each */
} Entry;

struct _GuichetGlossary
{
  gatomicrefcount references;
  GPtrArray *entries;  /* (owned) of Entry */
  GHashTable *by_code; /* (owned): code (borrowed) → Entry (borrowed) */
};

static void
entry_free (Entry *entry)
{
  g_free (entry->code);
  g_free (entry->name);
  g_free (entry->words);
  g_free (entry);
}

static Entry *
entry_new (const GuichetProcedure *procedure, GuichetLanguage language)
{
  Entry *entry = g_new0 (Entry, 1);
  GString *words = g_string_new (NULL);

  for (int i = 0; i < GUICHET_N_LANGUAGES; i++)
    {
      g_autofree char *folded = NULL;

      if (procedure->names.in[i] == NULL)
        continue;
      folded = guichet_fold (procedure->names.in[i]);
      g_string_append_c (words, ' ');
      g_string_append (words, folded);
    }

  entry->code = g_strdup (procedure->code);
  entry->name = guichet_fold (guichet_localized_get (&procedure->names, language));
  entry->words = g_string_free (words, FALSE);
  return entry;
}

GuichetGlossary *
guichet_glossary_new (const GuichetCatalogue *catalogue, GuichetLanguage language)
{
  GuichetGlossary *self = g_new0 (GuichetGlossary, 1);
  GPtrArray *procedures = catalogue != NULL ? guichet_catalogue_procedures (catalogue) : NULL;

  g_atomic_ref_count_init (&self->references);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; procedures != NULL && i < procedures->len; i++)
    {
      Entry *entry = entry_new (g_ptr_array_index (procedures, i), language);

      g_ptr_array_add (self->entries, entry);
      g_hash_table_insert (self->by_code, entry->code, entry);
    }
  return self;
}

GuichetGlossary *
guichet_glossary_ref (GuichetGlossary *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
guichet_glossary_unref (GuichetGlossary *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->by_code);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

GPtrArray *
guichet_glossary_find (GuichetGlossary *self, const char *word)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autofree char *beginning = g_strconcat (" ", word, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (strstr (entry->words, beginning) != NULL)
        g_ptr_array_add (found, entry->code);
    }
  return found;
}

char *
guichet_glossary_place (GuichetGlossary *self, const char *procedure)
{
  const Entry *entry = g_hash_table_lookup (self->by_code, procedure);

  /* The code keeps procedures of one name apart, and those without name at the end. */
  if (entry == NULL)
    return g_strconcat ("\x7f", procedure, NULL);
  return g_strconcat (entry->name, "\x01", procedure, NULL);
}
