/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-comparison.h"

#define NISS "85073003328"
#define BIS "85273003374"

typedef struct
{
  const char *title;
  const char *niss;
  const char *family;
  const char *given;
  int year, month, day; /* 0: unknown */
  const char *street;
} Side;

/* Who it is, by what both sides know. */
static const struct
{
  Side card;
  Side request;
  GuichetPersonMatch person;
} cases[] = {
  { { "all the same", NISS, "Dupont", "Marie", 1985, 7, 30, "Rue de Nimy 12" },
    { NULL, NISS, "Dupont", "Marie", 1985, 7, 30, "Rue de Nimy 12" },
    GUICHET_PERSON_SAME },
  { { "alike", NISS, "Lefèvre", "Marie", 1985, 7, 30, NULL },
    { NULL, NISS, "LEFEVRE", "Marie", 1985, 7, 30, "Rue de Nimy 12" },
    GUICHET_PERSON_SAME },
  { { "moved", NISS, "Dupont", "Marie", 1985, 7, 30, "Rue de Nimy 12" },
    { NULL, NISS, "Dupont", "Marie", 1985, 7, 30, "Rue Haute 1" },
    GUICHET_PERSON_DIFFERS },
  { { "another name under one number", NISS, "Dupont", "Marie", 1985, 7, 30, NULL },
    { NULL, NISS, "Durand", "Marie", 1985, 7, 30, NULL },
    GUICHET_PERSON_DIFFERS },
  { { "another number under one name", NISS, "Dupont", "Marie", 1985, 7, 30, NULL },
    { NULL, "85073003427", "Dupont", "Marie", 1985, 7, 30, NULL },
    GUICHET_PERSON_OTHER },
  { { "a BIS number", NISS, "Dupont", "Marie", 1985, 7, 30, NULL },
    { NULL, BIS, "Dupont", "Marie", 1985, 7, 30, NULL },
    GUICHET_PERSON_OTHER },
  { { "no number", NISS, "Dupont", "Marie", 1985, 7, 30, NULL },
    { NULL, NULL, "Dupont", "Marie", 1985, 7, 30, NULL },
    GUICHET_PERSON_LIKELY },
  { { "no number, moved", NISS, "Dupont", "Marie", 1985, 7, 30, "Rue de Nimy 12" },
    { NULL, NULL, "Dupont", "Marie", 1985, 7, 30, "Rue Haute 1" },
    GUICHET_PERSON_LIKELY },
  { { "no number, no day", NISS, "Dupont", "Marie", 1985, 7, 30, NULL },
    { NULL, NULL, "Dupont", "Marie", 0, 0, 0, NULL },
    GUICHET_PERSON_UNPROVED },
  { { "no number, the card knows the year", NISS, "Dupont", "Marie", 1985, 0, 0, NULL },
    { NULL, NULL, "Dupont", "Marie", 1985, 7, 30, NULL },
    GUICHET_PERSON_UNPROVED },
  { { "no number, another year", NISS, "Dupont", "Marie", 1986, 0, 0, NULL },
    { NULL, NULL, "Dupont", "Marie", 1985, 7, 30, NULL },
    GUICHET_PERSON_OTHER },
  { { "no number, the card knows the month", NISS, "Dupont", "Marie", 1985, 8, 0, NULL },
    { NULL, NULL, "Dupont", "Marie", 1985, 7, 30, NULL },
    GUICHET_PERSON_OTHER },
  { { "no number, another given name", NISS, "Dupont", "Marie", 1985, 7, 30, NULL },
    { NULL, NULL, "Dupont", "Anne", 1985, 7, 30, NULL },
    GUICHET_PERSON_OTHER },
  { { "nothing but a name", NISS, "Dupont", NULL, 0, 0, 0, NULL },
    { NULL, NULL, "Dupont", "Anne", 1985, 7, 30, NULL },
    GUICHET_PERSON_UNPROVED },
};

static GuichetComparison
compare (const Side *card, const Side *request)
{
  const GuichetCardPerson person = {
    .niss = (char *) card->niss,
    .family_name = (char *) card->family,
    .given_names = (char *) card->given,
    .street = (char *) card->street,
    .birth_date = { (guint16) card->year, (guint8) card->month, (guint8) card->day },
  };
  const GuichetCitizen citizen = {
    .niss = (char *) request->niss,
    .family_name = (char *) request->family,
    .given_names = (char *) request->given,
    .street = (char *) request->street,
    .birth_date = request->year != 0 ? guichet_day_new (request->year, request->month, request->day)
                                     : GUICHET_DAY_NONE,
  };

  return guichet_comparison_make (&person, &citizen);
}

static void
test_person (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GuichetComparison made = compare (&cases[i].card, &cases[i].request);

      if (made.person != cases[i].person)
        g_test_message ("%s: %u", cases[i].card.title, made.person);
      g_assert_cmpint (made.person, ==, cases[i].person);
    }
}

/* A BIS number beside another one is named, two of them or none are not. */
static void
test_bis (void)
{
  static const Side one = { .niss = NISS }, other = { .niss = "85073003427" },
                    bis = { .niss = BIS };

  g_assert_cmpint (compare (&one, &bis).fields[GUICHET_COMPARED_NISS].loose, ==, GUICHET_LOOSE_BIS);
  g_assert_cmpint (compare (&one, &other).fields[GUICHET_COMPARED_NISS].loose, ==, 0);
  g_assert_cmpint (compare (&bis, &bis).fields[GUICHET_COMPARED_NISS].match,
                   ==,
                   GUICHET_MATCH_EQUAL);
}

static void
test_days (void)
{
  static const Side request = { .year = 1985, .month = 7, .day = 30 };
  static const struct
  {
    Side card;
    GuichetMatch match;
    GuichetLoose loose;
  } days[] = {
    { { .year = 1985, .month = 7, .day = 30 }, GUICHET_MATCH_EQUAL, 0 },
    { { .year = 1985, .month = 7, .day = 31 }, GUICHET_MATCH_DIFFERENT, 0 },
    { { .year = 1985, .month = 7 }, GUICHET_MATCH_ALIKE, GUICHET_LOOSE_INCOMPLETE },
    { { .year = 1985 }, GUICHET_MATCH_ALIKE, GUICHET_LOOSE_INCOMPLETE },
    { { .year = 1984 }, GUICHET_MATCH_DIFFERENT, 0 },
    { { .year = 0 }, GUICHET_MATCH_UNKNOWN, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      GuichetLikeness likeness =
          compare (&days[i].card, &request).fields[GUICHET_COMPARED_BIRTH_DATE];

      g_assert_cmpint (likeness.match, ==, days[i].match);
      g_assert_cmpint (likeness.loose, ==, days[i].loose);
    }
}

static void
test_street (void)
{
  const GuichetCitizen full = { .street = (char *) "Rue de Nimy",
                                .number = (char *) "12",
                                .box = (char *) "3" };
  const GuichetCitizen none = { .number = (char *) "12" };
  g_autofree char *text = guichet_comparison_request_street (&full);

  g_assert_cmpstr (text, ==, "Rue de Nimy 12 / 3");
  g_assert_null (guichet_comparison_request_street (&none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/comparison/person", test_person);
  g_test_add_func ("/identity/comparison/bis", test_bis);
  g_test_add_func ("/identity/comparison/days", test_days);
  g_test_add_func ("/identity/comparison/street", test_street);
  return g_test_run ();
}
