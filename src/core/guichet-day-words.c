/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days as letters write them.
 */
#define G_LOG_DOMAIN "guichet-day-words"

#include "config.h"

#include "guichet-day-words.h"

// clang-format off
static const char *const months[GUICHET_N_LANGUAGES][12] = {
  [GUICHET_LANGUAGE_FR] = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
                            "août", "septembre", "octobre", "novembre", "décembre" },
  [GUICHET_LANGUAGE_NL] = { "januari", "februari", "maart", "april", "mei", "juni", "juli",
                            "augustus", "september", "oktober", "november", "december" },
  [GUICHET_LANGUAGE_DE] = { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli",
                            "August", "September", "Oktober", "November", "Dezember" },
  [GUICHET_LANGUAGE_EN] = { "January", "February", "March", "April", "May", "June", "July",
                            "August", "September", "October", "November", "December" },
};
// clang-format on

char *
guichet_day_words (GuichetDay day, GuichetLanguage language)
{
  int year = 0;
  int month = 0;
  int date = 0;
  const char *mark = "";

  g_return_val_if_fail ((guint) language < GUICHET_N_LANGUAGES, NULL);

  if (day == GUICHET_DAY_NONE)
    return NULL;

  guichet_day_split (day, &year, &month, &date);
  if (language == GUICHET_LANGUAGE_FR && date == 1)
    mark = "er";
  else if (language == GUICHET_LANGUAGE_DE)
    mark = ".";
  return g_strdup_printf ("%d%s %s %d", date, mark, months[language][month - 1], year);
}
