/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * guichetctl sample and check-catalogue.
 */
#define G_LOG_DOMAIN "guichetctl-sample"

#include "config.h"

#include "guichetctl.h"

#include <stdio.h>
#include <unistd.h>

#include "guichet-sample.h"
#include "guichetd-files.h"
#include "guichetd-staff-store.h"

#define DEFAULT_REQUESTS 2000
#define DEFAULT_SEED 2026
#define DEFAULT_DAYS 150

/* Hour at which the last day of a sample ends. */
#define EVENING 18

static gboolean
list_work (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GPtrArray **all = data;

  *all = guichetd_staff_store_list (db, error);
  return *all != NULL;
}

/* Clerks who are active, by login. */
static GPtrArray *
load_staff (GuichetctlOffice *office, GError **error)
{
  g_autoptr (GPtrArray) clerks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_clerk_unref);
  g_autoptr (GPtrArray) all = NULL;

  if (!guichetd_store_read (office->store, list_work, &all, error))
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      const GuichetdStaff *staff = g_ptr_array_index (all, i);

      if (staff->clerk->active)
        g_ptr_array_add (clerks, guichet_clerk_ref (staff->clerk));
    }
  if (clerks->len > 0)
    return g_steal_pointer (&clerks);

  g_set_error_literal (error,
                       GUICHETCTL_ERROR,
                       GUICHETCTL_ERROR_FAILED,
                       "nobody works here yet: add staff first, with guichetctl staff add");
  return NULL;
}

/* The end of the sample: the last full hour, so that the same seed makes the same for a while; or the evening
 * of a day, for ever. */
static gboolean
take_end (GuichetctlOffice *office, const char *until, gint64 *ret_end, GError **error)
{
  gint64 now = guichet_clock_now (office->clock);
  GuichetDay day = GUICHET_DAY_NONE;

  *ret_end = now - now % G_TIME_SPAN_HOUR;
  if (until == NULL)
    return TRUE;

  if (guichet_day_parse (until, &day))
    *ret_end = guichet_day_start (day, office->config->zone) + EVENING * G_TIME_SPAN_HOUR;
  if (day != GUICHET_DAY_NONE && *ret_end <= now)
    return TRUE;

  g_set_error (error,
               GUICHETCTL_ERROR,
               GUICHETCTL_ERROR_USAGE,
               "“%s” is no day that is over, such as 2026-11-24",
               until);
  return FALSE;
}

/* Sample data take the mail queue for their own, and tell it that all of it was sent: beside real
 * requests, what waits for their citizens would never leave. */
static gboolean
check_empty (GuichetctlOffice *office, GError **error)
{
  gint64 events;

  if (!guichetctl_office_open_store (office, error))
    return FALSE;
  events = guichetd_store_get_last (office->store);
  if (events == 0)
    return TRUE;

  g_set_error (error,
               GUICHETCTL_ERROR,
               GUICHETCTL_ERROR_FAILED,
               "the journal in %s has %" G_GINT64_FORMAT
               " events: sample requests go into an empty one only, never among those of citizens, "
               "whose mail would be taken for sent",
               office->config->data,
               events);
  return FALSE;
}

static void
show_progress (guint done, guint total, gpointer user_data)
{
  /* A line that writes over itself is for people only. */
  if (!isatty (STDERR_FILENO) || (done % 20 != 0 && done != total))
    return;
  fprintf (stderr, "\r%u of %u requests%s", done, total, done == total ? "\n" : "");
  fflush (stderr);
}

gboolean
guichetctl_sample (GuichetctlOffice *office, int argc, char **argv, GError **error)
{
  int requests = DEFAULT_REQUESTS;
  int seed = DEFAULT_SEED;
  int days = DEFAULT_DAYS;
  gboolean deposits = FALSE;
  g_autofree char *until = NULL;
  gint64 end;
  const GOptionEntry entries[] = {
    { "requests", 0, 0, G_OPTION_ARG_INT, &requests, NULL, NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, NULL, NULL },
    { "days", 0, 0, G_OPTION_ARG_INT, &days, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, NULL, NULL },
    { "deposits", 0, 0, G_OPTION_ARG_NONE, &deposits, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) staff = NULL;
  GuichetSampleOptions options = { 0 };

  if (!guichetctl_parse (argc, argv, entries, &words, error))
    return FALSE;
  if (words[0] != NULL || requests < 0 || days < 1)
    {
      g_set_error_literal (error,
                           GUICHETCTL_ERROR,
                           GUICHETCTL_ERROR_USAGE,
                           "the number of requests cannot be negative, and there must be a day at "
                           "least");
      return FALSE;
    }

  if (!take_end (office, until, &end, error))
    return FALSE;
  options = (GuichetSampleOptions){ (guint) requests, (guint32) seed, end, (guint) days, deposits };
  g_object_unref (office->clock);
  office->clock = guichet_clock_new_fixed (options.now);
  if (!check_empty (office, error) || !guichetctl_office_open_engine (office, error))
    return FALSE;
  staff = load_staff (office, error);
  return staff != NULL && guichet_sample_make (office->store,
                                               office->engine,
                                               office->clock,
                                               staff,
                                               office->config->zone,
                                               &options,
                                               show_progress,
                                               NULL,
                                               error);
}

gboolean
guichetctl_check_catalogue (GuichetctlOffice *office, int argc, char **argv, GError **error)
{
  g_autofree char *texts_folder = NULL;
  const GOptionEntry entries[] = {
    { "texts", 0, 0, G_OPTION_ARG_FILENAME, &texts_folder, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (GuichetCatalogue) catalogue = NULL;
  g_autoptr (GuichetTexts) texts = NULL;

  if (!guichetctl_parse (argc, argv, entries, &words, error))
    return FALSE;
  if (g_strv_length (words) != 1)
    {
      g_set_error_literal (error, GUICHETCTL_ERROR, GUICHETCTL_ERROR_USAGE, "which folder?");
      return FALSE;
    }

  catalogue = guichetd_files_read_catalogue (words[0], error);
  if (catalogue == NULL)
    return FALSE;
  if (texts_folder == NULL)
    {
      g_autofree char *beside = g_build_filename (words[0], "..", "texts", NULL);

      texts_folder = g_canonicalize_filename (beside, NULL);
    }
  texts = guichetd_files_read_texts (texts_folder, catalogue, error);
  if (texts == NULL)
    return FALSE;

  printf ("%u procedures and the texts that they name, nothing wrong\n",
          guichet_catalogue_procedures (catalogue)->len);
  return TRUE;
}
