/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked and was so already: the server has nothing to do, and the desk nothing to wait for.
 */
#include "config.h"

#include "wired-seat.h"

#include <string.h>

/* As often as the outbox bears an error of the server's own. */
#define FAILURES 5

static Town town;

static void
set_up (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_begin (self, &town);
}

static void
tear_down (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_close (self);
}

static GuichetCommand *
claim (WiredSeat *self)
{
  return seat_command (GUICHET_COMMAND_CLAIM, self->reference);
}

/* Nothing is on its way nor given back, and what is typed next gets through. */
static void
assert_through (WiredSeat *self)
{
  const guint before = town_n_events (&town, self->reference, "noteWritten");

  wait_until (seat_pending (&self->seat) == 0);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  wired_seat_type (self, seat_note (self->reference, "Vu"));
  wait_until (seat_pending (&self->seat) == 0);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  g_assert_cmpuint (town_n_events (&town, self->reference, "noteWritten"), ==, before + 1);
}

static void
test_claimed_twice (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_type (self, claim (self));
  wired_seat_type (self, claim (self));
  assert_through (self);
  g_assert_cmpuint (town_n_events (&town, self->reference, "claimed"), ==, 1);
}

static void
test_attached_twice (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_type (self, seat_attach (self->reference));
  wait_until (seat_pending (&self->seat) == 0);
  wired_seat_type (self, seat_attach (self->reference));
  assert_through (self);
  g_assert_cmpuint (town_n_events (&town, self->reference, "documentAttached"), ==, 1);
}

static gboolean
is_mine (WiredSeat *self)
{
  g_autoptr (GuichetLine) line = guichet_desk_find_line (self->seat.desk, self->reference);

  return g_strcmp0 (line->assignee, "marie.dubois") == 0;
}

/* Given back, fulfilled by somebody else meanwhile, and asked for again. */
static void
test_asked_again (WiredSeat *self, gconstpointer user_data)
{
  const GuichetHeld *held;
  g_autofree char *key = NULL;

  wired_seat_go_offline (self);
  wired_seat_type (self, claim (self));
  town_command (&town, "luc.lefebvre", self->reference, "claim", NULL);
  wired_seat_go_online (self);
  wait_until (seat_held (&self->seat) == 1);
  town_command (&town, "anne.mercier", self->reference, "assign", ",\"to\":\"marie.dubois\"");
  wait_until (is_mine (self));

  held = g_ptr_array_index (guichet_desk_get_held (self->seat.desk), 0);
  key = g_strdup (held->command->key);
  guichet_desk_retry_held (self->seat.desk, key);
  assert_through (self);
  g_assert_cmpuint (town_n_events (&town, self->reference, "claimed"), ==, 1);
}

/* The same clerk, who sits at two desks. */
static void
test_moved_elsewhere (WiredSeat *self, gconstpointer user_data)
{
  Seat other;

  wired_seat_go_offline (self);
  wired_seat_type (self, seat_move (self->reference, "checking"));
  seat_open (&other);
  seat_sit_down (&other, town.address, "marie.dubois");
  g_free (seat_type (&other, seat_command (GUICHET_COMMAND_CLAIM, self->reference)));
  g_free (seat_type (&other, seat_move (self->reference, "checking")));
  wait_until (seat_pending (&other) == 0);
  seat_close (&other);

  wired_seat_go_online (self);
  assert_through (self);
  g_assert_cmpuint (town_n_events (&town, self->reference, "stageMoved"), ==, 1);
}

static void
change_posts (const char *post)
{
  town_control (&town, "staff", "change", "marie.dubois", "--post", post, NULL);
}

/* Done, but the answer is lost, and when the desk asks again nothing of the request is its clerk's to see. */
static void
test_rights_gone (WiredSeat *self, gconstpointer user_data)
{
  wire_break (self->wire, WIRE_DUMB, "/commands", 0, NULL);
  wired_seat_type (self, seat_note (self->reference, "Fait"));
  wait_until (wire_swallowed (self->wire) > 0);
  g_assert_cmpuint (town_n_events (&town, self->reference, "noteWritten"), ==, 1);

  change_posts ("civilStatus:officer");
  wait_until (seat_version (&self->seat, self->reference) == 0);
  wired_seat_go_online (self);
  wait_until (seat_pending (&self->seat) == 0);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  g_assert_cmpuint (town_n_events (&town, self->reference, "noteWritten"), ==, 1);
  change_posts ("population:officer");
}

/* Of a server that has an error of its own. */
static void
test_no_receipt (WiredSeat *self, gconstpointer user_data)
{
  const char *body = user_data;
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                             "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                             strlen (body),
                                             body);
  g_autoptr (GBytes) lie = g_bytes_new (answer, strlen (answer));
  g_autofree char *other = town_submit (&town, "luc.lefebvre", "POP-TST");
  const GuichetHeld *held;

  wait_until (seat_version (&self->seat, other) > 0);
  wire_break (self->wire, WIRE_LIES, "/commands", 0, lie);
  wired_seat_type (self, claim (self));
  for (guint i = 1; i < FAILURES; i++)
    {
      wait_until (wire_caught (self->wire) >= i);
      g_assert_cmpuint (seat_held (&self->seat), ==, 0);
      guichet_desk_refresh (self->seat.desk);
    }
  wait_until (seat_held (&self->seat) == 1);
  held = g_ptr_array_index (guichet_desk_get_held (self->seat.desk), 0);
  g_assert_cmpstr (held->problem, ==, "noReceipt");

  wire_mend (self->wire);
  wired_seat_type (self, seat_note (other, "Vu"));
  wait_until (seat_pending (&self->seat) == 0);
  g_assert_cmpuint (town_n_events (&town, other, "noteWritten"), ==, 1);
}

#define ADD(path, data, func) \
  g_test_add ("/already/" path, WiredSeat, (gpointer) (data), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);

  ADD ("claimed-twice", NULL, test_claimed_twice);
  ADD ("attached-twice", NULL, test_attached_twice);
  ADD ("asked-again", NULL, test_asked_again);
  ADD ("moved-elsewhere", NULL, test_moved_elsewhere);
  ADD ("rights-gone", NULL, test_rights_gone);
  ADD ("no-receipt/empty", "{}", test_no_receipt);
  ADD ("no-receipt/wrong", "{\"version\":\"x\",\"event\":[]}", test_no_receipt);

  status = g_test_run ();
  town_close (&town);
  return status;
}
