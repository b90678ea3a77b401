/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-fixture.h"
#include "guichet-fold.h"
#include "guichet-glossary.h"

#include <string.h>

/* POP-TST, POP-SEC and EC-OWN under names of the test's own. */
static GuichetCatalogue *
catalogue_of_names (void)
{
  g_autoptr (GHashTable) files = fixture_files ();
  g_autoptr (GError) error = NULL;
  GuichetCatalogue *catalogue;

  fixture_replace (files, "procedures/POP-TST.json", "'fr':'Essai'", "'fr':'Extrait d’acte'");
  fixture_replace (files, "procedures/POP-SEC.json", "'fr':'Discrète'", "'fr':'Extrait'");
  fixture_replace (files, "procedures/EC-OWN.json", "'fr':'Propre'", "'fr':'Extrait'");
  catalogue = guichet_catalogue_new (files, &error);
  g_assert_no_error (error);
  return catalogue;
}

static void
assert_found (GuichetGlossary *glossary, const char *word, const char *expected)
{
  g_autoptr (GPtrArray) found = guichet_glossary_find (glossary, word);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (text,
                            "%s%s",
                            i > 0 ? " " : "",
                            (const char *) g_ptr_array_index (found, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_find (void)
{
  g_autoptr (GuichetCatalogue) catalogue = catalogue_of_names ();
  g_autoptr (GuichetGlossary) glossary = guichet_glossary_new (catalogue, GUICHET_LANGUAGE_NL);

  assert_found (glossary, "extrait", "EC-OWN POP-SEC POP-TST");
  assert_found (glossary, "ex", "EC-OWN POP-SEC POP-TST");
  assert_found (glossary, "acte", "POP-TST");
  assert_found (glossary, "d", "POP-TST");
  assert_found (glossary, "proef", "POP-TST"); /* in whichever language */
  assert_found (glossary, "xtrait", "");
  assert_found (glossary, "extraits", "");
  assert_found (glossary, "Extrait", ""); /* what is not folded is not found */
}

static int
compare_places (GuichetGlossary *glossary, const char *a, const char *b)
{
  g_autofree char *first = guichet_glossary_place (glossary, a);
  g_autofree char *second = guichet_glossary_place (glossary, b);
  const int order = strcmp (first, second);

  return (order > 0) - (order < 0);
}

static void
test_place (void)
{
  g_autoptr (GuichetCatalogue) catalogue = catalogue_of_names ();
  g_autoptr (GuichetGlossary) french = guichet_glossary_new (catalogue, GUICHET_LANGUAGE_FR);
  g_autoptr (GuichetGlossary) dutch = guichet_glossary_new (catalogue, GUICHET_LANGUAGE_NL);
  g_autoptr (GuichetGlossary) none = guichet_glossary_new (NULL, GUICHET_LANGUAGE_FR);

  /* Shorter names first, equal names by code, what has no name last. */
  g_assert_cmpint (compare_places (french, "POP-SEC", "POP-TST"), ==, -1);
  g_assert_cmpint (compare_places (french, "EC-OWN", "POP-SEC"), ==, -1);
  g_assert_cmpint (compare_places (french, "POP-TST", "AAA"), ==, -1);
  g_assert_cmpint (compare_places (french, "AAA", "BBB"), ==, -1);
  g_assert_cmpint (compare_places (french, "AAA", "AAA"), ==, 0);
  /* "Proef" comes after "Extrait", which nobody translated. */
  g_assert_cmpint (compare_places (dutch, "POP-SEC", "POP-TST"), ==, -1);
  g_assert_cmpint (compare_places (dutch, "EC-OWN", "POP-TST"), ==, -1);
  g_assert_cmpint (compare_places (none, "EC-OWN", "POP-SEC"), ==, -1);
  assert_found (none, "extrait", "");
}

/* Everything that is installed: each is found by each beginning of each word of its names. */
static void
test_real (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_real_catalogue ();
  GPtrArray *procedures = guichet_catalogue_procedures (catalogue);

  for (int language = 0; language < GUICHET_N_LANGUAGES; language++)
    {
      g_autoptr (GuichetGlossary) glossary =
          guichet_glossary_new (catalogue, (GuichetLanguage) language);

      for (guint i = 0; i < procedures->len; i++)
        {
          const GuichetProcedure *procedure = g_ptr_array_index (procedures, i);
          const char *name = guichet_localized_get (&procedure->names, (GuichetLanguage) language);
          g_auto (GStrv) words = guichet_fold_words (name);
          g_autofree char *place = guichet_glossary_place (glossary, procedure->code);
          g_autofree char *folded = guichet_fold (name);

          g_assert_true (g_str_has_prefix (place, folded));
          for (char **word = words; *word != NULL; word++)
            for (const char *end = *word; *end != '\0';)
              {
                g_autofree char *beginning = NULL;
                g_autoptr (GPtrArray) found = NULL;

                end = g_utf8_next_char (end);
                beginning = g_strndup (*word, (gsize) (end - *word));
                found = guichet_glossary_find (glossary, beginning);
                g_assert_true (
                    g_ptr_array_find_with_equal_func (found, procedure->code, g_str_equal, NULL));
              }
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/glossary/find", test_find);
  g_test_add_func ("/client/glossary/place", test_place);
  g_test_add_func ("/client/glossary/real", test_real);

  return g_test_run ();
}
