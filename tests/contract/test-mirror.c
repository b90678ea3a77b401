/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desk's copy of its queue: how it comes, stays true and goes.
 */
#include "config.h"

#include "guichet-queue.h"
#include "spoil.h"
#include "wired-seat.h"

#include <glib/gstdio.h>

/* More than a page of changes. */
#define MANY 1650
/* What is not for everybody, not even for a supervisor. */
#define COUNT "SELECT count (*) FROM request WHERE procedure NOT LIKE '%-SEC'"

static Town town;

static void
set_up (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_open (self, &town);
}

static void
tear_down (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_close (self);
}

/* Coming */

typedef struct
{
  gint64 done;
  gint64 total;
  guint between; /* times that it was under way */
} Progress;

static void
progress_cb (GuichetDesk *desk, GParamSpec *pspec, Progress *progress)
{
  gint64 done;
  gint64 total;

  g_object_get (desk, "sync-done", &done, "sync-total", &total, NULL);
  g_assert_cmpint (done, >=, progress->done);
  progress->done = done;
  progress->total = total;
  if (done > 0 && done < total)
    {
      progress->between++;
      g_assert_cmpint (guichet_desk_get_state (desk), ==, GUICHET_DESK_SYNCHRONISING);
      g_assert_cmpint (guichet_desk_get_count (desk, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE),
                       ==,
                       -1);
    }
}

static void
arrived_cb (GuichetDesk *desk, const char *reference, GPtrArray *references)
{
  g_ptr_array_add (references, g_strdup (reference));
}

static void
test_first (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GPtrArray) arrived = g_ptr_array_new_with_free_func (g_free);
  Progress progress = { 0 };
  gint64 there;

  g_signal_connect (self->seat.desk, "notify::sync-done", G_CALLBACK (progress_cb), &progress);
  g_signal_connect (self->seat.desk, "arrived", G_CALLBACK (arrived_cb), arrived);
  wired_seat_sit_down (self, "anne.mercier");
  there = town_count (&town, COUNT);
  g_assert_cmpint (there, >, 1000);
  g_assert_cmpuint (progress.between, >, 0);
  g_assert_cmpint (progress.done, ==, there);
  g_assert_cmpint (progress.total, ==, there);
  g_assert_cmpint (seat_count (&self->seat, GUICHET_VIEW_ALL) +
                       seat_count (&self->seat, GUICHET_VIEW_CLOSED),
                   ==,
                   there);
  /* Nobody wants to hear of each of those. */
  g_assert_cmpuint (arrived->len, ==, 0);
  g_signal_handlers_disconnect_by_data (self->seat.desk, &progress);
  g_signal_handlers_disconnect_by_data (self->seat.desk, arrived);
}

/* The first page came, and then nothing for a while. */
static void
test_first_in_pieces (WiredSeat *self, gconstpointer user_data)
{
  gint64 done = 0;

  wire_break (self->wire, WIRE_CLOSED, "limit=1000 HTTP/1.1\r\n", 0, NULL);
  seat_sign_in (&self->seat, wire_address (self->wire), "anne.mercier");
  wait_until (wire_caught (self->wire) > 0);
  g_assert_true (seat_is (&self->seat, GUICHET_DESK_SYNCHRONISING) ||
                 seat_is (&self->seat, GUICHET_DESK_OFFLINE));
  /* The second page has another number. */
  wire_break (self->wire, WIRE_CUT, "/v1/changes?after=1", 2000, NULL);
  guichet_desk_refresh (self->seat.desk);
  wait_until ((g_object_get (self->seat.desk, "sync-done", &done, NULL), done > 0));
  wait_until (wire_caught (self->wire) > 0);
  wire_mend (self->wire);
  guichet_desk_refresh (self->seat.desk);
  wait_until (seat_is (&self->seat, GUICHET_DESK_ONLINE));
  g_assert_cmpint (seat_count (&self->seat, GUICHET_VIEW_ALL) +
                       seat_count (&self->seat, GUICHET_VIEW_CLOSED),
                   ==,
                   town_count (&town, COUNT));
}

static void
test_private (WiredSeat *self, gconstpointer user_data)
{
  static const char *const folders[] = { "", "mirrors", "outboxes" };
  g_autofree char *reference = town_submit (&town, "luc.lefebvre", "POP-TST");

  wired_seat_sit_down (self, "marie.dubois");
  g_assert_cmpint (seat_version (&self->seat, reference), >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (self->seat.folder, folders[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;
      GStatBuf is;

      g_assert_cmpint (g_stat (path, &is), ==, 0);
      g_assert_cmpuint (is.st_mode & 0777, ==, 0700);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *file = g_build_filename (path, name, NULL);

          g_assert_cmpint (g_stat (file, &is), ==, 0);
          if (S_ISREG (is.st_mode))
            g_assert_cmpuint (is.st_mode & 0777, ==, 0600);
        }
    }
  /* A queue line has no national number. */
  g_assert_true (seat_mentions (&self->seat, "mirrors", "Vandenbroucke"));
  g_assert_false (seat_mentions (&self->seat, "mirrors", TOWN_NISS));
}

/* Staying true */

static void
test_live (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GPtrArray) arrived = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *reference = NULL;
  g_autofree char *elsewhere = NULL;
  gint64 open;
  gint64 version;

  wired_seat_sit_down (self, "marie.dubois");
  g_signal_connect (self->seat.desk, "arrived", G_CALLBACK (arrived_cb), arrived);
  open = seat_count (&self->seat, GUICHET_VIEW_ALL);
  elsewhere = town_submit (&town, "luc.lefebvre", "EC-TST");
  reference = town_submit (&town, "luc.lefebvre", "POP-TST");
  wait_until (seat_count (&self->seat, GUICHET_VIEW_ALL) == open + 1);
  wait_until (arrived->len == 1);
  g_assert_cmpstr (g_ptr_array_index (arrived, 0), ==, reference);
  g_assert_cmpint (seat_version (&self->seat, elsewhere), ==, 0);

  version = seat_version (&self->seat, reference);
  town_command (&town, "luc.lefebvre", reference, "claim", NULL);
  wait_until (seat_version (&self->seat, reference) > version);
  town_command (&town, "anne.mercier", reference, "assign", ",\"to\":\"marie.dubois\"");
  wait_until (seat_count (&self->seat, GUICHET_VIEW_MINE) == 1);
  wait_until (arrived->len == 2);
  town_command (&town, "anne.mercier", reference, "move", ",\"to\":\"withdrawn\",\"text\":\"x\"");
  wait_until (seat_count (&self->seat, GUICHET_VIEW_MINE) == 0);
  g_assert_cmpint (seat_count (&self->seat, GUICHET_VIEW_ALL), ==, open);
  g_signal_handlers_disconnect_by_data (self->seat.desk, arrived);
}

static void
test_feed_cut (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *reference = NULL;

  wired_seat_sit_down (self, "marie.dubois");
  wire_break (self->wire, WIRE_CLOSED, NULL, 0, NULL);
  wire_cut (self->wire);
  wait_until (seat_is (&self->seat, GUICHET_DESK_OFFLINE));
  reference = town_submit (&town, "luc.lefebvre", "POP-TST");
  g_assert_cmpint (seat_version (&self->seat, reference), ==, 0);
  /* Nobody has to ask. */
  wire_mend (self->wire);
  wait_until (seat_is (&self->seat, GUICHET_DESK_ONLINE));
  wait_until (seat_version (&self->seat, reference) > 0);
}

static void
test_server_restarted (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *before = town_submit (&town, "luc.lefebvre", "POP-TST");
  g_autofree char *after = NULL;
  gint64 since = 0;

  wired_seat_sit_down (self, "marie.dubois");
  wait_until (seat_version (&self->seat, before) > 0);
  town_stop (&town);
  wait_until (seat_is (&self->seat, GUICHET_DESK_OFFLINE));
  g_object_get (self->seat.desk, "offline-since", &since, NULL);
  g_assert_cmpint (since, >, 0);
  g_assert_cmpint (seat_version (&self->seat, before), >, 0);
  town_start (&town);
  town_command (&town, "luc.lefebvre", before, "move", ",\"to\":\"withdrawn\",\"text\":\"x\"");
  after = town_submit (&town, "luc.lefebvre", "POP-TST");
  wait_until (seat_version (&self->seat, after) > 0);
  wait_until (seat_is (&self->seat, GUICHET_DESK_ONLINE));
  g_object_get (self->seat.desk, "offline-since", &since, NULL);
  g_assert_cmpint (since, ==, 0);
}

/* Only what changed while the program was closed comes. */
static void
test_program_restarted (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *reference = NULL;
  g_autoptr (GError) error = NULL;
  gint64 there;

  wired_seat_sit_down (self, "marie.dubois");
  wait_until (seat_is_kept (&self->seat));
  there = seat_count (&self->seat, GUICHET_VIEW_ALL);
  seat_leave (&self->seat);
  reference = town_submit (&town, "luc.lefebvre", "POP-TST");

  seat_return (&self->seat);
  seat_resume (&self->seat, &error);
  g_assert_no_error (error);
  g_assert_cmpint (seat_count (&self->seat, GUICHET_VIEW_ALL), ==, there);
  wait_until (seat_count (&self->seat, GUICHET_VIEW_ALL) == there + 1);
  g_assert_cmpint (seat_version (&self->seat, reference), >, 0);
}

/* A copy that turns out to be broken when its lists are read, even without the server. */
static void
test_damaged (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetQueue) queue = NULL;
  g_autofree char *path = NULL;
  g_autofree char *log = NULL;
  g_autoptr (GError) error = NULL;
  gint64 there;

  wired_seat_sit_down (self, "marie.dubois");
  wait_until (seat_is_kept (&self->seat));
  there = seat_count (&self->seat, GUICHET_VIEW_ALL);
  g_assert_cmpint (there, >, 0);
  path = seat_file (&self->seat, "mirrors");
  log = g_strconcat (path, "-wal", NULL);
  seat_leave (&self->seat);
  /* The threads close the file after the desk is gone. */
  wait_until (!g_file_test (log, G_FILE_TEST_EXISTS));
  spoil_database (path, SPOIL_BUT_OPENING);

  wire_break (self->wire, WIRE_CLOSED, NULL, 0, NULL);
  seat_return (&self->seat);
  seat_resume (&self->seat, &error);
  g_assert_no_error (error);
  queue = guichet_queue_new (self->seat.desk);
  guichet_queue_set_view (queue, GUICHET_VIEW_ALL, GUICHET_DEPARTMENT_NONE);
  wait_until (seat_count (&self->seat, GUICHET_VIEW_ALL) == -1);
  g_assert_null (guichet_queue_get_error (queue));

  wire_mend (self->wire);
  wait_until (seat_is (&self->seat, GUICHET_DESK_ONLINE));
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (queue)) == there);
  g_assert_null (guichet_queue_get_error (queue));
}

/* Another journal */

/* Data of yesterday in the place of today's, with the sessions of both. */
static void
test_shorter_journal (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *kept = town_submit (&town, "luc.lefebvre", "POP-TST");
  g_autofree char *lost = NULL;

  wired_seat_sit_down (self, "marie.dubois");
  wait_until (seat_version (&self->seat, kept) > 0);
  town_stop (&town);
  town_set_aside (&town);
  town_start (&town);
  lost = town_submit (&town, "luc.lefebvre", "POP-TST");
  wait_until (seat_version (&self->seat, lost) > 0);
  town_stop (&town);
  town_put_back (&town);
  town_start (&town);

  wait_until (seat_version (&self->seat, lost) == 0 && seat_version (&self->seat, kept) > 0);
  wait_until (seat_is (&self->seat, GUICHET_DESK_ONLINE));
  wait_until (!seat_mentions (&self->seat, "mirrors", lost));
}

/* What the server had taken, and then lost with its disk, is sent again. */
static void
test_command_lost (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *reference = town_submit (&town, "luc.lefebvre", "POP-TST");
  g_autofree char *key = NULL;

  wired_seat_sit_down (self, "marie.dubois");
  wait_until (seat_version (&self->seat, reference) > 0);
  town_stop (&town);
  town_set_aside (&town);
  town_start (&town);
  g_free (town_submit (&town, "luc.lefebvre", "POP-TST"));
  wait_until (seat_is (&self->seat, GUICHET_DESK_ONLINE));
  wire_break (self->wire, WIRE_CLOSED, "/v1/changes", 0, NULL);
  key = seat_type (&self->seat, seat_note (reference, "Vu"));
  wait_until (town_n_events (&town, reference, "noteWritten") == 1);
  town_stop (&town);
  town_put_back (&town);
  town_start (&town);
  g_assert_cmpuint (town_n_events (&town, reference, "noteWritten"), ==, 0);

  wire_mend (self->wire);
  guichet_desk_refresh (self->seat.desk);
  wait_until (seat_pending (&self->seat) == 0);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  g_assert_cmpuint (town_n_events (&town, reference, "noteWritten"), ==, 1);
}

static void
test_restored (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *folder = g_build_filename (town.folder, "backup", NULL);
  g_autofree char *kept = town_submit (&town, "luc.lefebvre", "POP-TST");
  g_autofree char *lost = NULL;

  wired_seat_sit_down (self, "marie.dubois");
  town_control (&town, "backup", folder, NULL);
  lost = town_submit (&town, "luc.lefebvre", "POP-TST");
  wait_until (seat_version (&self->seat, lost) > 0);
  town_stop (&town);
  town_control (&town, "restore", folder, NULL);
  g_hash_table_remove_all (town.tokens);
  town_start (&town);

  /* Nobody is signed in to what is no longer there. */
  wait_until (seat_is (&self->seat, GUICHET_DESK_SIGNED_OUT));
  wired_seat_sit_down (self, "marie.dubois");
  g_assert_cmpint (seat_version (&self->seat, kept), >, 0);
  g_assert_cmpint (seat_version (&self->seat, lost), ==, 0);
  g_assert_false (seat_mentions (&self->seat, "mirrors", lost));
}

static void
test_purged (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *reference = town_submit (&town, "luc.lefebvre", "POP-TST");
  g_autoptr (GuichetOpenRequest) open = NULL;

  town_command (&town, "luc.lefebvre", reference, "note", ",\"text\":\"Voir Solvejg\"");
  wired_seat_sit_down (self, "marie.dubois");
  open = seat_open_request (&self->seat, reference);
  g_assert_nonnull (guichet_open_request_get_request (open));
  g_assert_true (seat_mentions (&self->seat, "mirrors", reference));
  g_assert_true (seat_mentions (&self->seat, "mirrors", "Solvejg"));
  /* The desk knows it without asking again. */
  wire_break (self->wire, WIRE_DEAF, reference, 0, NULL);
  town_control (&town, "purge", reference, "--reason", "Demande de la personne", NULL);
  wait_until (seat_version (&self->seat, reference) == 0);
  wait_until (guichet_open_request_get_request (open) == NULL);
  /* Nor is it in any file of the desk. */
  wait_until (!seat_mentions (&self->seat, "mirrors", reference));
  wait_until (!seat_mentions (&self->seat, "mirrors", "Solvejg"));
}

/* What the server said before the purge arrives after it. */
static void
test_purged_while_read (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *reference = town_submit (&town, "luc.lefebvre", "POP-TST");
  g_autofree char *events = g_strdup_printf ("%s/events", reference);
  g_autoptr (GuichetOpenRequest) open = NULL;

  town_command (&town, "luc.lefebvre", reference, "note", ",\"text\":\"Voir Solvejg\"");
  wired_seat_sit_down (self, "marie.dubois");
  wire_break (self->wire, WIRE_DRIP, events, 5, NULL);
  open = guichet_open_request_new (self->seat.desk, reference);
  wait_until (wire_caught (self->wire) > 0);
  town_control (&town, "purge", reference, "--reason", "Demande de la personne", NULL);
  wait_until (seat_version (&self->seat, reference) == 0);
  g_assert_null (guichet_open_request_get_request (open));
  wait_until (!guichet_open_request_get_loading (open));
  wire_mend (self->wire);

  g_assert_null (guichet_open_request_get_request (open));
  g_assert_error (guichet_open_request_get_error (open),
                  GUICHET_DESK_ERROR,
                  GUICHET_DESK_ERROR_GONE);
  wait_until (!seat_mentions (&self->seat, "mirrors", reference));
  g_assert_false (seat_mentions (&self->seat, "mirrors", "Solvejg"));
}

#define ADD(path, data, func) \
  g_test_add ("/mirror/" path, WiredSeat, GINT_TO_POINTER (data), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *many = g_strdup_printf ("%d", MANY);
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);
  town_stop (&town);
  town_control (&town, "sample", "--requests", many, "--seed", "1", "--deposits", NULL);
  town_start (&town);

  ADD ("first", 0, test_first);
  ADD ("first-in-pieces", 0, test_first_in_pieces);
  ADD ("private", 0, test_private);
  ADD ("live", 0, test_live);
  ADD ("feed-cut", 0, test_feed_cut);
  ADD ("server-restarted", 0, test_server_restarted);
  ADD ("program-restarted", 0, test_program_restarted);
  ADD ("damaged", 0, test_damaged);
  ADD ("shorter-journal", 0, test_shorter_journal);
  ADD ("command-lost", 0, test_command_lost);
  ADD ("restored", 0, test_restored);
  ADD ("purged", 0, test_purged);
  ADD ("purged-while-read", 0, test_purged_while_read);

  status = g_test_run ();
  town_close (&town);
  return status;
}
