/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When rights change, what was in a mirror leaves it, whatever else goes wrong then.
 */
#include "config.h"

#include "guichet-queue.h"
#include "wired-seat.h"

#include <glib/gstdio.h>

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

/* What luc.lefebvre could do before. */
static void
give_back (void)
{
  town_control (&town,
                "staff",
                "change",
                "luc.lefebvre",
                "--post",
                "civilStatus:clerk",
                "--post",
                "population:clerk",
                NULL);
}

static void
assert_gone (WiredSeat *self, const char *population, const char *civil)
{
  wait_until (seat_version (&self->seat, population) == 0);
  wait_until (seat_version (&self->seat, civil) > 0);
  wait_until (seat_is (&self->seat, GUICHET_DESK_ONLINE));
  /* Out of the file, not only out of the lists. */
  wait_until (!seat_mentions (&self->seat, "mirrors", population));
  g_assert_true (seat_mentions (&self->seat, "mirrors", civil));
  wait_until ((guichet_clerk_capabilities (guichet_desk_get_clerk (self->seat.desk),
                                           GUICHET_DEPARTMENT_POPULATION) &
               GUICHET_CAN_LIST) == 0);
}

static void
test_rights (WiredSeat *self, gconstpointer user_data)
{
  enum
  {
    AT_THE_DESK,
    OFFLINE,
    AWAY
  };
  g_autofree char *population = town_submit (&town, "luc.lefebvre", "POP-TST");
  g_autofree char *civil = town_submit (&town, "luc.lefebvre", "EC-TST");
  g_autoptr (GuichetOpenRequest) open = NULL;
  g_autoptr (GError) error = NULL;
  const int where = GPOINTER_TO_INT (user_data);

  wired_seat_sit_down (self, "luc.lefebvre");
  wait_until (seat_is_kept (&self->seat));
  wait_until (seat_version (&self->seat, population) > 0 && seat_version (&self->seat, civil) > 0);
  if (where == AT_THE_DESK)
    open = seat_open_request (&self->seat, population);
  if (where == OFFLINE)
    {
      wire_break (self->wire, WIRE_CLOSED, NULL, 0, NULL);
      wire_cut (self->wire);
      wait_until (seat_is (&self->seat, GUICHET_DESK_OFFLINE));
    }
  if (where == AWAY)
    seat_leave (&self->seat);

  town_control (&town, "staff", "change", "luc.lefebvre", "--post", "civilStatus:clerk", NULL);
  wire_mend (self->wire);
  if (where == AWAY)
    {
      seat_return (&self->seat);
      seat_resume (&self->seat, &error);
      g_assert_no_error (error);
    }
  assert_gone (self, population, civil);
  if (open != NULL)
    {
      wait_until (guichet_open_request_get_request (open) == NULL);
      wait_until (!guichet_open_request_get_loading (open));
      g_assert_error (guichet_open_request_get_error (open),
                      GUICHET_DESK_ERROR,
                      GUICHET_DESK_ERROR_GONE);
      g_clear_object (&open);
    }
  seat_leave (&self->seat);
  give_back ();
}

/* What the desk learns of its rights only at the second time of asking. */
static void
test_rights_late (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *population = town_submit (&town, "luc.lefebvre", "POP-TST");
  g_autofree char *civil = town_submit (&town, "luc.lefebvre", "EC-TST");

  wired_seat_sit_down (self, "luc.lefebvre");
  wait_until (seat_version (&self->seat, population) > 0 && seat_version (&self->seat, civil) > 0);
  wire_break (self->wire, WIRE_CLOSED, "/v1/me", 0, NULL);
  town_control (&town, "staff", "change", "luc.lefebvre", "--post", "civilStatus:clerk", NULL);
  wait_until (wire_caught (self->wire) > 0);
  wire_mend (self->wire);
  assert_gone (self, population, civil);

  /* They are changed again while the answer is under way. */
  wire_break (self->wire, WIRE_DRIP, "/v1/me", 2, NULL);
  town_control (&town, "staff", "change", "luc.lefebvre", "--post", "archives:clerk", NULL);
  wait_until (wire_caught (self->wire) > 0);
  give_back ();
  wait_until (seat_version (&self->seat, population) > 0 && seat_version (&self->seat, civil) > 0);
  wire_mend (self->wire);
  wait_until ((guichet_clerk_capabilities (guichet_desk_get_clerk (self->seat.desk),
                                           GUICHET_DEPARTMENT_POPULATION) &
               GUICHET_CAN_LIST) != 0);
}

/* The log says at each attempt why it failed. */
static void
ignore (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  g_test_message ("%s", message);
}

static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return g_strcmp0 (domain, "guichet-mirror") != 0;
}

/* Where the disk does not take the copy that is made anew, the clerk reads so, and it is tried again. */
static void
test_rights_no_room (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *population = town_submit (&town, "luc.lefebvre", "POP-TST");
  g_autofree char *civil = town_submit (&town, "luc.lefebvre", "EC-TST");
  g_autofree char *path = NULL;
  g_autofree char *mirrors = NULL;
  g_autofree char *away = NULL;
  g_autoptr (GuichetQueue) queue = NULL;
  g_autoptr (GuichetOpenRequest) open = NULL;
  guint handler;

  handler =
      g_log_set_handler ("guichet-mirror", G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL, ignore, NULL);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  wired_seat_sit_down (self, "luc.lefebvre");
  wait_until (seat_version (&self->seat, civil) > 0);
  queue = guichet_queue_new (self->seat.desk);
  path = seat_file (&self->seat, "mirrors");
  mirrors = g_path_get_dirname (path);
  away = g_strconcat (mirrors, "-away", NULL);
  g_assert_cmpint (g_rename (mirrors, away), ==, 0);
  g_assert_true (g_file_set_contents (mirrors, "", 0, NULL));

  town_control (&town, "staff", "change", "luc.lefebvre", "--post", "civilStatus:clerk", NULL);
  wait_until (guichet_queue_get_error (queue) != NULL);
  g_assert_error (guichet_queue_get_error (queue), GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_STORAGE);
  open = guichet_open_request_new (self->seat.desk, civil);
  wait_until (!guichet_open_request_get_loading (open));
  g_assert_error (guichet_open_request_get_error (open),
                  GUICHET_DESK_ERROR,
                  GUICHET_DESK_ERROR_STORAGE);

  g_assert_cmpint (g_remove (mirrors), ==, 0);
  /* The old copy comes back with the disk: nothing of it is shown. */
  g_assert_cmpint (g_rename (away, mirrors), ==, 0);
  wait_until (guichet_queue_get_error (queue) == NULL);
  g_assert_cmpint (seat_version (&self->seat, population), ==, 0);
  assert_gone (self, population, civil);
  g_assert_null (guichet_queue_get_error (queue));
  wait_until (guichet_open_request_get_request (open) != NULL);
  g_log_remove_handler ("guichet-mirror", handler);
  give_back ();
}

#define ADD(path, data, func) \
  g_test_add ("/rights/" path, WiredSeat, GINT_TO_POINTER (data), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);
  ADD ("at-the-desk", 0, test_rights);
  ADD ("offline", 1, test_rights);
  ADD ("away", 2, test_rights);
  ADD ("late", 0, test_rights_late);
  ADD ("no-room", 0, test_rights_no_room);
  status = g_test_run ();
  town_close (&town);
  return status;
}
