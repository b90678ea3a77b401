/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deadlines of lives that nobody thought of.
 */
#include "config.h"

#include "deadline-fixture.h"

static char *
random_stays (GuichetDay start)
{
  static const char *const stays[] = { "a received -",        "b processing -",
                                       "c waiting documents", "d waiting payment",
                                       "e waiting consent",   "f waiting pickup",
                                       "g decided -",         "h closed -" };
  GString *text = g_string_new (NULL);
  int count = g_test_rand_int_range (1, 8);
  int minutes = g_test_rand_int_range (0, 24 * 60);

  for (int i = 0; i < count; i++)
    {
      g_autofree char *on = guichet_day_text (start + minutes / (24 * 60));

      g_string_append_printf (text,
                              "%s%s %sT%02d:%02d",
                              i > 0 ? ";" : "",
                              stays[g_test_rand_int_range (0, G_N_ELEMENTS (stays))],
                              on,
                              minutes / 60 % 24,
                              minutes % 60);
      minutes += g_test_rand_bit () ? g_test_rand_int_range (1, 600)
                                    : g_test_rand_int_range (1, 12 * 24 * 60);
    }
  return g_string_free (text, FALSE);
}

/* Whether the clock of @term runs at @instant, told by nothing but the stay of that moment. */
static gboolean
runs_at (const GuichetRequest *request, const GuichetTerm *term, gint64 instant)
{
  const GuichetStay *stay = NULL;
  gboolean over;

  for (guint i = 0; i < request->stays->len; i++)
    {
      const GuichetStay *other = g_ptr_array_index (request->stays, i);

      if (other->from <= instant)
        stay = other;
    }
  over = stay->phase == GUICHET_PHASE_DECIDED || stay->phase == GUICHET_PHASE_CLOSED ||
         stay->waiting == GUICHET_WAITING_PICKUP;
  if (!over)
    return (term->stops & (1u << stay->waiting)) == 0 || stay->phase != GUICHET_PHASE_WAITING;

  /* Over for good does not move the day any more; over for a while is a stop. */
  for (guint i = 0; i < request->stays->len; i++)
    {
      const GuichetStay *other = g_ptr_array_index (request->stays, i);

      if (other->from > stay->from && other->phase != GUICHET_PHASE_DECIDED &&
          other->phase != GUICHET_PHASE_CLOSED && other->waiting != GUICHET_WAITING_PICKUP)
        return FALSE;
    }
  return TRUE;
}

/*
 * The rules of the header once more, in another way: by asking of each midnight whether the
 * clock ran just before it. For terms without restart. GUICHET_DAY_NONE if it stands still for good.
 */
static GuichetDay
due_by_midnights (const GuichetRequest *request,
                  const GuichetTerm *term,
                  const GuichetCalendar *calendar)
{
  const GuichetStay *last = g_ptr_array_index (request->stays, request->stays->len - 1);
  GuichetDay last_day = guichet_day_of_instant (last->from, fixture_zone ());
  GuichetDay start = guichet_day_of_instant (request->received, fixture_zone ());
  int left = (int) term->count;

  for (GuichetDay d = start + 1;; d++)
    {
      gboolean ran = runs_at (request, term, guichet_day_start (d, fixture_zone ()) - 1);
      gboolean runs = runs_at (request, term, guichet_day_start (d + 1, fixture_zone ()) - 1);
      gboolean works = guichet_calendar_is_working (calendar, d);

      if (!ran && d > last_day + 1)
        return GUICHET_DAY_NONE;
      if (ran && left > 0 && (works || term->unit == GUICHET_UNIT_CALENDAR_DAYS))
        left--;
      if (ran && left == 0 && !runs)
        left = 1;
      if (left == 0 && (works || !term->roll))
        return d;
    }
}

static void
test_by_midnights (void)
{
  g_autoptr (GuichetCalendar) calendar = fixture_calendar ();

  for (guint round = 0; round < 3000; round++)
    {
      GuichetTerm terms[] = { WORKING ((guint) g_test_rand_int_range (1, 15)), { 0 } };
      g_autofree char *stays =
          random_stays (fixture_day ("2026-01-05") + g_test_rand_int_range (0, 700));
      g_autoptr (GuichetRequest) request = fixture_life (stays);
      g_autoptr (GuichetDeadline) deadline = NULL;
      GuichetDay wanted;

      terms[0].unit = g_test_rand_bit () ? GUICHET_UNIT_WORKING_DAYS : GUICHET_UNIT_CALENDAR_DAYS;
      terms[0].roll = g_test_rand_bit ();
      deadline = fixture_deadline (terms, stays, "2026-02-10");
      wanted = due_by_midnights (request, &terms[0], calendar);

      if (deadline->promise.day != wanted)
        g_test_message ("%s: %u days, roll %d", stays, terms[0].count, terms[0].roll);
      g_assert_cmpint (deadline->promise.day, ==, wanted);
      g_assert_cmpint (deadline->promise.stopped, ==, wanted == GUICHET_DAY_NONE);
    }
}

/* A stop never makes a request due earlier, and whoever answers is never late by answering. */
static void
test_stops_never_hurry (void)
{
  for (guint round = 0; round < 1000; round++)
    {
      GuichetTerm terms[] = { WORKING ((guint) g_test_rand_int_range (1, 40)), { 0 } };
      GuichetDay start = fixture_day ("2026-01-05") + g_test_rand_int_range (0, 500);
      int gap = g_test_rand_int_range (0, 60);
      int length = g_test_rand_int_range (0, 30);
      g_autofree char *deposit = guichet_day_text (start);
      g_autofree char *asked = guichet_day_text (start + gap);
      g_autofree char *answered = guichet_day_text (start + gap + length);
      g_autofree char *plain = g_strdup_printf ("a received - %sT10:00", deposit);
      g_autofree char *stopped = g_strdup_printf ("%s;b waiting documents %sT11:00;"
                                                  "c processing - %sT12:00",
                                                  plain,
                                                  asked,
                                                  answered);
      g_autofree char *decided = g_strdup_printf ("%s;b closed - %sT11:00;c processing - %sT12:00",
                                                  plain,
                                                  asked,
                                                  answered);
      g_autoptr (GuichetDeadline) before = NULL;
      g_autoptr (GuichetDeadline) after = NULL;
      g_autoptr (GuichetDeadline) reopened = NULL;

      terms[0].restart = g_test_rand_bit ();
      before = fixture_deadline (terms, plain, deposit);
      after = fixture_deadline (terms, stopped, deposit);
      reopened = fixture_deadline (terms, decided, deposit);
      g_assert_cmpint (after->promise.day, >=, before->promise.day);
      g_assert_cmpint (reopened->promise.day, >=, before->promise.day);
      if (before->promise.day >= start + gap)
        {
          g_assert_cmpint (after->promise.day, >=, start + gap + length);
          g_assert_cmpint (reopened->promise.day, >=, start + gap + length);
        }
      else
        {
          g_assert_cmpint (after->promise.day, ==, before->promise.day);
          g_assert_cmpint (reopened->promise.day, ==, before->promise.day);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Whatever happens to a request, its date follows from when the clock ran.");

  g_test_add_func ("/core/deadline-random/by-midnights", test_by_midnights);
  g_test_add_func ("/core/deadline-random/stops-never-hurry", test_stops_never_hurry);

  return g_test_run ();
}
