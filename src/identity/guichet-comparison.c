/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A card held against a request.
 */
#define G_LOG_DOMAIN "guichet-comparison"

#include "config.h"

#include "guichet-comparison.h"

#include "eid-word.h"

#include <string.h>

G_DEFINE_ENUM_TYPE (GuichetComparedField,
                    guichet_compared_field,
                    G_DEFINE_ENUM_VALUE (GUICHET_COMPARED_NISS, "niss"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMPARED_FAMILY_NAME, "familyName"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMPARED_GIVEN_NAMES, "givenNames"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMPARED_BIRTH_DATE, "birthDate"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMPARED_STREET, "street"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMPARED_POSTCODE, "postcode"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMPARED_LOCALITY, "locality"))

G_DEFINE_ENUM_TYPE (GuichetPersonMatch,
                    guichet_person_match,
                    G_DEFINE_ENUM_VALUE (GUICHET_PERSON_SAME, "same"),
                    G_DEFINE_ENUM_VALUE (GUICHET_PERSON_DIFFERS, "differs"),
                    G_DEFINE_ENUM_VALUE (GUICHET_PERSON_LIKELY, "likely"),
                    G_DEFINE_ENUM_VALUE (GUICHET_PERSON_UNPROVED, "unproved"),
                    G_DEFINE_ENUM_VALUE (GUICHET_PERSON_OTHER, "other"))

/* What tells a person where there is no number. */
static const GuichetComparedField telling[] = {
  GUICHET_COMPARED_FAMILY_NAME,
  GUICHET_COMPARED_GIVEN_NAMES,
  GUICHET_COMPARED_BIRTH_DATE,
};

/* The month of a BIS number is more than any month by 20 or 40. */
static gboolean
is_bis (const char *niss)
{
  return strlen (niss) == 11 && niss[2] >= '2' && niss[2] <= '5';
}

static GuichetLikeness
numbers (const char *card, const char *request)
{
  if (card == NULL || request == NULL)
    return (GuichetLikeness){ .match = GUICHET_MATCH_UNKNOWN };
  if (g_str_equal (card, request))
    return (GuichetLikeness){ .match = GUICHET_MATCH_EQUAL };
  return (GuichetLikeness){ .match = GUICHET_MATCH_DIFFERENT,
                            .loose = is_bis (card) != is_bis (request) ? GUICHET_LOOSE_BIS : 0 };
}

static GuichetLikeness
days (const EidDate *card, GuichetDay request)
{
  int year, month, day;

  if (!eid_date_is_known (card) || request == GUICHET_DAY_NONE)
    return (GuichetLikeness){ .match = GUICHET_MATCH_UNKNOWN };
  guichet_day_split (request, &year, &month, &day);
  if (card->year != year || (card->month != 0 && card->month != month) ||
      (card->day != 0 && card->day != day))
    return (GuichetLikeness){ .match = GUICHET_MATCH_DIFFERENT };
  if (card->month == 0 || card->day == 0)
    return (GuichetLikeness){ .match = GUICHET_MATCH_ALIKE, .loose = GUICHET_LOOSE_INCOMPLETE };
  return (GuichetLikeness){ .match = GUICHET_MATCH_EQUAL };
}

static gboolean
any_differs (const GuichetComparison *self)
{
  for (guint i = 0; i < GUICHET_N_COMPARED; i++)
    if (self->fields[i].match == GUICHET_MATCH_DIFFERENT)
      return TRUE;
  return FALSE;
}

static GuichetPersonMatch
without_number (const GuichetComparison *self)
{
  GuichetPersonMatch person = GUICHET_PERSON_LIKELY;

  for (guint i = 0; i < G_N_ELEMENTS (telling); i++)
    {
      GuichetLikeness likeness = self->fields[telling[i]];

      if (likeness.match == GUICHET_MATCH_DIFFERENT)
        return GUICHET_PERSON_OTHER;
      /* A year without its day is shared by too many to tell anybody. */
      if (likeness.match == GUICHET_MATCH_UNKNOWN ||
          (likeness.loose & GUICHET_LOOSE_INCOMPLETE) != 0)
        person = GUICHET_PERSON_UNPROVED;
    }
  return person;
}

static GuichetPersonMatch
judge (const GuichetComparison *self)
{
  switch (self->fields[GUICHET_COMPARED_NISS].match)
    {
    case GUICHET_MATCH_EQUAL:
    case GUICHET_MATCH_ALIKE:
      return any_differs (self) ? GUICHET_PERSON_DIFFERS : GUICHET_PERSON_SAME;
    case GUICHET_MATCH_DIFFERENT:
      return GUICHET_PERSON_OTHER;
    case GUICHET_MATCH_UNKNOWN:
    default:
      return without_number (self);
    }
}

char *
guichet_comparison_request_street (const GuichetCitizen *request)
{
  g_autoptr (GString) text = NULL;

  if (request->street == NULL)
    return NULL;
  text = g_string_new (request->street);
  if (request->number != NULL)
    g_string_append_printf (text, " %s", request->number);
  if (request->box != NULL)
    g_string_append_printf (text, " / %s", request->box);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GuichetComparison
guichet_comparison_make (const GuichetCardPerson *card, const GuichetCitizen *request)
{
  GuichetComparison self = { 0 };
  GuichetLikeness *fields = self.fields;
  char *street = guichet_comparison_request_street (request);

  fields[GUICHET_COMPARED_NISS] = numbers (card->niss, request->niss);
  fields[GUICHET_COMPARED_FAMILY_NAME] =
      guichet_likeness_of_texts (card->family_name, request->family_name);
  fields[GUICHET_COMPARED_GIVEN_NAMES] = guichet_likeness_of_given_names (card->given_names,
                                                                          card->third_initial,
                                                                          request->given_names);
  fields[GUICHET_COMPARED_BIRTH_DATE] = days (&card->birth_date, request->birth_date);
  fields[GUICHET_COMPARED_STREET] = guichet_likeness_of_streets (card->street, street);
  fields[GUICHET_COMPARED_POSTCODE] = guichet_likeness_of_texts (card->postcode, request->postcode);
  fields[GUICHET_COMPARED_LOCALITY] = guichet_likeness_of_texts (card->locality, request->locality);
  self.person = judge (&self);
  g_free (street);
  return self;
}
