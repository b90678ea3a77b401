/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-decide.h"
#include "guichet-error-words.h"

/* Whatever the desk can answer has its own sentence, and none is the library's. */
static void
test_every_desk_error (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = GUICHET_DESK_ERROR_ADDRESS; code <= GUICHET_DESK_ERROR_FAILED; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (GUICHET_DESK_ERROR, code, "");
      g_autofree char *words = guichet_error_words (error);

      g_assert_true (g_str_has_suffix (words, "."));
      g_assert_true (g_hash_table_add (seen, g_steal_pointer (&words)));
    }
}

static void
test_message_for_a_person (void)
{
  g_autoptr (GError) error = g_error_new_literal (GUICHET_DESK_ERROR,
                                                  GUICHET_DESK_ERROR_REFUSED,
                                                  "Le document est illisible.");
  g_autofree char *words = guichet_error_words (error);

  g_assert_cmpstr (words, ==, "Le document est illisible.");
}

static void
test_library (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "EPIPE (32)");
  g_autofree char *words = guichet_error_words (error);

  g_assert_null (strstr (words, "EPIPE"));
}

/* Every refusal of core has a sentence of its own, and so has what else a command is given back for. */
static void
test_every_refusal (void)
{
  g_autoptr (GEnumClass) refusals = g_type_class_ref (GUICHET_TYPE_REFUSAL);
  static const char *const others[] = {
    "behind",          "noReceipt",        "afterUnknown",         "badRequest",
    "payloadTooLarge", "resourceNotFound", "idempotencyKeyReused", "internalServerError"
  };
  const char *unknown = guichet_error_words_problem ("somethingElse");

  for (guint i = 0; i < refusals->n_values; i++)
    g_assert_cmpstr (guichet_error_words_problem (refusals->values[i].value_nick), !=, unknown);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpstr (guichet_error_words_problem (others[i]), !=, unknown);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/error-words/every-desk-error", test_every_desk_error);
  g_test_add_func ("/app/error-words/message-for-a-person", test_message_for_a_person);
  g_test_add_func ("/app/error-words/library", test_library);
  g_test_add_func ("/app/error-words/every-refusal", test_every_refusal);
  return g_test_run ();
}
