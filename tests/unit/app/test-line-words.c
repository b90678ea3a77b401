/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-line-words.h"

static GuichetLine *
line_new (void)
{
  GuichetLine *line = guichet_line_new ();

  line->reference = g_strdup ("26-K7M4-2QXF");
  line->procedure = g_strdup ("POP-CM");
  line->citizen = g_strdup ("Dupont Marie");
  line->stage = g_strdup ("prepared");
  line->phase = GUICHET_PHASE_PROCESSING;
  line->due = guichet_day_new (2026, 11, 27);
  line->legal_due = GUICHET_DAY_NONE;
  return line;
}

static void
test_due (void)
{
  const GuichetDay today = guichet_day_new (2026, 11, 24);
  const struct
  {
    GuichetDay due;
    gboolean stopped;
    guint late_days;
    const char *words;
    GuichetUrgency urgency;
  } cases[] = {
    { today + 3, FALSE, 0, "in 3 days", GUICHET_URGENCY_NONE },
    { today + 2, FALSE, 0, "in 2 days", GUICHET_URGENCY_SOON },
    { today, FALSE, 0, "today", GUICHET_URGENCY_SOON },
    { today - 1, FALSE, 1, "1 day late", GUICHET_URGENCY_LATE },
    { today - 9, FALSE, 9, "9 days late", GUICHET_URGENCY_LATE },
    { GUICHET_DAY_NONE, TRUE, 0, "on hold", GUICHET_URGENCY_STOPPED },
    { today - 2, TRUE, 2, "2 days late", GUICHET_URGENCY_LATE }, /* late does not hide */
    { GUICHET_DAY_NONE, FALSE, 0, "", GUICHET_URGENCY_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GuichetLine) line = line_new ();
      g_autofree char *words = NULL;

      line->due = cases[i].due;
      line->stopped = cases[i].stopped;
      words = guichet_line_words_due (line, today, cases[i].late_days);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpint (guichet_line_words_urgency (line, today, cases[i].late_days),
                       ==,
                       cases[i].urgency);
    }
}

static void
test_spoken (void)
{
  const GuichetDay today = guichet_day_new (2026, 11, 24);
  g_autoptr (GuichetLine) line = line_new ();
  g_autofree char *plain = guichet_line_words_spoken (line, NULL, today, 0, FALSE, FALSE);
  g_autofree char *marked = NULL;

  g_assert_cmpstr (plain,
                   ==,
                   "POP-CM, Dupont Marie, In progress, due in 3 days, nobody’s, 26-K7M4-2QXF");
  line->assignee = g_strdup ("luc.lefebvre");
  line->assignee_name = g_strdup ("Luc Lefebvre");
  line->blocker = GUICHET_BLOCKER_POLICE;
  line->delivery_failed = TRUE;
  marked = guichet_line_words_spoken (line, NULL, today, 2, TRUE, TRUE);
  g_assert_cmpstr (marked,
                   ==,
                   "POP-CM, Dupont Marie, In progress · blocked: Police, 2 days late, Luc "
                   "Lefebvre, something new, an action of yours is on its way, the last e-mail did "
                   "not arrive, 26-K7M4-2QXF");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/line-words/due", test_due);
  g_test_add_func ("/app/line-words/spoken", test_spoken);
  return g_test_run ();
}
