/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-deadline-words.h"

#define NONE GUICHET_DAY_NONE

static GuichetDay
november (int day)
{
  return guichet_day_new (2026, 11, day);
}

static void
test_reason (void)
{
  const struct
  {
    GuichetReason reason;
    const char *words;
  } cases[] = {
    { { GUICHET_REASON_DEPOSITED, november (2), NONE }, "Submitted on Monday 2 November 2026." },
    { { GUICHET_REASON_NOT_STARTED, NONE, NONE },
      "It has not begun: it counts from a stage that is not reached yet." },
    { { GUICHET_REASON_STARTS_AFTER, november (3), NONE },
      "The first day that counts is Tuesday 3 November 2026." },
    { { GUICHET_REASON_TERM, november (9), NONE, 5, GUICHET_UNIT_WORKING_DAYS },
      "5 working days lead to Monday 9 November 2026." },
    { { GUICHET_REASON_TERM, november (3), NONE, 1, GUICHET_UNIT_CALENDAR_DAYS },
      "1 calendar day leads to Tuesday 3 November 2026." },
    { { GUICHET_REASON_TERM, november (30), NONE, 2, GUICHET_UNIT_MONTHS },
      "2 months lead to Monday 30 November 2026." },
    { { GUICHET_REASON_STOPPED,
        november (4),
        november (11),
        5,
        GUICHET_UNIT_WORKING_DAYS,
        GUICHET_WAITING_DOCUMENTS },
      "On hold from Wednesday 4 November 2026 to Wednesday 11 November 2026: Waiting for "
      "documents. 5 days are added." },
    { { GUICHET_REASON_STOPPED, november (4), november (4), 1, GUICHET_UNIT_WORKING_DAYS },
      "Decided from Wednesday 4 November 2026 to Wednesday 4 November 2026, then reopened: 1 day "
      "is added." },
    { { GUICHET_REASON_STANDS_STILL,
        november (4),
        NONE,
        3,
        GUICHET_UNIT_WORKING_DAYS,
        GUICHET_WAITING_PAYMENT },
      "On hold since Wednesday 4 November 2026: Waiting for the payment." },
    { { GUICHET_REASON_RESTARTED, november (12), NONE },
      "It began anew on Thursday 12 November 2026." },
    { { GUICHET_REASON_HOLIDAY, november (11), NONE, .word = "armistice" },
      "Wednesday 11 November 2026 does not count: Armistice Day." },
    { { GUICHET_REASON_HOLIDAY, november (27), NONE, .word = "closed" },
      "Friday 27 November 2026 does not count: a closing day of the town." },
    { { GUICHET_REASON_ROLLED, november (7), november (9) },
      "Saturday 7 November 2026 is not a working day: it moves to Monday 9 November 2026." },
    { { GUICHET_REASON_ALREADY_PAST, november (9), NONE },
      "It had already passed on Monday 9 November 2026, before it was put on hold." },
    { { GUICHET_REASON_DUE, november (16), NONE }, "So it is due on Monday 16 November 2026." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = guichet_deadline_words_reason (&cases[i].reason);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Every kind that core can give has a sentence. */
static void
test_every_kind (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (GUICHET_TYPE_REASON_KIND);

  for (guint i = 0; i < kinds->n_values; i++)
    {
      const GuichetReason reason = { .kind = (GuichetReasonKind) kinds->values[i].value,
                                     .day = november (2),
                                     .until = november (3),
                                     .count = 2 };
      g_autofree char *words = guichet_deadline_words_reason (&reason);

      g_assert_nonnull (words);
      g_assert_cmpstr (words, !=, "");
    }
}

static void
test_due (void)
{
  static const GuichetTerm term = { .kind = GUICHET_TERM_PROMISE };
  const struct
  {
    GuichetDue due;
    gboolean met;
    const char *words;
  } cases[] = {
    { { &term, november (26), FALSE }, FALSE, "Thursday 26 November 2026, in 2 days" },
    { { &term, november (24), FALSE }, FALSE, "Tuesday 24 November 2026, today" },
    { { &term, november (23), FALSE }, FALSE, "Monday 23 November 2026, 1 day late" },
    { { &term, november (20), FALSE }, TRUE, "Friday 20 November 2026" },
    { { &term, NONE, TRUE }, FALSE, "on hold" },
    { { &term, NONE, FALSE }, FALSE, "has not begun" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words =
          guichet_deadline_words_due (&cases[i].due, cases[i].met, november (24));

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/deadline-words/reason", test_reason);
  g_test_add_func ("/app/deadline-words/every-kind", test_every_kind);
  g_test_add_func ("/app/deadline-words/due", test_due);
  return g_test_run ();
}
