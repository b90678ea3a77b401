/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The catalogue of Mons in use: its dates against ones that were worked out by hand, and
 * every form filled in.
 */
#include "config.h"

#include "catalogue-fixture.h"
#include "guichet-deadline.h"
#include "guichet-form.h"

static GuichetCatalogue *catalogue;
static GTimeZone *zone;

typedef struct
{
  const char *name;
  const char *procedure;
  GuichetTermKind kind;
  const char *stays; /* `stage YYYY-MM-DD`, one a stay, `;` between them; at ten in the morning */
  const char *due;   /* NULL: stands still */
} Case;

static const Case cases[] = {
  { "certificate", "POP-CM", GUICHET_TERM_PROMISE, "received 2026-11-19", "2026-11-24" },
  { "certificate over the day after All Saints",
    "POP-CM",
    GUICHET_TERM_PROMISE,
    "received 2026-10-29",
    "2026-11-04" },
  { "payment is waited for",
    "POP-CM",
    GUICHET_TERM_PROMISE,
    "received 2026-11-16;paymentAwaited 2026-11-17",
    NULL },
  { "record in the bank", "EC-NAI", GUICHET_TERM_PROMISE, "received 2026-11-19", "2026-11-24" },
  { "record to be transferred",
    "EC-NAI",
    GUICHET_TERM_PROMISE,
    "received 2026-11-19;rightCheck 2026-11-19;actSearch 2026-11-20;migration 2026-11-20",
    "2026-12-04" },
  { "domicile check", "POP-ADR", GUICHET_TERM_LEGAL, "received 2026-11-02", "2026-11-24" },
  { "end of a month", "EC-PRE", GUICHET_TERM_LEGAL, "received 2026-01-31", "2026-04-30" },
  { "publicity of administration",
    "ARC-PUB",
    GUICHET_TERM_LEGAL,
    "received 2026-11-02",
    "2026-12-02" },
  { "completeness before the reform of the CoDT",
    "URB-PU",
    GUICHET_TERM_LEGAL,
    "received 2024-03-29",
    "2024-04-18" },
  { "completeness since the reform",
    "URB-PU",
    GUICHET_TERM_LEGAL,
    "received 2024-04-02",
    "2024-05-02" },
  { "completeness begins anew",
    "URB-PU",
    GUICHET_TERM_LEGAL,
    "received 2024-04-02;completenessCheck 2024-04-03;incomplete 2024-04-10;"
    "completenessCheck 2024-05-20",
    "2024-06-19" },
  { "decision from the acknowledgment",
    "URB-PU",
    GUICHET_TERM_LEGAL,
    "received 2026-10-12;completenessCheck 2026-10-13;acknowledged75 2026-11-02",
    "2027-01-16" },
  { "shortest decision",
    "URB-CU2",
    GUICHET_TERM_LEGAL,
    "received 2026-10-12;completenessCheck 2026-10-13;acknowledged30 2026-11-02;"
    "draftDecision 2026-11-05",
    "2026-12-02" },
  { "longest decision",
    "URB-PUR",
    GUICHET_TERM_LEGAL,
    "received 2026-10-12;completenessCheck 2026-10-13;acknowledged115 2026-11-02;"
    "consultations 2026-11-03;delegatedOfficer 2026-12-10",
    "2027-02-25" },
};

static gint64
instant_of (const char *day)
{
  g_autofree char *full = g_strconcat (day, "T10:00:00", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (full, zone);

  g_assert_nonnull (date);
  return g_date_time_to_unix (date) * G_USEC_PER_SEC;
}

static GuichetEvent *
make_stay (const GuichetProcedure *procedure, const char *text, guint index)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  const GuichetStage *stage = guichet_procedure_find_stage (procedure, words[0]);
  GuichetEvent *event =
      guichet_event_new (index == 0 ? GUICHET_EVENT_SUBMITTED : GUICHET_EVENT_STAGE_MOVED);

  g_assert_nonnull (stage);
  event->number = event->version = index + 1;
  event->reference = g_strdup ("26-2222-2222");
  event->procedure = g_strdup (procedure->code);
  event->stage = g_strdup (stage->code);
  event->phase = stage->phase;
  event->waiting = stage->waiting;
  event->actor = g_strdup ("marie");
  event->instant = instant_of (words[1]);
  return event;
}

static GuichetRequest *
make_request (const GuichetProcedure *procedure, const char *stays)
{
  g_auto (GStrv) parts = g_strsplit (stays, ";", -1);
  GuichetRequest *request = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GuichetEvent) event = make_stay (procedure, parts[i], i);
      GuichetRequest *after = guichet_request_apply (request, event);

      g_clear_pointer (&request, guichet_request_unref);
      request = after;
    }
  return request;
}

static void
test_deadline (gconstpointer data)
{
  const Case *self = data;
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, self->procedure);
  g_autoptr (GuichetRequest) request = make_request (procedure, self->stays);
  g_autoptr (GuichetDeadline) deadline = NULL;
  g_autofree char *text = NULL;
  const GuichetDue *due;

  deadline = guichet_deadline_new (request,
                                   procedure,
                                   guichet_catalogue_calendar (catalogue),
                                   zone,
                                   guichet_day_new (2026, 11, 24));
  due = self->kind == GUICHET_TERM_LEGAL ? &deadline->legal : &deadline->promise;
  text = due->day != GUICHET_DAY_NONE ? guichet_day_text (due->day) : NULL;
  g_assert_cmpstr (text, ==, self->due);
  g_assert_cmpint (due->stopped, ==, self->due == NULL);
}

static void
add_deadlines (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/town/deadline/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_deadline);
    }
}

/* Somebody who answers every question gets through, and who leaves all empty is told so. */
static void
test_forms (void)
{
  g_autoptr (GuichetCitizen) citizen = fixture_citizen ();
  GPtrArray *procedures = guichet_catalogue_procedures (catalogue);

  for (guint i = 0; i < procedures->len; i++)
    {
      const GuichetProcedure *procedure = procedures->pdata[i];
      g_autoptr (GPtrArray) issues =
          g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_issue_free);
      g_autoptr (JsonObject) answers = fixture_answers (procedure, citizen);
      g_autoptr (JsonObject) nothing = json_object_new ();
      GuichetDay today = guichet_day_new (2026, 11, 24);

      g_test_message ("%s", procedure->code);
      g_assert_nonnull (answers);
      guichet_form_check (procedure, citizen, answers, today, issues);
      g_assert_cmpuint (issues->len, ==, 0);
      g_assert_false (guichet_form_check (procedure, citizen, nothing, today, issues));
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_summary ("The catalogue of Mons gives the dates that its sources say.");

  zone = g_time_zone_new_identifier ("Europe/Brussels");
  catalogue = fixture_real_catalogue ();
  g_assert_nonnull (catalogue);
  add_deadlines ();
  g_test_add_func ("/town/forms", test_forms);

  status = g_test_run ();
  guichet_catalogue_unref (catalogue);
  g_time_zone_unref (zone);
  return status;
}
