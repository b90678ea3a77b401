/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The library as another program has it: one header, and only what that header says.
 */
#include <guichet-eid.h>

#include <gmodule.h>

static void
test_hidden (void)
{
  static const char *const inner[] = {
    "eid_apdu_send",    "eid_tlv_next",          "eid_card_read_files", "eid_pcsc_open",
    "eid_unreadable",   "eid_data_get_resource", "eid_answer_judge",    "eid_der_next",
    "eid_questions_of", "eid_pin_begin",         "eid_card_prove",      "eid_sitting_run"
  };
  GModule *module = g_module_open (NULL, 0);
  gpointer symbol;

  g_assert_true (g_module_symbol (module, "eid_verify", &symbol));
  for (guint i = 0; i < G_N_ELEMENTS (inner); i++)
    g_assert_false (g_module_symbol (module, inner[i], &symbol));
  g_module_close (module);
}

/* A verdict of each kind has a word, and no two have the same. */
static void
test_words (void)
{
  const GType types[] = { EID_TYPE_VERDICT_KIND, EID_TYPE_SEVERITY,       EID_TYPE_FILE,
                          EID_TYPE_ERROR,        EID_TYPE_CARD_KIND,      EID_TYPE_OUTCOME,
                          EID_TYPE_STANDING,     EID_TYPE_REVOCATION_WAY, EID_TYPE_CAUSE };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GEnumClass *class = g_type_class_ref (types[i]);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint j = 0; j < class->n_values; j++)
        {
          g_assert_cmpstr (class->values[j].value_nick, !=, "");
          g_assert_true (g_hash_table_add (seen, (gpointer) class->values[j].value_nick));
          g_assert_cmpstr (eid_word (types[i], class->values[j].value),
                           ==,
                           class->values[j].value_nick);
        }
      g_type_class_unref (class);
    }
}

/* Verdicts weigh, and the worst of them decides. */
static void
test_weight (void)
{
  static const struct
  {
    EidVerdictKind kind;
    EidSeverity worst;
    EidOutcome outcome;
  } steps[] = {
    { EID_VERDICT_GENUINE, EID_SEVERITY_GOOD, EID_OUTCOME_GENUINE },
    { EID_VERDICT_ROOT_EXPIRED, EID_SEVERITY_CAUTION, EID_OUTCOME_GENUINE },
    { EID_VERDICT_REVOCATION_UNKNOWN, EID_SEVERITY_CAUTION, EID_OUTCOME_GENUINE },
    { EID_VERDICT_UNREADABLE, EID_SEVERITY_UNREADABLE, EID_OUTCOME_UNREADABLE },
    { EID_VERDICT_REVOKED, EID_SEVERITY_BAD, EID_OUTCOME_NOT_GENUINE },
    { EID_VERDICT_CARD_EXPIRED, EID_SEVERITY_BAD, EID_OUTCOME_NOT_GENUINE },
  };
  g_autoptr (EidReport) report = eid_report_new ();

  g_assert_cmpint (eid_report_get_outcome (report), ==, EID_OUTCOME_UNREADABLE);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      eid_report_add (report, steps[i].kind, EID_NO_FILE, "step %u", i);
      g_assert_cmpint (eid_report_get_worst (report), ==, steps[i].worst);
      g_assert_cmpint (eid_report_get_outcome (report), ==, steps[i].outcome);
      g_assert_cmpuint (eid_report_get_size (report), ==, i + 1);
    }
}

/* What ends a reading is a verdict where it is about a card or its reader. */
static void
test_failure (void)
{
  static const struct
  {
    EidError code;
    const char *word; /* NULL: no verdict */
  } failures[] = {
    { EID_ERROR_UNSUPPORTED_CARD, "unsupportedCard" },
    { EID_ERROR_CARD_REMOVED, "cardRemoved" },
    { EID_ERROR_READER_LOST, "readerLost" },
    { EID_ERROR_NO_CARD, NULL },
    { EID_ERROR_TIMED_OUT, NULL },
    { EID_ERROR_INVALID, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (EID_ERROR, (int) failures[i].code, "so");
      g_autoptr (EidReport) report = eid_report_new_of_failure (error);

      if (failures[i].word == NULL)
        {
          g_assert_null (report);
          continue;
        }
      g_assert_cmpuint (eid_report_get_size (report), ==, 1);
      g_assert_cmpint (eid_report_get_outcome (report), ==, EID_OUTCOME_UNREADABLE);
      g_assert_cmpstr (eid_word (EID_TYPE_VERDICT_KIND, (int) eid_report_get (report, 0)->kind),
                       ==,
                       failures[i].word);
      g_assert_cmpstr (eid_report_get (report, 0)->reason, ==, "so");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("The card library as another program has it.");
  g_test_add_func ("/eid/library/hidden", test_hidden);
  g_test_add_func ("/eid/library/words", test_words);
  g_test_add_func ("/eid/library/weight", test_weight);
  g_test_add_func ("/eid/library/failure", test_failure);
  return g_test_run ();
}
