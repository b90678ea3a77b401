/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sample people and how they fill in forms.
 */
#define G_LOG_DOMAIN "guichet-sample-person"

#include "config.h"

#include "guichet-sample-person.h"

#include "guichet-form.h"
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

static const char *
pick_word (GRand *random, const GuichetField *field)
{
  const char *const *words = field->pattern != NULL ? guichet_sample_codes : guichet_sample_words;
  guint count = g_strv_length ((char **) words);
  guint start = (guint) g_rand_int_range (random, 0, (gint32) count);
  g_autofree char *whole =
      field->pattern != NULL ? g_strdup_printf ("^(?:%s)$", field->pattern) : NULL;

  for (guint i = 0; i < count; i++)
    {
      const char *word = words[(start + i) % count];
      glong chars = g_utf8_strlen (word, -1);

      if (chars >= field->min && chars <= field->max &&
          (whole == NULL || g_regex_match_simple (whole, word, 0, 0)))
        return word;
    }
  return NULL;
}

static char *
pick_text (GRand *random, const GuichetField *field, GuichetDay day)
{
  const GuichetChoice *choice;
  int year, month, of_month;

  switch (field->type)
    {
    case GUICHET_FIELD_CHOICE:
      choice = g_ptr_array_index (field->choices,
                                  g_rand_int_range (random, 0, (gint32) field->choices->len));
      return g_strdup (choice->code);
    case GUICHET_FIELD_DATE:
      return guichet_day_text (day - g_rand_int_range (random, 30, 9000));
    case GUICHET_FIELD_EMAIL:
      return g_strdup ("quelquun@example.org");
    case GUICHET_FIELD_PHONE:
      return g_strdup ("+32650000042");
    case GUICHET_FIELD_NISS:
      guichet_day_split (day - g_rand_int_range (random, 9000, 30000), &year, &month, &of_month);
      return guichet_niss_make (year, month, of_month, (guint) g_rand_int_range (random, 1, 998));
    case GUICHET_FIELD_POSTCODE:
      return g_strdup ("7000");
    case GUICHET_FIELD_TEXT:
    case GUICHET_FIELD_LONG_TEXT:
    case GUICHET_FIELD_INTEGER:
    case GUICHET_FIELD_BOOLEAN:
    default:
      /* Somebody else's name, most often. */
      if (strstr (field->code, "amilyName") != NULL)
        return g_strdup (guichet_sample_pick (random, guichet_sample_family_names));
      if (strstr (field->code, "ivenName") != NULL)
        return g_strdup (guichet_sample_pick (random, guichet_sample_women));
      return g_strdup (pick_word (random, field));
    }
}

static gint64
pick_integer (GRand *random, const GuichetField *field)
{
  gint64 min = field->min > G_MININT64 ? field->min : 1;
  gint64 max = field->max < G_MAXINT64 ? MIN (field->max, min + 20) : min + 5;

  /* Most people ask for the least. */
  return chance (random, 0.8) ? min : min + g_rand_int_range (random, 0, (gint32) (max - min + 1));
}

static void
answer (GRand *random,
        const GuichetField *field,
        const GuichetCitizen *citizen,
        GuichetDay day,
        JsonObject *answers)
{
  g_autofree char *known =
      field->profile != NULL ? guichet_citizen_profile (citizen, field->profile) : NULL;
  g_autofree char *text = NULL;

  /* What the profile would have filled in and has not is not known; other questions get skipped. */
  if (known == NULL && !field->required && (field->profile != NULL || chance (random, 0.5)))
    return;

  if (known != NULL)
    json_object_set_string_member (answers, field->code, known);
  else if (field->type == GUICHET_FIELD_INTEGER)
    json_object_set_int_member (answers, field->code, pick_integer (random, field));
  else if (field->type == GUICHET_FIELD_BOOLEAN)
    json_object_set_boolean_member (answers, field->code, field->required || chance (random, 0.3));
  else if ((text = pick_text (random, field, day)) != NULL)
    json_object_set_string_member (answers, field->code, text);
}

JsonObject *
guichet_sample_answers (GRand *random,
                        const GuichetProcedure *procedure,
                        const GuichetCitizen *citizen,
                        GuichetDay day)
{
  JsonObject *answers = json_object_new ();

  for (guint i = 0; i < procedure->pages->len; i++)
    {
      const GuichetPage *page = g_ptr_array_index (procedure->pages, i);

      for (guint j = 0; j < page->fields->len; j++)
        {
          const GuichetField *field = g_ptr_array_index (page->fields, j);

          if (guichet_form_is_asked (procedure, field, answers))
            answer (random, field, citizen, day, answers);
        }
    }
  return answers;
}
