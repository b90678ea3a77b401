/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bundle is a catalogue or an error that names a place; a catalogue's own bundle is the
 * same catalogue.
 */
#include "config.h"

#include "fuzz.h"
#include "guichet-catalogue.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

/* What a catalogue promised to hold can be asked of it. */
static void
ask (const GuichetCatalogue *catalogue, const GuichetProcedure *procedure)
{
  GuichetDay today = guichet_day_new (2026, 11, 24);

  g_assert_true (guichet_catalogue_find (catalogue, procedure->code) == procedure);
  g_assert_cmpuint (procedure->stages->len, >, 0);
  g_assert_nonnull (guichet_procedure_first_stage (procedure));
  g_assert_nonnull (guichet_localized_get (&procedure->names, GUICHET_LANGUAGE_DE));
  guichet_procedure_fee (procedure, today);
  g_assert_true (guichet_calendar_next_working (guichet_catalogue_calendar (catalogue), today) >=
                 today);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) text = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetCatalogue) catalogue = guichet_catalogue_from_bundle (text, &error);
  g_autoptr (GuichetCatalogue) again = NULL;
  GPtrArray *procedures;

  g_assert_true ((catalogue == NULL) == (error != NULL));
  if (catalogue == NULL)
    {
      g_assert_error (error, GUICHET_CATALOGUE_ERROR, GUICHET_CATALOGUE_ERROR_INVALID);
      g_assert_cmpuint (strlen (error->message), >, 0);
      return 0;
    }

  procedures = guichet_catalogue_procedures (catalogue);
  for (guint i = 0; i < procedures->len; i++)
    ask (catalogue, g_ptr_array_index (procedures, i));
  again = guichet_catalogue_from_bundle (guichet_catalogue_bundle (catalogue), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (guichet_catalogue_version (again), ==, guichet_catalogue_version (catalogue));
  return 0;
}
