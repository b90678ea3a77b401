/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The person of a card, as forms know people.
 */
#define G_LOG_DOMAIN "guichet-card-profile"

#include "config.h"

#include "guichet-card-profile.h"

#include "eid-word.h"

#include <string.h>

static const char *const read_off[] = {
  "familyName", "givenNames", "niss", "birthDate", "postcode", "locality", NULL,
};

/* What stands before a box, in lower case; a slash does as well. */
static const char *const box_words[] = { "bte",  "bte.", "boîte", "boite", "bus",
                                         "bus.", "box",  "b",     "bt",    NULL };

static gboolean
is_box_word (const char *word)
{
  char *lower = g_utf8_strdown (word, -1);
  const gboolean is = g_strv_contains (box_words, lower);

  eid_wiped_free (lower);
  return is;
}

/* The last word that begins with a digit, behind at least one other and before any box. */
static guint
find_number (char **words)
{
  guint found = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (found > 0 && (is_box_word (words[i]) || words[i][0] == '/'))
        break;
      if (i > 0 && g_ascii_isdigit (words[i][0]))
        found = i;
    }
  return found;
}

/* What comes behind the number: nothing, or a box; NULL if it is something else. */
static const char *
box_of (char **rest)
{
  if (rest[0] == NULL)
    return "";
  if (rest[0][0] == '/' && rest[0][1] != '\0' && rest[1] == NULL)
    return rest[0] + 1;
  if ((is_box_word (rest[0]) || g_str_equal (rest[0], "/")) && rest[1] != NULL && rest[2] == NULL)
    return rest[1];
  return NULL;
}

/* %FALSE if a part is longer than such things are: then it is something else, and nothing is taken. */
static gboolean
take_number (GuichetCitizen *citizen, const char *number, const char *box)
{
  if (!guichet_citizen_set_profile (citizen, "number", number))
    return FALSE;
  if (*box == '\0' || guichet_citizen_set_profile (citizen, "box", box))
    return TRUE;
  g_clear_pointer (&citizen->number, eid_wiped_free);
  return FALSE;
}

/* (transfer full): the line up to a word of it; a number may stand in the name of the street as well. */
static char *
before_word (const char *line, char **words, guint at)
{
  gsize length = 0;

  for (guint i = 0; i < at; i++)
    length += strlen (words[i]) + 1;
  return g_strndup (line, length);
}

static void
split_street (const char *line, GuichetCitizen *citizen)
{
  char **words = g_strsplit (line, " ", -1);
  const guint at = find_number (words);
  char *street = before_word (line, words, at);
  const char *box = at > 0 ? box_of (words + at + 1) : NULL;
  char *slash = box != NULL ? strchr (words[at], '/') : NULL;

  /* Two boxes are one too many: then nothing is plain. */
  if (slash != NULL)
    {
      *slash = '\0';
      box = *box == '\0' && slash[1] != '\0' ? slash + 1 : NULL;
    }
  if (box == NULL || !take_number (citizen, words[at], box))
    guichet_citizen_set_profile (citizen, "street", line);
  else
    guichet_citizen_set_profile (citizen, "street", g_strchomp (street));
  eid_wiped_free (street);
  for (guint i = 0; words[i] != NULL; i++)
    eid_wiped_free (g_steal_pointer (&words[i]));
  g_free (words);
}

static void
set (GuichetCitizen *citizen, const char *field, const char *text)
{
  if (text != NULL)
    guichet_citizen_set_profile (citizen, field, text);
}

GuichetCitizen *
guichet_card_profile_new (const GuichetCardPerson *person)
{
  GuichetCitizen *citizen = guichet_citizen_new ();
  char *given;

  g_return_val_if_fail (person != NULL, citizen);

  given = guichet_card_person_all_given_names (person);
  set (citizen, "familyName", person->family_name);
  set (citizen, "givenNames", given);
  set (citizen, "niss", person->niss);
  if (person->birth_date.day != 0)
    citizen->birth_date =
        guichet_day_new (person->birth_date.year, person->birth_date.month, person->birth_date.day);
  if (person->street != NULL)
    split_street (person->street, citizen);
  set (citizen, "postcode", person->postcode);
  set (citizen, "locality", person->locality);
  /* What a Belgian card has is an address of the Belgian register. */
  if (person->postcode != NULL)
    guichet_citizen_set_profile (citizen, "country", "BE");
  g_clear_pointer (&given, eid_wiped_free);
  return citizen;
}

gboolean
guichet_card_profile_is_read_off (const char *field)
{
  return field != NULL && g_strv_contains (read_off, field);
}
