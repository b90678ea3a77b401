/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first synchronisation of a desk, as the desk does it; then its steps one by one on the same
 * pages, and the same lines read out of SQLite.
 *
 *   bench-sync ADDRESS LOGIN FOLDER <PASSWORD
 */
#define G_LOG_DOMAIN "bench-sync"

#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-json-reader.h"
#include "guichet-mirror-writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSWORD_MAX 200

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static double
seconds_since (gint64 begun)
{
  return (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
}

static void
sign_in (GuichetDesk *desk, const char *address, const char *login)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char password[PASSWORD_MAX] = "";

  if (fgets (password, sizeof password, stdin) == NULL)
    g_error ("no password on standard input");
  password[strcspn (password, "\n")] = '\0';
  guichet_desk_sign_in_async (desk, address, login, password, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  guichet_desk_sign_in_finish (desk, result, &error);
  g_assert_no_error (error);
}

static void
synchronise (GuichetDesk *desk)
{
  while (guichet_desk_get_state (desk) == GUICHET_DESK_SYNCHRONISING)
    g_main_context_iteration (NULL, TRUE);
}

static GBytes *
fetch (GuichetApi *api, gint64 after)
{
  g_autofree char *path =
      g_strdup_printf ("/v1/changes?after=%" G_GINT64_FORMAT "&limit=1000", after);
  const GuichetCall call = { .method = "GET", .path = path, .answer_max = GUICHET_CHANGES_MAX };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  guichet_api_send_async (api, &call, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  answer = guichet_api_send_finish (api, result, NULL, &error);
  g_assert_no_error (error);
  return g_bytes_ref (answer->body);
}

/* Each page on its own: fetched, read, written; the last one makes the indexes. */
static void
take_steps (GuichetApi *api, const char *path, const char *login)
{
  g_autoptr (GuichetChangeLog) log = guichet_change_log_new ();
  g_autoptr (GuichetMirrorState) state = NULL;
  g_autoptr (GError) error = NULL;
  GuichetMirrorWriter *writer = guichet_mirror_writer_open (path, login, 1, log, &state, &error);
  const GuichetJsonLimits limits = { GUICHET_CHANGES_MAX, 16 };
  double fetching = 0;
  double reading = 0;
  double writing = 0;
  double finishing = 0;
  gint64 last = 0;

  g_assert_no_error (error);
  for (gboolean more = TRUE; more;)
    {
      gint64 begun = g_get_monotonic_time ();
      g_autoptr (GBytes) page = fetch (api, last);
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (GuichetApplied) applied = NULL;
      double parsed;

      fetching += seconds_since (begun);
      begun = g_get_monotonic_time ();
      root = guichet_json_parse (page, &limits, NULL);
      parsed = seconds_since (begun);
      begun = g_get_monotonic_time ();
      applied = guichet_mirror_writer_apply (writer, page, &error);
      g_assert_no_error (error);
      reading += parsed;
      *(applied->more ? &writing : &finishing) += seconds_since (begun) - parsed;
      more = applied->more;
      last = applied->last;
    }
  guichet_mirror_writer_close (writer);
  g_print ("fetching %.3f\nparsing %.3f\nwriting %.3f\nindexing %.3f\n",
           fetching,
           reading,
           writing,
           finishing);
}

static void
read_lines (const char *path)
{
  const gint64 begun = g_get_monotonic_time ();
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  guint n = 0;
  gsize length = 0;

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (handle, "SELECT * FROM lines", -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (handle));
  for (; sqlite3_step (statement) == SQLITE_ROW; n++)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      {
        const char *text = (const char *) sqlite3_column_text (statement, i);

        length += text != NULL ? strlen (text) : 0;
      }
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  g_assert_cmpuint (length, >, n);
  g_print ("lines %u\nsqlite %.3f\n", n, seconds_since (begun));
}

int
main (int argc, char **argv)
{
  g_autoptr (GuichetClock) clock = guichet_clock_new ();
  g_autoptr (GuichetDesk) desk = NULL;
  g_autofree char *path = NULL;
  gint64 begun;

  if (argc != 4)
    g_error ("bench-sync ADDRESS LOGIN FOLDER <PASSWORD");
  desk = guichet_desk_new (clock, argv[3]);
  sign_in (desk, argv[1], argv[2]);
  begun = g_get_monotonic_time ();
  synchronise (desk);
  g_print ("all %.3f\n", seconds_since (begun));
  path = g_build_filename (argv[3], "steps.db", NULL);
  take_steps (desk->api, path, argv[2]);
  read_lines (path);
  return EXIT_SUCCESS;
}
