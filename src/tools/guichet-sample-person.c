/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sample people.
 */
#define G_LOG_DOMAIN "guichet-sample-person"

#include "config.h"

#include "guichet-sample-person.h"

#include "guichet-niss.h"
#include "guichet-sample-names.h"

#define ADULT_YEARS 18
#define OLDEST_YEARS 92

const char *
guichet_sample_pick (GRand *random, const char *const *from)
{
  return from[g_rand_int_range (random, 0, (gint32) g_strv_length ((char **) from))];
}

static gboolean
chance (GRand *random, double probability)
{
  return g_rand_double (random) < probability;
}

static GuichetLanguage
pick_language (GRand *random)
{
  double at = g_rand_double (random);

  if (at < 0.88)
    return GUICHET_LANGUAGE_FR;
  if (at < 0.94)
    return GUICHET_LANGUAGE_NL;
  return at < 0.97 ? GUICHET_LANGUAGE_EN : GUICHET_LANGUAGE_DE;
}

/* Letters of an address: accents away, the rest as dots. */
static char *
to_ascii (const char *text)
{
  g_autofree char *plain = g_str_to_ascii (text, "C");
  GString *address = g_string_new (NULL);

  for (const char *p = plain; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (address, g_ascii_tolower (*p));
  return g_string_free (address, FALSE);
}

static void
move_in (GRand *random, GuichetCitizen *citizen)
{
  guint count = 0;
  const GuichetSampleLocality *locality;

  while (guichet_sample_localities[count].postcode != NULL)
    count++;
  locality = &guichet_sample_localities[g_rand_int_range (random, 0, (gint32) count)];

  citizen->street = g_strdup (guichet_sample_pick (random, guichet_sample_streets));
  citizen->number = g_strdup_printf ("%d", g_rand_int_range (random, 1, 240));
  if (chance (random, 0.15))
    citizen->box = g_strdup_printf ("%d", g_rand_int_range (random, 1, 12));
  citizen->postcode = g_strdup (locality->postcode);
  citizen->locality = g_strdup (locality->name);
  citizen->country = g_strdup ("BE");
}

static void
be_born (GRand *random, GuichetCitizen *citizen, gboolean woman, GuichetDay today)
{
  int year, month, day;
  guint serial = 2u * (guint) g_rand_int_range (random, 1, 499);

  citizen->birth_date = today - g_rand_int_range (random, ADULT_YEARS * 366, OLDEST_YEARS * 365);
  guichet_day_split (citizen->birth_date, &year, &month, &day);
  /* Even serials are women's, odd ones men's. */
  citizen->niss = guichet_niss_make (year, month, day, woman ? serial : serial - 1);
}

/* At least what the procedure asks for, sometimes more. */
static GuichetLevel
pick_level (GRand *random, GuichetLevel least)
{
  GuichetLevel level = chance (random, 0.6) ? GUICHET_LEVEL_EID : GUICHET_LEVEL_ITSME;

  if (least <= GUICHET_LEVEL_PASSWORD && chance (random, 0.25))
    level = GUICHET_LEVEL_PASSWORD;
  return MAX (level, least);
}

GuichetCitizen *
guichet_sample_person (GRand *random, const GuichetProcedure *procedure, GuichetDay day)
{
  GuichetCitizen *citizen = guichet_citizen_new ();
  gboolean woman = chance (random, 0.5);
  const char *const *given = woman ? guichet_sample_women : guichet_sample_men;
  g_autofree char *given_ascii = NULL;
  g_autofree char *family_ascii = NULL;
  const char *first = guichet_sample_pick (random, given);

  citizen->family_name = g_strdup (guichet_sample_pick (random, guichet_sample_family_names));
  citizen->given_names = chance (random, 0.4)
                             ? g_strjoin (" ", first, guichet_sample_pick (random, given), NULL)
                             : g_strdup (first);
  given_ascii = to_ascii (first);
  family_ascii = to_ascii (citizen->family_name);
  if (chance (random, 0.96))
    citizen->email = g_strdup_printf ("%s.%s@example.org", given_ascii, family_ascii);
  /* 065 00 is no number that anybody is given. */
  citizen->phone = g_strdup_printf ("+326500%04d", g_rand_int_range (random, 0, 10000));
  citizen->language = pick_language (random);
  citizen->level = pick_level (random, MAX (procedure->level, procedure->level_other));
  be_born (random, citizen, woman, day);
  move_in (random, citizen);
  return citizen;
}
