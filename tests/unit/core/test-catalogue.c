/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-fixture.h"

static void
test_loads (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  GPtrArray *procedures = guichet_catalogue_procedures (catalogue);
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");
  const GuichetField *field;
  const GuichetStage *stage;
  const GuichetMove *move;

  g_assert_cmpuint (procedures->len, ==, 3);
  g_assert_cmpstr (((GuichetProcedure *) procedures->pdata[0])->code, ==, "EC-OWN");
  g_assert_cmpstr (((GuichetProcedure *) procedures->pdata[2])->code, ==, "POP-TST");
  g_assert_null (guichet_catalogue_find (catalogue, "POP"));
  g_assert_null (guichet_catalogue_find (catalogue, NULL));
  g_assert_nonnull (guichet_catalogue_calendar (catalogue));

  g_assert_nonnull (procedure);
  g_assert_cmpint (procedure->department, ==, GUICHET_DEPARTMENT_POPULATION);
  g_assert_cmpint (procedure->level, ==, GUICHET_LEVEL_EID);
  g_assert_cmpint (procedure->level_other, ==, GUICHET_LEVEL_COUNTER);
  g_assert_cmpstr (procedure->submitted_text, ==, "received");
  g_assert_cmpuint (procedure->pages->len, ==, 2);
  g_assert_cmpuint (g_strv_length (procedure->assumptions), ==, 2);

  field = guichet_procedure_find_field (procedure, "other");
  g_assert_cmpint (field->type, ==, GUICHET_FIELD_TEXT);
  g_assert_cmpint (field->min, ==, 2);
  g_assert_cmpint (field->max, ==, 20);
  g_assert_cmpstr (field->visible_field, ==, "forWhom");
  g_assert_cmpstr (field->visible_value, ==, "somebodyElse");
  field = guichet_procedure_find_field (procedure, "familyName");
  g_assert_true (field->locked && field->required);
  g_assert_cmpstr (guichet_localized_get (&field->labels, GUICHET_LANGUAGE_DE), ==, "Nom");
  g_assert_cmpint (field->min, ==, G_MININT64);
  g_assert_null (guichet_procedure_find_field (procedure, "nothing"));

  stage = guichet_procedure_first_stage (procedure);
  g_assert_cmpstr (stage->code, ==, "received");
  move = guichet_stage_find_move (stage, "withdrawn");
  g_assert_true (move->reason && !move->document);
  g_assert_null (guichet_stage_find_move (stage, "closed"));
  stage = guichet_procedure_find_stage (procedure, "atRegister");
  g_assert_cmpint (stage->blocker, ==, GUICHET_BLOCKER_FEDERAL_REGISTER);
  move = guichet_stage_find_move (guichet_procedure_find_stage (procedure, "closed"), "working");
  g_assert_cmpint (move->needs, ==, GUICHET_CAN_REOPEN);
  g_assert_null (guichet_procedure_find_stage (procedure, "nowhere"));
}

static void
test_days (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");
  GuichetDay before = guichet_day_new (2025, 12, 31);
  GuichetDay after = guichet_day_new (2026, 1, 1);
  const GuichetTerm *term;

  g_assert_cmpint (guichet_procedure_fee (procedure, before)->cents, ==, 250);
  g_assert_cmpint (guichet_procedure_fee (procedure, after)->cents, ==, 500);
  g_assert_null (guichet_procedure_fee (guichet_catalogue_find (catalogue, "EC-OWN"), after));

  term = guichet_procedure_term (procedure, GUICHET_TERM_PROMISE, before);
  g_assert_cmpuint (term->count, ==, 3);
  g_assert_cmphex (term->stops,
                   ==,
                   1u << GUICHET_WAITING_DOCUMENTS | 1u << GUICHET_WAITING_PAYMENT);
  term = guichet_procedure_term (procedure, GUICHET_TERM_PROMISE, after);
  g_assert_cmpuint (term->count, ==, 5);
  g_assert_true (term->restart);
  term = guichet_procedure_term (procedure, GUICHET_TERM_LEGAL, after);
  g_assert_cmpstr (term->start_stage, ==, "working");
  g_assert_true (term->roll);
}

static void
test_bundle (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  g_autoptr (GuichetCatalogue) again = fixture_catalogue ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetCatalogue) received =
      guichet_catalogue_from_bundle (guichet_catalogue_bundle (catalogue), &error);
  g_autoptr (GHashTable) files = fixture_files ();
  g_autoptr (GuichetCatalogue) other = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (guichet_catalogue_version (catalogue)), ==, 64);
  g_assert_cmpstr (guichet_catalogue_version (catalogue), ==, guichet_catalogue_version (again));
  g_assert_cmpstr (guichet_catalogue_version (catalogue), ==, guichet_catalogue_version (received));
  g_assert_true (
      g_bytes_equal (guichet_catalogue_bundle (catalogue), guichet_catalogue_bundle (received)));
  g_assert_cmpuint (guichet_catalogue_procedures (received)->len, ==, 3);

  fixture_replace (files, "procedures/POP-SEC.json", "Discrète", "Secrète");
  other = guichet_catalogue_new (files, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (guichet_catalogue_version (catalogue), !=, guichet_catalogue_version (other));
}

/* A desk must be able to read what a newer server sends. */
static void
test_bundle_newer (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  GBytes *bundle = guichet_catalogue_bundle (catalogue);
  g_autofree char *text = g_strndup (g_bytes_get_data (bundle, NULL), g_bytes_get_size (bundle));
  g_autoptr (GString) newer = g_string_new (text);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetCatalogue) received = NULL;

  g_string_replace (newer, "{\"files\":{", "{\"x\":1,\"files\":{\"new/x.json\":{},", 1);
  g_string_replace (newer, "\"restricted\":true", "\"restricted\":true,\"new\":[1]", 1);
  bytes = g_bytes_new (newer->str, newer->len);
  received = guichet_catalogue_from_bundle (bytes, &error);
  g_assert_no_error (error);
  g_assert_nonnull (guichet_catalogue_find (received, "POP-SEC"));
}

static void
test_bundle_broken (void)
{
  static const struct
  {
    const char *bundle;
    const char *message;
  } cases[] = {
    { "", "bundle: *" },
    { "[]", "bundle: *" },
    { "{}", "bundle: /files: is missing*" },
    { "{\"files\":{\"calendar.json\":[]}}", "*calendar.json*" },
    { "{\"files\":{\"calendar.json\":{},\"procedures/A.json\":1}}", "*procedures/A.json*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].bundle, strlen (cases[i].bundle));
      g_autoptr (GError) error = NULL;

      g_assert_null (guichet_catalogue_from_bundle (bytes, &error));
      g_assert_error (error, GUICHET_CATALOGUE_ERROR, GUICHET_CATALOGUE_ERROR_INVALID);
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_error ("%s: %s", cases[i].bundle, error->message);
    }
}

static void
test_real (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_real_catalogue ();
  g_autoptr (GuichetCatalogue) received = NULL;
  g_autoptr (GError) error = NULL;

  received = guichet_catalogue_from_bundle (guichet_catalogue_bundle (catalogue), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (guichet_catalogue_version (catalogue), ==, guichet_catalogue_version (received));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("A catalogue is loaded as it is written, and goes from one machine to another.");

  g_test_add_func ("/catalogue/loads", test_loads);
  g_test_add_func ("/catalogue/days", test_days);
  g_test_add_func ("/catalogue/bundle", test_bundle);
  g_test_add_func ("/catalogue/bundle-newer", test_bundle_newer);
  g_test_add_func ("/catalogue/bundle-broken", test_bundle_broken);
  g_test_add_func ("/catalogue/real", test_real);

  return g_test_run ();
}
