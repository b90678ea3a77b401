/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The person of a card, in words.
 */
#define G_LOG_DOMAIN "guichet-person-words"

#include "config.h"

#include "guichet-person-words.h"
#include "guichet-locale.h"

#include "guichet-day-words.h"

#include <glib/gi18n.h>

/* clang-format off */
static const char *const holders[] = {
  [EID_HOLDER_CITIZEN] = N_ ("Identity card"),
  [EID_HOLDER_KID] = N_ ("Kids-ID"),
  [EID_HOLDER_FOREIGNER] = N_ ("Residence card"),
  [EID_HOLDER_FOREIGN_KID] = N_ ("Residence card of a child"),
  [EID_HOLDER_INTERNAL] = N_ ("Service card"),
};

/* By the number that cards have. */
static const char *const statuses[] = {
  [1] = N_ ("white cane"),
  [2] = N_ ("extended minority"),
  [3] = N_ ("white cane, extended minority"),
  [4] = N_ ("yellow cane"),
  [5] = N_ ("yellow cane, extended minority"),
};

static const struct
{
  const char *mention;
  const char *words;
} works[] = {
  { "7", NC_ ("labour market", "unlimited") },
  { "8", NC_ ("labour market", "limited") },
  { "9", NC_ ("labour market", "none") },
  { "A", NC_ ("labour market", "seasonal work") },
};
/* clang-format on */

char *
guichet_person_words_date (const EidDate *date)
{
  if (!eid_date_is_known (date))
    return NULL;
  if (date->month == 0)
    return g_strdup_printf ("%04u", date->year);
  if (date->day == 0)
    return g_strdup_printf ("%02u/%04u", date->month, date->year);
  return guichet_day_words (guichet_day_new (date->year, date->month, date->day),
                            guichet_locale_language ());
}

char *
guichet_person_words_name (const GuichetCardPerson *person)
{
  g_autofree char *given = guichet_card_person_all_given_names (person);

  if (given == NULL || person->family_name == NULL)
    return g_strdup (given != NULL ? given : person->family_name);
  return g_strdup_printf ("%s, %s", person->family_name, given);
}

char *
guichet_person_words_birth (const GuichetCardPerson *person)
{
  g_autofree char *date = guichet_person_words_date (&person->birth_date);

  if (date == NULL || person->birth_place == NULL)
    return g_strdup (date != NULL ? date : person->birth_place);
  /* Translators: when and where somebody was born: "30 July 1985 in Mons". */
  return g_strdup_printf (_ ("%1$s in %2$s"), date, person->birth_place);
}

char *
guichet_person_words_sex (const GuichetCardPerson *person)
{
  switch (person->sex)
    {
    case EID_SEX_MALE:
      return g_strdup (_ ("man"));
    case EID_SEX_FEMALE:
      return g_strdup (_ ("woman"));
    case EID_SEX_OTHER:
    default:
      return NULL;
    }
}

char *
guichet_person_words_document (const GuichetCardPerson *person)
{
  if (person->document == NULL)
    /* Translators: a kind of identity document that has no name here. */
    return g_strdup_printf (_ ("Document of kind %u"), person->document_number);
  if (person->document->letter == NULL)
    return g_strdup (_ (holders[person->document->holder]));
  return g_strdup_printf ("%s %s", _ (holders[person->document->holder]), person->document->letter);
}

char *
guichet_person_words_validity (const GuichetCardPerson *person)
{
  g_autofree char *from = guichet_person_words_date (&person->valid_from);
  g_autofree char *until = guichet_person_words_date (&person->valid_until);

  if (from == NULL || until == NULL)
    return NULL;
  /* Translators: two days between which a card is valid. */
  return g_strdup_printf (_ ("from %1$s to %2$s"), from, until);
}

char *
guichet_person_words_status (const GuichetCardPerson *person)
{
  const guint status = person->special_status;

  return status < G_N_ELEMENTS (statuses) && statuses[status] != NULL
      ? g_strdup (_ (statuses[status]))
      : NULL;
}

char *
guichet_person_words_work (const GuichetCardPerson *person)
{
  for (gsize i = 0; i < G_N_ELEMENTS (works); i++)
    if (g_strcmp0 (person->work, works[i].mention) == 0)
      return g_strdup (g_dpgettext2 (NULL, "labour market", works[i].words));
  return g_strdup (person->work);
}

char *
guichet_person_words_registration (const GuichetCardPerson *person)
{
  return guichet_person_words_date (&person->registration);
}
