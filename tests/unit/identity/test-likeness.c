/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-likeness.h"

/* One letter a looseness, so that a row of a table fits on a line. */
static char *
words_of (GuichetLikeness likeness)
{
  static const char letters[] = "acporinxB"; /* in the order of GuichetLoose */
  static const char *const matches[] = { "=", "~", "!", "?" };
  GString *text = g_string_new (matches[likeness.match]);

  for (guint i = 0; letters[i] != '\0'; i++)
    if ((likeness.loose & (1u << i)) != 0)
      g_string_append_c (text, letters[i]);
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *card;
  const char *initial;
  const char *request;
  const char *expected; /* = equal, ~ alike, ! different, ? unknown; what it is alike but for */
} Case;

/* clang-format off */
static const Case texts[] = {
  { "Vandenbroucke",     NULL, "Vandenbroucke",      "=" },
  { "Vandenbroucke",     NULL, " Vandenbroucke  ",   "=" },
  { "Lefèvre",           NULL, "Lefe\xcc\x80vre",    "=" },    /* accent as a mark of its own */
  { "Lefèvre",           NULL, "Lefevre",            "~a" },
  { "Lefèvre",           NULL, "LEFÈVRE",            "~c" },
  { "Lefèvre",           NULL, "LEFEVRE",            "~ac" },
  { "de la Vallée",      NULL, "De La Vallée",       "~c" },
  { "de la Vallée",      NULL, "Delavallée",         "!" },    /* another name */
  { "de la Vallée",      NULL, "Vallée",             "!" },
  { "D'Hondt",           NULL, "D\xe2\x80\x99Hondt", "~p" },
  { "D'Hondt",           NULL, "d hondt",            "~cp" },
  { "D'Hondt",           NULL, "Dhondt",             "!" },
  { "Dupont-Lemaire",    NULL, "Dupont Lemaire",     "~p" },
  { "Dupont-Lemaire",    NULL, "Lemaire-Dupont",     "!" },    /* order tells families apart */
  { "Dupont-Lemaire",    NULL, "Dupont",             "!" },
  { "Vanden Broeck",     NULL, "Vandenbroeck",       "!" },
  { "Müller",            NULL, "Muller",             "~a" },
  { "Müller",            NULL, "Mueller",            "!" },
  { "Straßer",           NULL, "Strasser",           "~c" },
  { "Øre",               NULL, "Ore",                "~a" },
  { "Łukasz",            NULL, "lukasz",             "~ac" },
  { "Yılmaz",            NULL, "Yilmaz",             "~a" },
  { "Çelik",             NULL, "Celik",              "~a" },
  { "Dupont",            NULL, "Dupond",             "!" },
  { "Dupont",            NULL, NULL,                 "?" },
  { NULL,                NULL, "Dupont",             "?" },
  { "Dupont",            NULL, "-",                  "?" },
  { NULL,                NULL, NULL,                 "?" },
}, names[] = {
  { "Éléonore Marie",    NULL, "Éléonore Marie",     "=" },
  { "Éléonore Marie",    NULL, "Eléonore Marie",     "~a" },
  { "Éléonore Marie",    NULL, "éléonore MARIE",     "~c" },
  { "Éléonore Marie",    NULL, "Marie Éléonore",     "~o" },
  { "Éléonore Marie",    NULL, "marie eleonore",     "~aco" },
  { "Éléonore Marie",    NULL, "Éléonore",           "~r" },
  { "Éléonore Marie",    NULL, "Marie",              "~r" },
  { "Éléonore Marie",    NULL, "Éléonore Anne",      "!" },
  { "Éléonore Marie",    NULL, "Éléonore Marie Anne", "!" },   /* the card would have an initial */
  { "Éléonore Marie",    "J",  "Éléonore Marie J",   "=" },
  { "Éléonore Marie",    "J",  "Éléonore Marie Jeanne", "~i" },
  { "Éléonore Marie",    "J",  "Éléonore Marie Jeanne Louise", "~i" },
  { "Éléonore Marie",    "J",  "Jeanne Éléonore Marie", "~oi" },
  { "Éléonore Marie",    "J",  "Éléonore Marie Louise Jeanne", "~oi" },
  { "Éléonore Marie",    "J",  "Éléonore Marie",     "~r" },
  { "Éléonore Marie",    "J",  "Éléonore Marie Louise", "!" },
  { "Éléonore Marie",    "J",  "Éléonore Jeanne",    "!" },    /* the second name is another */
  { "Éléonore Marie",    "É",  "Éléonore Marie Élise", "~i" },
  { "Éléonore Marie",    "É",  "Éléonore Marie Elise", "~ai" },
  { "Jean-Pierre Marie", NULL, "Jean Pierre Marie",  "~p" },
  { "Jean-Pierre Marie", NULL, "Jean-Pierre",        "~r" },
  { "Jean-Pierre",       NULL, "Pierre-Jean",        "~po" },
  { "Jean Jean",         NULL, "Jean",               "~r" },
  { "Jean",              NULL, "Jean Jean",          "!" },
  { "Jean",              NULL, "Jeanne",             "!" },
  { NULL,                NULL, "Jean",               "?" },    /* people with a single name */
  { "Jean",              NULL, "",                   "?" },
}, streets[] = {
  { "Rue de Nimy 12",             NULL, "Rue de Nimy 12",       "=" },
  { "Rue de Nimy, 12",            NULL, "Rue de Nimy 12",       "=" },
  { "Rue de Nimy 12 bte 3",       NULL, "Rue de Nimy 12 / 3",   "=" },
  { "Rue de Nimy 12 Boîte 3",     NULL, "Rue de Nimy 12/3",     "=" },
  { "Rue de Nimy 12/3",           NULL, "Rue de Nimy 12",       "!" },
  { "Rue de Nimy 12",             NULL, "Rue de Nimy 14",       "!" },
  { "Rue de Nimy 12A",            NULL, "Rue de Nimy 12 / A",   "!" },    /* a number, or a box */
  { "RUE DE NIMY 12",             NULL, "Rue de Nimy 12",       "~c" },
  { "Rue du Bus 12",              NULL, "Rue du 12",            "!" },
  { "Chaussée de Binche 5",       NULL, "Chaussee de Binche 5", "~a" },
  { "Av. de Maire 5",             NULL, "Avenue de Maire 5",    "~n" },
  { "Avenue de Maire 5",          NULL, "avenue de Maire 5",    "~c" },
  { "Bd Sainctelette 5",          NULL, "Boulevard sainctelette 5", "~cn" },
  { "Chée de Binche 5",           NULL, "Chaussée de Binche 5", "~n" },
  { "Ch. de Binche 5",            NULL, "Chaussée de Binche 5", "!" },    /* or chemin */
  { "Rue St-Paul 5",              NULL, "Rue Saint-Paul 5",     "~n" },
  { "Rue Ste-Anne 5",             NULL, "Rue Saint-Anne 5",     "!" },
  { "Rue R 5",                    NULL, "Rue Rue 5",            "!" },
  { "Rue de Nimy 12",             NULL, "Nimy 12",              "!" },
  { "Rue de Nimy 12",             NULL, NULL,                   "?" },
};
/* clang-format on */

static void
check (const Case *row, GuichetLikeness likeness)
{
  g_autofree char *got = words_of (likeness);

  if (!g_str_equal (got, row->expected))
    g_test_message ("“%s” + %s against “%s”: %s, not %s",
                    row->card,
                    row->initial,
                    row->request,
                    got,
                    row->expected);
  g_assert_cmpstr (got, ==, row->expected);
}

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check (&texts[i], guichet_likeness_of_texts (texts[i].card, texts[i].request));
}

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    check (&names[i],
           guichet_likeness_of_given_names (names[i].card, names[i].initial, names[i].request));
}

static void
test_streets (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (streets); i++)
    check (&streets[i], guichet_likeness_of_streets (streets[i].card, streets[i].request));
}

/* A text is the same as itself, whatever is in it. */
static void
test_random (void)
{
  static const char *const parts[] = { "é", "E", "-", " ", "'", "Ø", "1", "/", "st", "bte", "J" };

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new ("a");

      for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      g_assert_cmpint (guichet_likeness_of_texts (text->str, text->str).match,
                       ==,
                       GUICHET_MATCH_EQUAL);
      g_assert_cmpint (guichet_likeness_of_given_names (text->str, NULL, text->str).match,
                       ==,
                       GUICHET_MATCH_EQUAL);
      g_assert_cmpint (guichet_likeness_of_streets (text->str, text->str).match,
                       ==,
                       GUICHET_MATCH_EQUAL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/likeness/texts", test_texts);
  g_test_add_func ("/identity/likeness/names", test_names);
  g_test_add_func ("/identity/likeness/streets", test_streets);
  g_test_add_func ("/identity/likeness/random", test_random);
  return g_test_run ();
}
