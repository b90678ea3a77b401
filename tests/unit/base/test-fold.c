/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-fold.h"

static const struct
{
  const char *text;
  const char *folded;
} cases[] = {
  { "", "" },
  { " \t-.,;\n", "" },
  { "Dupont", "dupont" },
  { "DUPONT", "dupont" },
  { "Élise Noël", "elise noel" },
  { "E\xcc\x81lise", "elise" }, /* the accent as a mark of its own */
  { "  Van den  Berghe ", "van den berghe" },
  { "D'Hondt-L\xe2\x80\x99\xc3\x89pine", "d hondt l epine" },
  { "26-K7M4-P2", "26 k7m4 p2" },
  { "Œuvre, Ægidius, Søren, Łukasz, Đorđe", "oeuvre aegidius soren lukasz dorde" },
  { "Straße", "strasse" },
  { "Yıldız İnce I", "yildiz ince i" },
  { "Ångström Ünal Çelik Ğül Şahin", "angstrom unal celik gul sahin" },
  { "ﬁliation", "filiation" },
  { "№ 5, ℡ 12, ™", "no 5 tel 12 tm" }, /* what falls apart into capitals */
  { "m²", "m2" },
  { "Ｆｕｌｌ", "full" },
  { "Αθήνα Άρης", "αθηνα αρησ" },
  { "Киев Йод", "киев иод" },
  { "محمد", "محمد" },
  { "90 ans, 3e étage", "90 ans 3e etage" },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = guichet_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

/* Each kind of difference is taken away alone; what stays, stays as it was but for blanks. */
static void
test_some (void)
{
  static const struct
  {
    GuichetFold what;
    const char *text;
    const char *folded;
  } some[] = {
    { 0, " D'Hondt-\xc3\x89pine  Øre ", "D'Hondt-E\xcc\x81pine Øre" },
    { GUICHET_FOLD_ACCENTS, "D'Hondt-Épine Øre ŒUVRE", "D'Hondt-Epine Ore OEUVRE" },
    { GUICHET_FOLD_CASE, "D'Hondt ØRE", "d'hondt øre" },
    { GUICHET_FOLD_PUNCTUATION, "D'Hondt-Øre", "D Hondt Øre" },
    { GUICHET_FOLD_PUNCTUATION, "E\xcc\x81lise", "E\xcc\x81lise" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (some); i++)
    {
      g_autofree char *folded = guichet_fold_some (some[i].text, some[i].what);

      g_assert_cmpstr (folded, ==, some[i].folded);
    }
}

static char *
random_text (void)
{
  GString *text = g_string_new (NULL);

  for (int i = g_test_rand_int_range (0, 40); i > 0; i--)
    {
      gunichar c = (gunichar) g_test_rand_int_range (1, 0x3100);

      if (g_test_rand_int_range (0, 3) == 0)
        c = (gunichar) g_test_rand_int_range (' ', 0x180);
      g_string_append_unichar (text, c);
    }
  return g_string_free (text, FALSE);
}

/* GLib 2.74 folds the small letters of Cherokee to capitals, and the capitals to small ones. */
static gboolean
is_cherokee (gunichar c)
{
  return (c >= 0x13a0 && c <= 0x13ff) || (c >= 0xab70 && c <= 0xabbf);
}

/* What is folded stays as it is, whatever it was: what is stored, typed and sorted by agrees. */
static void
test_settled (void)
{
  for (gunichar c = 1; c < 0x20000; c++)
    {
      char text[8] = { 0 };
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;

      if ((c >= 0xd800 && c < 0xe000) || is_cherokee (c))
        continue;
      g_unichar_to_utf8 (c, text);
      once = guichet_fold (text);
      twice = guichet_fold (once);
      if (g_strcmp0 (once, twice) != 0)
        g_test_message ("U+%04X", c);
      g_assert_cmpstr (once, ==, twice);
    }
}

static void
test_random (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      g_autofree char *text = random_text ();
      g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
      g_autofree char *folded = guichet_fold (text);
      g_autofree char *folded_apart = guichet_fold (apart);
      g_auto (GStrv) words = guichet_fold_words (text);
      g_autofree char *joined = g_strjoinv (" ", words);

      g_assert_cmpstr (folded, ==, folded_apart);
      g_assert_cmpstr (folded, ==, joined);
      g_assert_false (g_str_has_prefix (folded, " ") || g_str_has_suffix (folded, " "));
      g_assert_null (strstr (folded, "  "));
      for (char **word = words; *word != NULL; word++)
        for (const char *p = *word; *p != '\0'; p = g_utf8_next_char (p))
          g_assert_true (g_unichar_isalnum (g_utf8_get_char (p)));
    }
}

static void
test_words (void)
{
  g_auto (GStrv) none = guichet_fold_words (" -- ");
  g_auto (GStrv) one = guichet_fold_words ("É");
  g_auto (GStrv) three = guichet_fold_words ("Jean-Luc  O'Neil");

  g_assert_cmpstrv (none, ((const char *const[]){ NULL }));
  g_assert_cmpstrv (one, ((const char *const[]){ "e", NULL }));
  g_assert_cmpstrv (three, ((const char *const[]){ "jean", "luc", "o", "neil", NULL }));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/fold/table", test_table);
  g_test_add_func ("/base/fold/some", test_some);
  g_test_add_func ("/base/fold/settled", test_settled);
  g_test_add_func ("/base/fold/random", test_random);
  g_test_add_func ("/base/fold/words", test_words);

  return g_test_run ();
}
