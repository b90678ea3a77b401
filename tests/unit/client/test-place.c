/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-mirror-line.h"

#define TODAY 20000
#define ME "chloe"

static const struct
{
  GuichetPhase phase;
  const char *assignee;
  GuichetDay due;
  const char *views; /* that it is in */
} cases[] = {
  { GUICHET_PHASE_RECEIVED, NULL, TODAY + 1, "toTake all" },
  { GUICHET_PHASE_RECEIVED, NULL, TODAY, "toTake all" }, /* due today is not late */
  { GUICHET_PHASE_RECEIVED, NULL, TODAY - 1, "toTake late all" },
  { GUICHET_PHASE_RECEIVED, NULL, GUICHET_DAY_NONE, "toTake all" },
  { GUICHET_PHASE_RECEIVED, ME, TODAY + 1, "mine all" },
  { GUICHET_PHASE_RECEIVED, ME, TODAY - 1, "mine late all" },
  { GUICHET_PHASE_RECEIVED, "bruno", TODAY + 1, "all" },
  { GUICHET_PHASE_RECEIVED, "bruno", TODAY - 1, "late all" },
  { GUICHET_PHASE_RECEIVED, "chloe2", TODAY, "all" },
  { GUICHET_PHASE_PROCESSING, NULL, TODAY, "toTake all" },
  { GUICHET_PHASE_PROCESSING, NULL, TODAY - 1, "toTake late all" },
  { GUICHET_PHASE_PROCESSING, ME, TODAY, "mine all" },
  { GUICHET_PHASE_PROCESSING, "bruno", TODAY - 500, "late all" },
  { GUICHET_PHASE_WAITING, NULL, GUICHET_DAY_NONE, "waiting all" },
  { GUICHET_PHASE_WAITING, NULL, TODAY - 1, "waiting late all" },
  { GUICHET_PHASE_WAITING, ME, GUICHET_DAY_NONE, "mine waiting all" },
  { GUICHET_PHASE_WAITING, ME, TODAY - 1, "mine waiting late all" },
  { GUICHET_PHASE_WAITING, "bruno", TODAY, "waiting all" },
  { GUICHET_PHASE_DECIDED, NULL, GUICHET_DAY_NONE, "all" },
  { GUICHET_PHASE_DECIDED, NULL, TODAY - 1, "late all" },
  { GUICHET_PHASE_DECIDED, ME, GUICHET_DAY_NONE, "mine all" },
  { GUICHET_PHASE_DECIDED, "bruno", GUICHET_DAY_NONE, "all" },
  { GUICHET_PHASE_CLOSED, NULL, GUICHET_DAY_NONE, "closed" },
  { GUICHET_PHASE_CLOSED, ME, TODAY - 1, "closed" },
  { GUICHET_PHASE_CLOSED, "bruno", TODAY + 1, "closed" },
};

static void
test_views (void)
{
  GEnumClass *views = g_type_class_ref (GUICHET_TYPE_VIEW);

  g_assert_cmpuint (views->n_values, ==, GUICHET_N_VIEWS);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GuichetLine) line = guichet_line_new ();
      GuichetPlace place;
      g_autoptr (GString) in = g_string_new (NULL);

      line->department = GUICHET_DEPARTMENT_PLANNING;
      line->phase = cases[i].phase;
      line->assignee = g_strdup (cases[i].assignee);
      line->due = cases[i].due;
      place = guichet_place_of_line (line, ME, TODAY);
      g_assert_cmpint (place.department, ==, GUICHET_DEPARTMENT_PLANNING);
      for (guint view = 0; view < views->n_values; view++)
        if (guichet_place_is_in (&place, (GuichetView) views->values[view].value))
          g_string_append_printf (in,
                                  "%s%s",
                                  in->len > 0 ? " " : "",
                                  views->values[view].value_nick);
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (in->str, ==, cases[i].views);
    }
  g_type_class_unref (views);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/place/views", test_views);

  return g_test_run ();
}
