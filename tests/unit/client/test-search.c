/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a search finds, against looking at every line.
 */
#include "config.h"

#include "mirror-fixture.h"

#include "catalogue-fixture.h"
#include "guichet-fold.h"
#include "guichet-order.h"

#include <string.h>

typedef struct
{
  Desk desk;
  Town *town;
  GuichetCatalogue *catalogue;
  GuichetGlossary *glossary;
  GuichetDb *db;
  GHashTable *ids;
} Office;

static void
look_again (Office *office)
{
  desk_follow (&office->desk, office->town);
  g_clear_pointer (&office->ids, g_hash_table_unref);
  office->ids = desk_ids (&office->desk);
}

static void
set_up (Office *office, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  desk_set_up (&office->desk);
  desk_open (&office->desk);
  office->town = town_new (200);
  office->catalogue = fixture_catalogue ();
  office->glossary = guichet_glossary_new (office->catalogue, GUICHET_LANGUAGE_FR);
  look_again (office);
  office->db = guichet_db_open (office->desk.path,
                                GUICHET_DB_READ_ONLY,
                                "/be/mons/Guichetier/mirror/",
                                &error);
  g_assert_no_error (error);
}

static void
tear_down (Office *office, gconstpointer data)
{
  g_hash_table_unref (office->ids);
  guichet_db_close (office->db);
  guichet_glossary_unref (office->glossary);
  guichet_catalogue_unref (office->catalogue);
  town_free (office->town);
  desk_tear_down (&office->desk);
}

/* Searches as it is typed; returns how many lines are found. */
static guint
assert_found (Office *office, const char *typed)
{
  g_auto (GStrv) words = guichet_fold_words (typed);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetHits) hits =
      guichet_search (office->db, (const char *const *) words, office->glossary, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < office->town->lines->len; i++)
    {
      const GuichetLine *line = g_ptr_array_index (office->town->lines, i);
      const guint32 id = GPOINTER_TO_UINT (g_hash_table_lookup (office->ids, line->reference));
      gboolean fits = *words != NULL;

      for (char **word = words; fits && *word != NULL; word++)
        fits = town_has_word (office->town, line, *word, office->catalogue);
      if (guichet_hits_has (hits, id) != fits)
        g_test_message ("“%s”: %s, %s, %s",
                        typed,
                        line->reference,
                        line->procedure,
                        line->citizen != NULL ? line->citizen : "–");
      g_assert_cmpint (guichet_hits_has (hits, id), ==, fits);
      n += fits ? 1 : 0;
    }
  return n;
}

/* Beginnings of one to seven letters of every word of @text. */
static void
add_beginnings (GPtrArray *typed, const char *text)
{
  g_auto (GStrv) words = guichet_fold_words (text);

  for (char **word = words; *word != NULL; word++)
    {
      const char *end = *word;

      for (guint n = 0; n < 7 && *end != '\0'; n++)
        {
          end = g_utf8_next_char (end);
          g_ptr_array_add (typed, g_strndup (*word, (gsize) (end - *word)));
        }
    }
}

static GPtrArray *
list_typed (Office *office)
{
  GPtrArray *typed = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *procedures = guichet_catalogue_procedures (office->catalogue);

  for (guint i = 0; i < office->town->lines->len; i += 10)
    {
      const GuichetLine *line = g_ptr_array_index (office->town->lines, i);

      if (line->citizen != NULL)
        add_beginnings (typed, line->citizen);
      add_beginnings (typed, line->reference);
    }
  for (guint i = 0; i < procedures->len; i++)
    {
      const GuichetProcedure *procedure = g_ptr_array_index (procedures, i);

      for (int language = 0; language < GUICHET_N_LANGUAGES; language++)
        if (procedure->names.in[language] != NULL)
          add_beginnings (typed, procedure->names.in[language]);
    }
  return typed;
}

static void
test_one_word (Office *office, gconstpointer data)
{
  g_autoptr (GPtrArray) typed = list_typed (office);

  for (guint i = 0; i < typed->len; i++)
    assert_found (office, g_ptr_array_index (typed, i));
}

static void
test_several_words (Office *office, gconstpointer data)
{
  g_autoptr (GPtrArray) typed = list_typed (office);
  guint n_found = 0;

  for (guint round = 0; round < 600; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (int i = g_test_rand_int_range (2, 4); i > 0; i--)
        g_string_append_printf (text,
                                " %s",
                                (char *)
                                    g_ptr_array_index (typed,
                                                       (guint) g_test_rand_int_range (0,
                                                                                      (gint32) typed
                                                                                          ->len)));
      n_found += assert_found (office, text->str) > 0 ? 1 : 0;
    }
  g_assert_cmpuint (n_found, >, 50);
}

/* The index follows: what a line was found by before it changed no longer finds it. */
static void
test_after_changes (Office *office, gconstpointer data)
{
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (GPtrArray) typed = list_typed (office);

      for (guint i = 0; i < 15; i++)
        town_live (office->town);
      look_again (office);
      for (guint i = 0; i < 60; i++)
        assert_found (office,
                      g_ptr_array_index (typed,
                                         (guint) g_test_rand_int_range (0, (gint32) typed->len)));
    }
}

static void
rename_to (Office *office, const char *reference, const char *citizen)
{
  GuichetLine *next = town_next (office->town, town_find (office->town, reference));

  g_free (next->citizen);
  next->citizen = g_strdup (citizen);
  town_put (office->town, next);
}

static const struct
{
  const char *citizen;
  const char *typed;
  gboolean found;
} typings[] = {
  { "Élise Noël", "elise", TRUE },
  { "Élise Noël", "ÉLISE", TRUE },
  { "Élise Noël", "NOE", TRUE },
  { "Élise Noël", "noël élise", TRUE },
  { "Élise Noël", "é n", TRUE },
  { "Élise Noël", "lise", FALSE },
  { "Élise Noël", "elisee", FALSE },
  { "Élise Noël", "elise marie", FALSE },
  { "Jean-Luc O'Neil", "jean-luc", TRUE },
  { "Jean-Luc O'Neil", "luc jean", TRUE },
  { "Jean-Luc O'Neil", "o'n", TRUE },
  { "Jean-Luc O'Neil", "oneil", FALSE },
  { "Jean-Luc O'Neil", "  jean ,, neil ", TRUE },
  { "Jean-Luc O'Neil", "jean jean", TRUE },
  { "Van den Berghe", "vandenberghe", FALSE },
  { "Søren Østergård", "ostergard", TRUE },
  { "Søren Østergård", "øst", TRUE },
  { "Œdipe Straße", "oedipe strasse", TRUE },
  { "Ħal Þór", "hal", FALSE }, /* the same with two letters as with three */
  { "Ħal Þór", "ha", FALSE },
  { "Αθήνα", "αθη", TRUE },
  { "Αθήνα", "ΑΘ", TRUE },
  { "李小龍", "李小", TRUE },
  { "李小龍", "李小龍", TRUE },
  { "Li \"x\" OR y*", "\"x\" OR", TRUE }, /* words, and no language of questions */
  { "Li NEAR", "near(li", TRUE },
  { "Maximilien Abracadabrantesque", "abracadabrant", TRUE },
  { "Maximilien Abracadabrantesque", "abracadabrantesques", FALSE },
};

static void
test_typings (Office *office, gconstpointer data)
{
  g_autofree char *reference =
      g_strdup (((GuichetLine *) g_ptr_array_index (office->town->lines, 7))->reference);

  for (gsize i = 0; i < G_N_ELEMENTS (typings); i++)
    {
      g_auto (GStrv) words = guichet_fold_words (typings[i].typed);
      g_autoptr (GuichetHits) hits = NULL;
      g_autoptr (GError) error = NULL;

      rename_to (office, reference, typings[i].citizen);
      look_again (office);
      hits =
          guichet_search (office->db, (const char *const *) words, office->glossary, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%s: %s", typings[i].citizen, typings[i].typed);
      g_assert_cmpint (guichet_hits_has (hits,
                                         GPOINTER_TO_UINT (
                                             g_hash_table_lookup (office->ids, reference))),
                       ==,
                       typings[i].found);
    }
}

/* Read out on the telephone, whole or in parts. */
static void
test_references (Office *office, gconstpointer data)
{
  for (guint i = 0; i < office->town->lines->len; i += 20)
    {
      const char *reference =
          ((GuichetLine *) g_ptr_array_index (office->town->lines, i))->reference;
      g_autofree char *lower = g_ascii_strdown (reference, -1);
      g_auto (GStrv) groups = g_strsplit (reference, "-", -1);
      g_autofree char *run = g_strjoinv (NULL, groups);
      g_autofree char *spaced = g_strjoinv (" ", groups);
      g_autofree char *rest = g_strconcat (groups[1], groups[2], NULL);
      g_autofree char *backwards = g_strjoin (" ", groups[2], groups[1], NULL);

      g_assert_cmpuint (assert_found (office, reference), ==, 1);
      g_assert_cmpuint (assert_found (office, lower), ==, 1);
      g_assert_cmpuint (assert_found (office, run), ==, 1);
      g_assert_cmpuint (assert_found (office, spaced), ==, 1);
      g_assert_cmpuint (assert_found (office, rest), ==, 1);
      g_assert_cmpuint (assert_found (office, backwards), ==, 1);
      g_assert_cmpuint (assert_found (office, groups[1]), >=, 1);
      g_assert_cmpuint (assert_found (office, groups[2]), >=, 1);
      run[6] = '\0';
      g_assert_cmpuint (assert_found (office, run), >=, 1);
    }
}

/* Any letter of any script may stand in a name: it is found by its beginnings, and never an error. */
static void
test_any_letter (Office *office, gconstpointer data)
{
  g_autofree char *reference =
      g_strdup (((GuichetLine *) g_ptr_array_index (office->town->lines, 0))->reference);
  gunichar c = 0x80;

  while (c < 0x30000)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      g_autofree char *folded = NULL;
      g_auto (GStrv) words = NULL;

      for (guint n = 0; n < 400 && c < 0x30000; c += c < 0x600 ? 1 : c < 0x3100 ? 9 : 151)
        if (g_unichar_isalnum (c))
          {
            g_string_append (name, "ab");
            g_string_append_unichar (name, c);
            g_string_append (name, "yz ");
            n++;
          }
      /* A name as long as that is refused: it goes into the index in parts. */
      words = guichet_fold_words (name->str);
      for (char **word = words; *word != NULL; word += 20)
        {
          g_autoptr (GString) part = g_string_new (NULL);

          for (guint i = 0; i < 20 && word[i] != NULL; i++)
            g_string_append_printf (part, "%s ", word[i]);
          rename_to (office, reference, part->str);
          look_again (office);
          for (guint i = 0; i < 20 && word[i] != NULL; i++)
            assert_found (office, word[i]);
          if (g_strv_length (word) < 20)
            break;
        }
    }
}

/* A server that names a line twice in a page leaves the index as the last naming has it. */
static void
test_twice_in_a_page (Office *office, gconstpointer data)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_line_unref);
  g_autofree char *reference =
      g_strdup (((GuichetLine *) g_ptr_array_index (office->town->lines, 3))->reference);
  static const char *const names[] = { "Quentin Wauters", "Xavier Ypres", "Quentin Wauters" };
  g_autoptr (GBytes) page = NULL;
  g_autoptr (GuichetApplied) applied = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      rename_to (office, reference, names[i]);
      g_ptr_array_add (lines, guichet_line_ref (town_find (office->town, reference)));
    }
  page = town_page_of (1, lines, NULL, office->town->last, FALSE, 0);
  applied = desk_apply (&office->desk, page);
  g_assert_nonnull (applied);
  g_assert_cmpuint (assert_found (office, "q"), ==, 1);
  g_assert_cmpuint (assert_found (office, "wa"), ==, 1);
  g_assert_cmpuint (assert_found (office, "quentin"), ==, 1);
  g_assert_cmpuint (assert_found (office, "x"), ==, 0);
  g_assert_cmpuint (assert_found (office, "yp"), ==, 0);
  g_assert_cmpuint (assert_found (office, "xavier"), ==, 0);
}

/* A line that comes and goes in one page leaves nothing to be found; its id may be another's next. */
static void
test_come_and_gone (Office *office, gconstpointer data)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  GuichetLine *line = town_make_line (office->town);
  GuichetLine *next;
  g_autoptr (GBytes) page = NULL;
  g_autoptr (GuichetApplied) applied = NULL;

  g_free (line->citizen);
  line->citizen = g_strdup ("Quentin Wauters");
  g_ptr_array_add (lines, line);
  page = town_page_of (1,
                       lines,
                       (const char *const[]){ line->reference, NULL },
                       office->town->last,
                       FALSE,
                       0);
  applied = desk_apply (&office->desk, page);
  guichet_line_unref (line);

  next = town_make_line (office->town);
  g_free (next->citizen);
  next->citizen = g_strdup ("Xavier Ypres");
  town_add (office->town, next);
  look_again (office);
  g_assert_cmpuint (assert_found (office, "q"), ==, 0);
  g_assert_cmpuint (assert_found (office, "wa"), ==, 0);
  g_assert_cmpuint (assert_found (office, "quentin"), ==, 0);
  g_assert_cmpuint (assert_found (office, "x"), ==, 1);
}

/* Nothing is left in the index of lines that are gone. */
static void
test_all_gone (Office *office, gconstpointer data)
{
  while (office->town->lines->len > 0)
    town_remove (office->town,
                 ((GuichetLine *) g_ptr_array_index (office->town->lines, 0))->reference);
  look_again (office);
  g_assert_cmpint (desk_number (&office->desk,
                                "SELECT coalesce (sum (length (hits)), 0) FROM initials"),
                   ==,
                   0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Office *office, gconstpointer data);
  } tests[] = {
    { "/client/search/one-word", test_one_word },
    { "/client/search/several", test_several_words },
    { "/client/search/changes", test_after_changes },
    { "/client/search/typings", test_typings },
    { "/client/search/references", test_references },
    { "/client/search/letters", test_any_letter },
    { "/client/search/twice", test_twice_in_a_page },
    { "/client/search/come-and-gone", test_come_and_gone },
    { "/client/search/all-gone", test_all_gone },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Office, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
