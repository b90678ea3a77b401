/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Why this date?" in sentences.
 */
#define G_LOG_DOMAIN "guichet-deadline-words"

#include "config.h"

#include "guichet-deadline-words.h"
#include "guichet-date-words.h"
#include "guichet-enum-words.h"

#include <glib/gi18n.h>

/* The words of guichet_calendar_holiday(). */
/* clang-format off */
static const struct
{
  const char *word;
  const char *name;
} holidays[] = {
  { "newYear", N_ ("New Year’s Day") },
  { "easterMonday", N_ ("Easter Monday") },
  { "labourDay", N_ ("Labour Day") },
  { "ascension", N_ ("Ascension Day") },
  { "whitMonday", N_ ("Whit Monday") },
  { "nationalDay", N_ ("the National Day") },
  { "assumption", N_ ("Assumption") },
  { "allSaints", N_ ("All Saints’ Day") },
  { "armistice", N_ ("Armistice Day") },
  { "christmas", N_ ("Christmas Day") },
};
/* clang-format on */

static const char *
holiday_name (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (holidays); i++)
    if (g_strcmp0 (holidays[i].word, word) == 0)
      return _ (holidays[i].name);
  return _ ("a closing day of the town");
}

static char *
term_text (const GuichetReason *self, const char *day)
{
  switch (self->unit)
    {
    case GUICHET_UNIT_WORKING_DAYS:
      /* Translators: %1$u is a number, %2$s a date. */
      return g_strdup_printf (ngettext ("%1$u working day leads to %2$s.",
                                        "%1$u working days lead to %2$s.",
                                        self->count),
                              self->count,
                              day);
    case GUICHET_UNIT_CALENDAR_DAYS:
      return g_strdup_printf (ngettext ("%1$u calendar day leads to %2$s.",
                                        "%1$u calendar days lead to %2$s.",
                                        self->count),
                              self->count,
                              day);
    case GUICHET_UNIT_MONTHS:
      return g_strdup_printf (ngettext ("%1$u month leads to %2$s.",
                                        "%1$u months lead to %2$s.",
                                        self->count),
                              self->count,
                              day);
    default:
      g_return_val_if_reached (NULL);
    }
}

static char *
stopped_text (const GuichetReason *self, const char *day, const char *until)
{
  if (self->waiting == GUICHET_WAITING_NONE)
    /* Translators: %1$s and %2$s are dates, %3$u a number of days. */
    return g_strdup_printf (
        ngettext ("Decided from %1$s to %2$s, then reopened: %3$u day is added.",
                  "Decided from %1$s to %2$s, then reopened: %3$u days are added.",
                  self->count),
        day,
        until,
        self->count);
  /* Translators: %1$s and %2$s are dates, %3$s is why ("Waiting for documents"), %4$u a number
   * of days. */
  return g_strdup_printf (ngettext ("On hold from %1$s to %2$s: %3$s. %4$u day is added.",
                                    "On hold from %1$s to %2$s: %3$s. %4$u days are added.",
                                    self->count),
                          day,
                          until,
                          guichet_enum_words_waiting (self->waiting),
                          self->count);
}

char *
guichet_deadline_words_reason (const GuichetReason *self)
{
  g_autofree char *day =
      self->day != GUICHET_DAY_NONE ? guichet_date_words_full (self->day) : g_strdup ("");
  g_autofree char *until =
      self->until != GUICHET_DAY_NONE ? guichet_date_words_full (self->until) : g_strdup ("");

  switch (self->kind)
    {
    case GUICHET_REASON_DEPOSITED:
      return g_strdup_printf (_ ("Submitted on %s."), day);
    case GUICHET_REASON_NOT_STARTED:
      return g_strdup (_ ("It has not begun: it counts from a stage that is not reached yet."));
    case GUICHET_REASON_STARTS_AFTER:
      return g_strdup_printf (_ ("The first day that counts is %s."), day);
    case GUICHET_REASON_TERM:
      return term_text (self, day);
    case GUICHET_REASON_STOPPED:
      return stopped_text (self, day, until);
    case GUICHET_REASON_STANDS_STILL:
      /* Translators: %1$s is a date, %2$s is why ("Waiting for documents"). */
      return g_strdup_printf (_ ("On hold since %1$s: %2$s."),
                                 day,
                                 guichet_enum_words_waiting (self->waiting));
    case GUICHET_REASON_RESTARTED:
      return g_strdup_printf (_ ("It began anew on %s."), day);
    case GUICHET_REASON_HOLIDAY:
      /* Translators: %1$s is a date, %2$s the name of a holiday. */
      return g_strdup_printf (_ ("%1$s does not count: %2$s."), day, holiday_name (self->word));
    case GUICHET_REASON_ROLLED:
      return g_strdup_printf (_ ("%1$s is not a working day: it moves to %2$s."), day, until);
    case GUICHET_REASON_ALREADY_PAST:
      return g_strdup_printf (_ ("It had already passed on %s, before it was put on hold."), day);
    case GUICHET_REASON_DUE:
      return g_strdup_printf (_ ("So it is due on %s."), day);
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
guichet_deadline_words_term (GuichetTermKind kind)
{
  return kind == GUICHET_TERM_LEGAL ? _ ("Legal date") : _ ("Promised date");
}

char *
guichet_deadline_words_due (const GuichetDue *self, gboolean met, GuichetDay today)
{
  g_autofree char *day = NULL;
  g_autofree char *distance = NULL;

  if (self->day == GUICHET_DAY_NONE)
    return g_strdup (self->stopped ? C_ ("deadline", "on hold") : _ ("has not begun"));

  day = guichet_date_words_full (self->day);
  if (met)
    return g_steal_pointer (&day);
  if (self->day < today)
    {
      const guint late = (guint) (today - self->day);

      distance = g_strdup_printf (ngettext ("%u day late", "%u days late", late), late);
    }
  else
    {
      distance = guichet_date_words_distance (self->day, today);
    }
  /* Translators: %1$s is a date, %2$s how far away it is: "in 2 days", "3 days late". */
  return g_strdup_printf (_ ("%1$s, %2$s"), day, distance);
}
