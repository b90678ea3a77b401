/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-card-profile.h"

#include <string.h>

/* One line of a card, and what forms ask for. */
static const struct
{
  const char *line;
  const char *street;
  const char *number; /* (nullable) */
  const char *box;    /* (nullable) */
} streets[] = {
  { "Rue de Nimy 12", "Rue de Nimy", "12", NULL },
  { "Rue de Nimy 12A", "Rue de Nimy", "12A", NULL },
  { "Rue de Nimy 12 bte 3", "Rue de Nimy", "12", "3" },
  { "Rue de Nimy 12 Bte. A", "Rue de Nimy", "12", "A" },
  { "Rue de Nimy 12 BOÎTE 3", "Rue de Nimy", "12", "3" },
  { "Kerkstraat 7 bus 12", "Kerkstraat", "7", "12" },
  { "Rue de Nimy 12 /b003", "Rue de Nimy", "12", "b003" },
  { "Rue de Nimy 12 / 3", "Rue de Nimy", "12", "3" },
  { "Rue de Nimy 12/3", "Rue de Nimy", "12", "3" },
  { "Rue du 11 Novembre 5", "Rue du 11 Novembre", "5", NULL },
  { "Avenue des 3 Fontaines 12 b 3", "Avenue des 3 Fontaines", "12", "3" },
  { "Rue du 11 Novembre 1", "Rue du 11 Novembre", "1", NULL },
  { "Avenue des 3 Fontaines 3 bte 3", "Avenue des 3 Fontaines", "3", "3" },
  { "1er Mai 4", "1er Mai", "4", NULL },
  /* Nothing is told apart where it is not plain. */
  { "Rue de Nimy", "Rue de Nimy", NULL, NULL },
  { "Rue de Nimy 12 A", "Rue de Nimy 12 A", NULL, NULL },
  { "Rue du 11 Novembre", "Rue du 11 Novembre", NULL, NULL },
  { "Rue de Nimy 12/3 bte 4", "Rue de Nimy 12/3 bte 4", NULL, NULL },
  { "Rue de Nimy 12/", "Rue de Nimy 12/", NULL, NULL },
  { "Rue de Nimy 12 bte", "Rue de Nimy 12 bte", NULL, NULL },
  { "Rue de Nimy 12 bte 3 étage 2", "Rue de Nimy 12 bte 3 étage 2", NULL, NULL },
  { "12", "12", NULL, NULL },
  /* Nor where a part is longer than numbers and boxes are: the line stays whole, nothing is lost. */
  { "Rue de Nimy 12-14-16-18-20-22-24-26 bte 3",
    "Rue de Nimy 12-14-16-18-20-22-24-26 bte 3",
    NULL,
    NULL },
  { "Rue de Nimy 12 bte rez-de-chaussée-arrière",
    "Rue de Nimy 12 bte rez-de-chaussée-arrière",
    NULL,
    NULL },
  { "Rue de Nimy 12/rez-de-chaussée-arrière",
    "Rue de Nimy 12/rez-de-chaussée-arrière",
    NULL,
    NULL },
};

static void
test_streets (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (streets); i++)
    {
      const GuichetCardPerson person = { .street = (char *) streets[i].line };
      g_autoptr (GuichetCitizen) citizen = guichet_card_profile_new (&person);

      g_test_message ("%s", streets[i].line);
      g_assert_cmpstr (citizen->street, ==, streets[i].street);
      g_assert_cmpstr (citizen->number, ==, streets[i].number);
      g_assert_cmpstr (citizen->box, ==, streets[i].box);
      g_assert_null (citizen->country);
    }
}

static void
test_person (void)
{
  const GuichetCardPerson person = {
    .family_name = (char *) "Vandenbroucke",
    .given_names = (char *) "Éléonore Marie",
    .third_initial = (char *) "J",
    .niss = (char *) "85073003328",
    .birth_date = { 1985, 7, 30 },
    .street = (char *) "Rue de Nimy 12",
    .postcode = (char *) "7000",
    .locality = (char *) "Mons",
  };
  g_autoptr (GuichetCitizen) citizen = guichet_card_profile_new (&person);
  g_autofree char *birth = guichet_citizen_profile (citizen, "birthDate");

  g_assert_cmpstr (citizen->family_name, ==, "Vandenbroucke");
  g_assert_cmpstr (citizen->given_names, ==, "Éléonore Marie J");
  g_assert_cmpstr (citizen->niss, ==, "85073003328");
  g_assert_cmpstr (birth, ==, "1985-07-30");
  g_assert_cmpstr (citizen->postcode, ==, "7000");
  g_assert_cmpstr (citizen->locality, ==, "Mons");
  g_assert_cmpstr (citizen->country, ==, "BE");
  /* A card that was read is not a check. */
  g_assert_cmpint (citizen->level, ==, GUICHET_LEVEL_NONE);
}

/* The most that a card has room for is an account's as well: without a name it would be nobody's. */
static void
test_longest (void)
{
  g_autofree char *family = g_strnfill (110, 'a');
  g_autofree char *given = g_strnfill (95, 'b');
  g_autofree char *street = g_strnfill (60, 'c');
  g_autofree char *locality = g_strnfill (47, 'd');
  const GuichetCardPerson person = {
    .family_name = family,
    .given_names = given,
    .third_initial = (char *) "JKL",
    .street = street,
    .postcode = (char *) "700000",
    .locality = locality,
  };
  g_autoptr (GuichetCitizen) citizen = guichet_card_profile_new (&person);

  g_assert_cmpstr (citizen->family_name, ==, family);
  g_assert_cmpuint (strlen (citizen->given_names), ==, 99);
  g_assert_cmpstr (citizen->street, ==, street);
  g_assert_cmpstr (citizen->postcode, ==, "700000");
  g_assert_cmpstr (citizen->locality, ==, locality);
}

/* A day that is not known to the day, a number whose digits do not fit, nothing at all. */
static void
test_unknown (void)
{
  const GuichetCardPerson vague = {
    .family_name = (char *) "Çelik",
    .niss = (char *) "85073003329",
    .birth_date = { 1985, 7, 0 },
  };
  const GuichetCardPerson blank = { NULL };
  g_autoptr (GuichetCitizen) citizen = guichet_card_profile_new (&vague);
  g_autoptr (GuichetCitizen) nobody = guichet_card_profile_new (&blank);

  g_assert_cmpstr (citizen->family_name, ==, "Çelik");
  g_assert_null (citizen->given_names);
  g_assert_null (citizen->niss);
  g_assert_cmpint (citizen->birth_date, ==, GUICHET_DAY_NONE);
  g_assert_null (nobody->family_name);
  g_assert_null (nobody->street);
}

static void
test_read_off (void)
{
  g_assert_true (guichet_card_profile_is_read_off ("niss"));
  g_assert_true (guichet_card_profile_is_read_off ("locality"));
  g_assert_false (guichet_card_profile_is_read_off ("street"));
  g_assert_false (guichet_card_profile_is_read_off ("number"));
  g_assert_false (guichet_card_profile_is_read_off ("country"));
  g_assert_false (guichet_card_profile_is_read_off ("email"));
  g_assert_false (guichet_card_profile_is_read_off (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/card-profile/streets", test_streets);
  g_test_add_func ("/identity/card-profile/person", test_person);
  g_test_add_func ("/identity/card-profile/longest", test_longest);
  g_test_add_func ("/identity/card-profile/unknown", test_unknown);
  g_test_add_func ("/identity/card-profile/read-off", test_read_off);
  return g_test_run ();
}
