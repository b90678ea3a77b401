/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What colleagues do between what a clerk sees and what a clerk asks for.
 */
#include "config.h"

#include "wired-seat.h"

#include <string.h>

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

/* What can be asked for at the stage that the clerk sees, and at the one that a colleague goes on to. */
static GuichetCommand *
withdrawal (WiredSeat *self)
{
  GuichetCommand *move = seat_move (self->reference, "withdrawn");

  move->text = g_strdup ("À sa demande");
  return move;
}

static void
move_on (WiredSeat *self)
{
  town_command (&town, "luc.lefebvre", self->reference, "move", ",\"to\":\"checking\"");
  town_command (&town,
                "luc.lefebvre",
                self->reference,
                "move",
                ",\"to\":\"documentsAwaited\",\"text\":\"Il manque une preuve\"");
}

static const GuichetHeld *
held_at (WiredSeat *self, guint at)
{
  return g_ptr_array_index (guichet_desk_get_held (self->seat.desk), at);
}

static void
assert_conflict (WiredSeat *self)
{
  const GuichetHeld *held = held_at (self, 0);

  g_assert_cmpuint (seat_held (&self->seat), ==, 1);
  g_assert_cmpint (held->command->kind, ==, GUICHET_COMMAND_MOVE);
  g_assert_cmpstr (held->problem, ==, "conflict");
  g_assert_cmpstr (held->changed_by, ==, "Luc Lefebvre");
  g_assert_cmpint (held->changed_kind, ==, GUICHET_EVENT_STAGE_MOVED);
  g_assert_cmpstr (held->command->text, ==, "À sa demande");
  g_assert_cmpuint (town_n_events (&town, self->reference, "stageMoved"), ==, 2);
}

static void
try_again (WiredSeat *self)
{
  g_autofree char *key = g_strdup (held_at (self, 0)->command->key);

  guichet_desk_retry_held (self->seat.desk, key);
  wait_until (town_n_events (&town, self->reference, "stageMoved") == 3);
  wait_until (seat_pending (&self->seat) == 0);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
}

static gboolean
is_up_to_date (WiredSeat *self)
{
  g_autoptr (GPtrArray) events = town_events (&town, self->reference);

  return seat_version (&self->seat, self->reference) >= events->len;
}

/* The act before it disturbs nobody, and hides nothing from the one that follows. */
static void
test_behind_another (WiredSeat *self, gconstpointer user_data)
{
  const gboolean opened = GPOINTER_TO_INT (user_data);
  g_autoptr (GuichetOpenRequest) open =
      opened ? seat_open_request (&self->seat, self->reference) : NULL;

  wired_seat_go_offline (self);
  wired_seat_type (self, seat_command (GUICHET_COMMAND_CLAIM, self->reference));
  wired_seat_type (self, withdrawal (self));
  move_on (self);
  wired_seat_go_online (self);
  wait_until (seat_held (&self->seat) == 1);
  g_assert_cmpuint (town_n_events (&town, self->reference, "claimed"), ==, 1);
  assert_conflict (self);
  wait_until (is_up_to_date (self));
  try_again (self);
}

/* What a clerk has seen by then is no conflict, whatever it is typed behind. */
static void
test_seen_meanwhile (WiredSeat *self, gconstpointer user_data)
{
  wire_break (self->wire, WIRE_CLOSED, "/commands", 0, NULL);
  wired_seat_type (self, seat_command (GUICHET_COMMAND_CLAIM, self->reference));
  wait_until (wire_caught (self->wire) > 0);
  move_on (self);
  wait_until (is_up_to_date (self));
  g_assert_cmpuint (seat_pending (&self->seat), ==, 1);
  wired_seat_type (self, withdrawal (self));
  wired_seat_go_online (self);
  wait_until (seat_pending (&self->seat) == 0);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  g_assert_cmpuint (town_n_events (&town, self->reference, "stageMoved"), ==, 3);
}

/* A sheet stands over the page; what a colleague does meanwhile shows behind it. */
static void
test_behind_a_sheet (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);
  const gint64 seen = guichet_desk_get_looked_at (self->seat.desk, self->reference);
  GuichetCommand *move = withdrawal (self);

  g_assert_cmpint (seen, ==, guichet_open_request_get_request (open)->version);
  move_on (self);
  wait_until (is_up_to_date (self));
  wait_until (g_str_equal (guichet_open_request_get_request (open)->stage, "documentsAwaited"));
  g_assert_cmpint (guichet_desk_get_looked_at (self->seat.desk, self->reference), >, seen);

  move->expected_version = seen;
  wired_seat_type (self, move);
  wait_until (seat_held (&self->seat) == 1);
  assert_conflict (self);
  try_again (self);
}

/* (nullable): the first letter, once it is sent. */
static const GuichetNotification *
sent_letter (GuichetOpenRequest *open)
{
  GPtrArray *letters = guichet_open_request_get_request (open)->notifications;
  const GuichetNotification *first = letters->len > 0 ? g_ptr_array_index (letters, 0) : NULL;

  return first != NULL && first->delivery == GUICHET_DELIVERY_SENT ? first : NULL;
}

/* What the refusal says to whoever may not have looked at the request since. */
static void
assert_nothing_personal (WiredSeat *self, const char *letter)
{
  g_autofree char *path = g_strconcat ("/v1/requests/", self->reference, "/commands", NULL);
  g_autofree char *body = g_strdup_printf ("{\"kind\":\"resendNotification\",\"expectedVersion\":1,"
                                           "\"notification\":\"%s\"}",
                                           letter);
  guint status = 0;
  g_autoptr (GBytes) answer = town_call (&town, "marie.dubois", "POST", path, body, &status);
  const gsize size = g_bytes_get_size (answer);

  g_assert_cmpuint (status, ==, 409);
  g_assert_nonnull (memmem (g_bytes_get_data (answer, NULL), size, "notificationQueued", 18));
  g_assert_null (memmem (g_bytes_get_data (answer, NULL), size, "@", 1));
  g_assert_null (memmem (g_bytes_get_data (answer, NULL), size, "bient", 5));
}

/* A colleague has had the person told something else: that is why, and not the step that it came with. */
static void
test_letter (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);
  GuichetCommand *resend = seat_command (GUICHET_COMMAND_RESEND_NOTIFICATION, self->reference);
  const GuichetHeld *held;
  g_autofree char *letter = NULL;

  wait_until (sent_letter (open) != NULL);
  letter = g_strdup (sent_letter (open)->id);
  resend->notification = g_strdup (letter);
  wired_seat_go_offline (self);
  wired_seat_type (self, resend);
  town_command (&town,
                "luc.lefebvre",
                self->reference,
                "move",
                ",\"to\":\"checking\",\"notify\":true,\"sentence\":\"À bientôt.\"");
  wired_seat_go_online (self);
  wait_until (seat_held (&self->seat) == 1);
  held = held_at (self, 0);
  g_assert_cmpstr (held->problem, ==, "conflict");
  g_assert_cmpstr (held->changed_by, ==, "Luc Lefebvre");
  g_assert_cmpint (held->changed_kind, ==, GUICHET_EVENT_NOTIFICATION_QUEUED);
  assert_nothing_personal (self, letter);
}

#define ADD(path, data, func) \
  g_test_add ("/meanwhile/" path, WiredSeat, GINT_TO_POINTER (data), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);

  ADD ("behind-another", FALSE, test_behind_another);
  ADD ("behind-another-opened", TRUE, test_behind_another);
  ADD ("seen-meanwhile", 0, test_seen_meanwhile);
  ADD ("behind-a-sheet", 0, test_behind_a_sheet);
  ADD ("letter", 0, test_letter);

  status = g_test_run ();
  town_close (&town);
  return status;
}
