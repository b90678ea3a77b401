/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Card and request side by side, in words.
 */
#define G_LOG_DOMAIN "guichet-comparison-words"

#include "config.h"

#include "guichet-comparison-words.h"
#include "guichet-locale.h"
#include "guichet-person-words.h"

#include "guichet-day-words.h"
#include "guichet-niss.h"

#include <glib/gi18n.h>

/* clang-format off */
static const char *const fields[GUICHET_N_COMPARED] = {
  [GUICHET_COMPARED_NISS] = N_ ("National number"),
  [GUICHET_COMPARED_FAMILY_NAME] = N_ ("Family name"),
  [GUICHET_COMPARED_GIVEN_NAMES] = N_ ("Given names"),
  [GUICHET_COMPARED_BIRTH_DATE] = N_ ("Date of birth"),
  [GUICHET_COMPARED_STREET] = N_ ("Street and number"),
  [GUICHET_COMPARED_POSTCODE] = N_ ("Postcode"),
  [GUICHET_COMPARED_LOCALITY] = N_ ("Municipality"),
};
/* clang-format on */

static const char *const icons[] = {
  [GUICHET_MATCH_EQUAL] = "emblem-ok-symbolic",
  [GUICHET_MATCH_ALIKE] = "emblem-ok-symbolic",
  [GUICHET_MATCH_DIFFERENT] = "dialog-warning-symbolic",
  [GUICHET_MATCH_UNKNOWN] = NULL,
};

/* Each stands alone behind "the same" in a list with commas. */
/* clang-format off */
static const struct
{
  GuichetLoose loose;
  const char *words;
} looses[] = {
  { GUICHET_LOOSE_ACCENTS, N_ ("but for accents") },
  { GUICHET_LOOSE_CASE, N_ ("but for capitals") },
  { GUICHET_LOOSE_PUNCTUATION, N_ ("but for hyphens or signs") },
  { GUICHET_LOOSE_ORDER, N_ ("but for the order") },
  { GUICHET_LOOSE_FEWER, N_ ("but fewer in the request") },
  { GUICHET_LOOSE_INITIAL, N_ ("as far as the card's initial tells") },
  { GUICHET_LOOSE_ABBREVIATED, N_ ("but for an abbreviation") },
  { GUICHET_LOOSE_INCOMPLETE, N_ ("as far as the card tells") },
};
/* clang-format on */

const char *
guichet_comparison_words_field (GuichetComparedField field)
{
  return _ (fields[field]);
}

char *
guichet_comparison_words_match (GuichetLikeness likeness)
{
  g_autoptr (GString) text = NULL;

  switch (likeness.match)
    {
    case GUICHET_MATCH_EQUAL:
      return g_strdup (_ ("the same"));
    case GUICHET_MATCH_UNKNOWN:
      return g_strdup (_ ("not known on one side"));
    case GUICHET_MATCH_DIFFERENT:
      return g_strdup ((likeness.loose & GUICHET_LOOSE_BIS) != 0
                       ? _ ("different: one is a BIS number, look in the register")
                       : _ ("different"));
    case GUICHET_MATCH_ALIKE:
    default:
      break;
    }
  text = g_string_new (_ ("the same"));
  for (guint i = 0; i < G_N_ELEMENTS (looses); i++)
    if ((likeness.loose & looses[i].loose) != 0)
      g_string_append_printf (text, ", %s", _ (looses[i].words));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
guichet_comparison_words_icon (GuichetMatch match)
{
  return icons[match];
}

static char *
niss_words (const char *niss)
{
  if (niss == NULL)
    return NULL;
  return guichet_niss_looks_like (niss) ? guichet_niss_format (niss) : g_strdup (niss);
}

char *
guichet_comparison_words_card (const GuichetCardPerson *person, GuichetComparedField field)
{
  switch (field)
    {
    case GUICHET_COMPARED_NISS:
      return niss_words (person->niss);
    case GUICHET_COMPARED_FAMILY_NAME:
      return g_strdup (person->family_name);
    case GUICHET_COMPARED_GIVEN_NAMES:
      return guichet_card_person_all_given_names (person);
    case GUICHET_COMPARED_BIRTH_DATE:
      return guichet_person_words_date (&person->birth_date);
    case GUICHET_COMPARED_STREET:
      return g_strdup (person->street);
    case GUICHET_COMPARED_POSTCODE:
      return g_strdup (person->postcode);
    case GUICHET_COMPARED_LOCALITY:
    default:
      return g_strdup (person->locality);
    }
}

char *
guichet_comparison_words_request (const GuichetCitizen *citizen, GuichetComparedField field)
{
  switch (field)
    {
    case GUICHET_COMPARED_NISS:
      return niss_words (citizen->niss);
    case GUICHET_COMPARED_FAMILY_NAME:
      return g_strdup (citizen->family_name);
    case GUICHET_COMPARED_GIVEN_NAMES:
      return g_strdup (citizen->given_names);
    case GUICHET_COMPARED_BIRTH_DATE:
      return guichet_day_words (citizen->birth_date, guichet_locale_language ());
    case GUICHET_COMPARED_STREET:
      return guichet_comparison_request_street (citizen);
    case GUICHET_COMPARED_POSTCODE:
      return g_strdup (citizen->postcode);
    case GUICHET_COMPARED_LOCALITY:
    default:
      return g_strdup (citizen->locality);
    }
}
