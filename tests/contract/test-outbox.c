/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a clerk does, on its way to the server.
 */
#include "config.h"

#include "wired-seat.h"

#include <string.h>

#define QUICK_ROUNDS 25
#define CUT_ROUNDS 6

static Town town;

static char *
submit (WiredSeat *self)
{
  char *reference = town_submit (&town, "luc.lefebvre", "POP-TST");

  wait_until (seat_version (&self->seat, reference) > 0);
  return reference;
}

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
command (WiredSeat *self, GuichetCommandKind kind)
{
  return seat_command (kind, self->reference);
}

static void
wait_done (WiredSeat *self)
{
  wait_until (seat_pending (&self->seat) == 0);
}

/* What clerks did to a request, without what became of the mails. */
static void
assert_history (const char *reference, const char *expected)
{
  g_autoptr (GPtrArray) kinds = town_events (&town, reference);
  g_autoptr (GString) history = g_string_new (NULL);

  for (guint i = 0; i < kinds->len; i++)
    {
      const char *kind = g_ptr_array_index (kinds, i);

      if (g_str_has_prefix (kind, "notification"))
        continue;
      g_string_append_printf (history, "%s%s", i > 0 ? " " : "", kind);
    }
  g_assert_cmpstr (history->str, ==, expected);
}

static void
assert_texts (const char *reference, const char *expected)
{
  g_autoptr (GPtrArray) texts = town_texts (&town, reference);
  g_autofree char *joined = NULL;

  g_ptr_array_add (texts, NULL);
  joined = g_strjoinv (" ", (char **) texts->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

/* Every kind */

/* The first notification of a request, once its fate is known. */
static char *
wait_notification (WiredSeat *self)
{
  g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);
  const GuichetNotification *notification;

  wait_until (guichet_open_request_get_request (open)->notifications->len > 0 &&
              ((const GuichetNotification *)
                   g_ptr_array_index (guichet_open_request_get_request (open)->notifications, 0))
                      ->delivery == GUICHET_DELIVERY_SENT);
  notification = g_ptr_array_index (guichet_open_request_get_request (open)->notifications, 0);
  return g_strdup (notification->id);
}

static void
test_every_kind (WiredSeat *self, gconstpointer user_data)
{
  GuichetCommand *move = seat_move (self->reference, "checking");
  GuichetCommand *block = command (self, GUICHET_COMMAND_BLOCK);
  GuichetCommand *resend = command (self, GUICHET_COMMAND_RESEND_NOTIFICATION);
  guint queued;

  move->notify = TRUE;
  move->sentence = g_strdup ("À bientôt.");
  block->blocker = GUICHET_BLOCKER_POLICE;
  block->text = g_strdup ("Enquête de résidence");
  wired_seat_type (self, command (self, GUICHET_COMMAND_CLAIM));
  wired_seat_type (self, move);
  wired_seat_type (self, block);
  wired_seat_type (self, command (self, GUICHET_COMMAND_UNBLOCK));
  wired_seat_type (self, seat_note (self->reference, "Vu"));
  wired_seat_type (self, seat_attach (self->reference));
  wait_done (self);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);

  resend->notification = wait_notification (self);
  queued = town_n_events (&town, self->reference, "notificationQueued");
  wired_seat_type (self, resend);
  wired_seat_type (self, command (self, GUICHET_COMMAND_RELEASE));
  wait_done (self);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  g_assert_cmpuint (town_n_events (&town, self->reference, "notificationQueued"), ==, queued + 1);
  assert_history (self->reference,
                  "submitted claimed stageMoved blocked unblocked noteWritten documentAttached "
                  "released");
}

static void
test_assign (WiredSeat *self, gconstpointer user_data)
{
  GuichetCommand *assign = command (self, GUICHET_COMMAND_ASSIGN);
  g_autoptr (GuichetOpenRequest) open = NULL;
  Seat anne;

  assign->to = g_strdup ("marie.dubois");
  seat_open (&anne);
  seat_sit_down (&anne, town.address, "anne.mercier");
  g_free (seat_type (&anne, assign));
  wait_until (seat_pending (&anne) == 0);
  seat_close (&anne);

  /* Its new clerk sees it without asking. */
  wait_until (seat_count (&self->seat, GUICHET_VIEW_MINE) == 1);
  open = seat_open_request (&self->seat, self->reference);
  g_assert_cmpstr (guichet_open_request_get_request (open)->assignee, ==, "marie.dubois");
  wired_seat_type (self, command (self, GUICHET_COMMAND_RELEASE));
  wait_done (self);
}

/* Pending */

static guint
count_events (GuichetOpenRequest *open, GuichetEventKind kind)
{
  GPtrArray *events = guichet_open_request_get_events (open);
  guint n = 0;

  for (guint i = 0; i < events->len; i++)
    n += ((const GuichetEvent *) g_ptr_array_index (events, i))->kind == kind ? 1 : 0;
  return n;
}

static void
test_until_confirmed (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);

  wire_break (self->wire, WIRE_CLOSED, "/v1/changes", 0, NULL);
  wired_seat_type (self, seat_note (self->reference, "Vu"));
  wait_until (town_n_events (&town, self->reference, "noteWritten") == 1);
  wait_until (wire_caught (self->wire) > 0);
  g_assert_cmpuint (seat_pending (&self->seat), ==, 1);
  g_assert_cmpuint (guichet_open_request_get_pending (open)->len, ==, 1);

  wired_seat_go_online (self);
  wait_done (self);
  wait_until (guichet_open_request_get_pending (open)->len == 0);
  /* It went from pending to history, and was never nowhere. */
  g_assert_cmpuint (count_events (open, GUICHET_EVENT_NOTE_WRITTEN), ==, 1);
}

static void
test_outage (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *other = submit (self);

  wired_seat_go_offline (self);
  wired_seat_type (self, seat_note (self->reference, "un"));
  wired_seat_type (self, seat_note (other, "eins"));
  wired_seat_type (self, seat_note (self->reference, "deux"));
  wired_seat_type (self, seat_note (other, "zwei"));
  wired_seat_type (self, seat_note (self->reference, "trois"));
  g_assert_cmpuint (seat_pending (&self->seat), ==, 5);
  wired_seat_go_online (self);
  wait_done (self);
  assert_texts (self->reference, "un deux trois");
  assert_texts (other, "eins zwei");
}

static void
test_restart (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean keyring = FALSE;

  wait_until ((g_object_get (self->seat.desk, "keyring", &keyring, NULL), keyring));
  wired_seat_go_offline (self);
  wired_seat_type (self, seat_note (self->reference, "un"));
  wired_seat_type (self, command (self, GUICHET_COMMAND_CLAIM));
  wired_seat_type (self, seat_note (self->reference, "deux"));
  seat_leave (&self->seat);

  seat_return (&self->seat);
  seat_resume (&self->seat, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (seat_pending (&self->seat), ==, 3);
  /* What is typed now is typed behind them. */
  wired_seat_type (self, seat_note (self->reference, "trois"));
  wired_seat_go_online (self);
  wait_done (self);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  assert_texts (self->reference, "un deux trois");
  assert_history (self->reference, "submitted noteWritten claimed noteWritten noteWritten");
}

/* Answers that are lost */

static void
test_answer_lost (WiredSeat *self, gconstpointer user_data)
{
  wire_break (self->wire, WIRE_CUT, "/commands", 0, NULL);
  wired_seat_type (self, command (self, GUICHET_COMMAND_CLAIM));
  wired_seat_type (self, seat_note (self->reference, "un"));
  wait_until (wire_swallowed (self->wire) > 0);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  wired_seat_go_online (self);
  wait_done (self);
  assert_history (self->reference, "submitted claimed noteWritten");
}

static void
test_answer_cut_anywhere (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < CUT_ROUNDS; i++)
    {
      g_autofree char *text = g_strdup_printf ("note-%u", i);

      wire_break (self->wire, WIRE_CUT, "/commands", (guint) g_test_rand_int_range (0, 600), NULL);
      wired_seat_type (self, seat_note (self->reference, text));
      wait_until (wire_caught (self->wire) > 0);
      wait_until (town_n_events (&town, self->reference, "noteWritten") == i + 1);
      wired_seat_go_online (self);
      wait_done (self);
      g_string_append_printf (expected, "%s%s", i > 0 ? " " : "", text);
    }
  assert_texts (self->reference, expected->str);
}

/* The server committed, and was gone before it said so. */
static void
test_killed_after_commit (WiredSeat *self, gconstpointer user_data)
{
  wire_break (self->wire, WIRE_DUMB, "/commands", 0, NULL);
  wired_seat_type (self, command (self, GUICHET_COMMAND_CLAIM));
  wired_seat_type (self, seat_note (self->reference, "un"));
  wait_until (wire_swallowed (self->wire) > 0);
  town_kill (&town);
  wire_mend (self->wire);
  wait_until (seat_is (&self->seat, GUICHET_DESK_OFFLINE));
  g_assert_cmpuint (seat_pending (&self->seat), ==, 2);
  town_start (&town);
  wired_seat_go_online (self);
  wait_done (self);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  assert_history (self->reference, "submitted claimed noteWritten");
}

/* What is given back */

static const GuichetHeld *
held_at (WiredSeat *self, guint at)
{
  return g_ptr_array_index (guichet_desk_get_held (self->seat.desk), at);
}

/* Somebody takes and gives back what a clerk without a network claims. */
static void
provoke_conflict (WiredSeat *self)
{
  wired_seat_go_offline (self);
  wired_seat_type (self, command (self, GUICHET_COMMAND_CLAIM));
  wired_seat_type (self, seat_note (self->reference, "un"));
  wired_seat_type (self, seat_note (self->reference, "deux"));
  town_command (&town, "luc.lefebvre", self->reference, "claim", NULL);
  town_command (&town, "luc.lefebvre", self->reference, "release", NULL);
  wired_seat_go_online (self);
  wait_until (seat_held (&self->seat) == 3);
}

static void
test_conflict (WiredSeat *self, gconstpointer user_data)
{
  provoke_conflict (self);
  g_assert_cmpuint (seat_pending (&self->seat), ==, 0);
  g_assert_cmpint (held_at (self, 0)->command->kind, ==, GUICHET_COMMAND_CLAIM);
  g_assert_cmpstr (held_at (self, 0)->problem, ==, "conflict");
  g_assert_cmpstr (held_at (self, 0)->changed_by, ==, "Luc Lefebvre");
  g_assert_true (held_at (self, 0)->changed_kind == GUICHET_EVENT_CLAIMED ||
                 held_at (self, 0)->changed_kind == GUICHET_EVENT_RELEASED);
  g_assert_cmpint (held_at (self, 0)->changed_at, >=, held_at (self, 0)->typed_at);
  for (guint i = 1; i < 3; i++)
    {
      g_assert_cmpint (held_at (self, i)->command->kind, ==, GUICHET_COMMAND_NOTE);
      g_assert_cmpstr (held_at (self, i)->problem, ==, "behind");
    }
  g_assert_cmpstr (held_at (self, 1)->command->text, ==, "un");
  g_assert_cmpstr (held_at (self, 2)->command->text, ==, "deux");
  assert_history (self->reference, "submitted claimed released");
}

static gboolean
is_up_to_date (WiredSeat *self)
{
  g_autoptr (GPtrArray) events = town_events (&town, self->reference);

  return seat_version (&self->seat, self->reference) >= events->len;
}

static void
test_typed_again (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *key = NULL;

  provoke_conflict (self);
  wait_until (is_up_to_date (self));
  key = g_strdup (held_at (self, 0)->command->key);
  guichet_desk_retry_held (self->seat.desk, key);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  wait_until (town_n_events (&town, self->reference, "noteWritten") == 2);
  wait_done (self);
  assert_history (self->reference, "submitted claimed released claimed noteWritten noteWritten");
  assert_texts (self->reference, "un deux");
}

/* Only what stands behind a note, and without what it stood behind. */
static void
test_typed_again_in_part (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *key = NULL;

  provoke_conflict (self);
  key = g_strdup (held_at (self, 1)->command->key);
  guichet_desk_retry_held (self->seat.desk, key);
  g_assert_cmpuint (seat_held (&self->seat), ==, 1);
  wait_until (town_n_events (&town, self->reference, "noteWritten") == 2);
  wait_done (self);
  assert_texts (self->reference, "un deux");
  g_assert_cmpint (held_at (self, 0)->command->kind, ==, GUICHET_COMMAND_CLAIM);
}

static void
test_dropped (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  provoke_conflict (self);
  key = g_strdup (held_at (self, 0)->command->key);
  guichet_desk_discard_held (self->seat.desk, key);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  assert_history (self->reference, "submitted claimed released");
  /* Nothing is left that signing out would ask about, nor on the disk. */
  seat_sign_out (&self->seat, FALSE, &error);
  g_assert_no_error (error);
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  g_assert_cmpuint (seat_pending (&self->seat), ==, 0);
}

static void
test_held_survives (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  provoke_conflict (self);
  g_assert_false (seat_sign_out (&self->seat, FALSE, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNSENT);
  g_assert_cmpuint (guichet_desk_get_n_unsent (self->seat.desk), ==, 0);
  seat_leave (&self->seat);
  seat_return (&self->seat);
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  g_assert_cmpuint (seat_held (&self->seat), ==, 3);
  g_assert_cmpuint (seat_pending (&self->seat), ==, 0);
  g_assert_cmpstr (held_at (self, 0)->problem, ==, "conflict");
  g_assert_cmpstr (held_at (self, 0)->changed_by, ==, "Luc Lefebvre");
  g_assert_cmpstr (held_at (self, 2)->command->text, ==, "deux");
  /* New things can be typed all the while. */
  wired_seat_type (self, seat_note (self->reference, "trois"));
  wait_done (self);
  assert_texts (self->reference, "trois");
}

/* The rules say no, not somebody else. */
static void
test_refused (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *other = submit (self);

  wired_seat_type (self, seat_move (self->reference, "delivered"));
  wired_seat_type (self, seat_note (self->reference, "un"));
  wired_seat_type (self, seat_note (other, "eins"));
  wait_until (seat_held (&self->seat) == 2);
  wait_done (self);
  g_assert_cmpstr (held_at (self, 0)->problem, !=, "conflict");
  g_assert_null (held_at (self, 0)->changed_by);
  g_assert_cmpstr (held_at (self, 1)->problem, ==, "behind");
  assert_history (self->reference, "submitted");
  assert_texts (other, "eins");
}

static void
test_gone (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_go_offline (self);
  wired_seat_type (self, seat_note (self->reference, "un"));
  town_control (&town, "purge", self->reference, "--reason", "Demande de la personne", NULL);
  wired_seat_go_online (self);
  wait_until (seat_held (&self->seat) == 1);
  wait_until (seat_version (&self->seat, self->reference) == 0);
}

static void
test_not_typed (WiredSeat *self, gconstpointer user_data)
{
  static const struct
  {
    const char *reference;
    gboolean signed_in;
    GuichetDeskError code;
  } cases[] = {
    { "26-ZZZZ-ZZZZ", TRUE, GUICHET_DESK_ERROR_GONE },
    { "26-ZZZZ-ZZZZ", FALSE, GUICHET_DESK_ERROR_SIGNED_OUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GuichetCommand) note = seat_note (cases[i].reference, "un");
      g_autoptr (GError) error = NULL;
      GAsyncResult *result;
      Reply reply = { 0 };

      if (!cases[i].signed_in)
        seat_sign_out (&self->seat, FALSE, NULL);
      guichet_desk_submit (self->seat.desk, note, NULL, reply_cb, &reply);
      result = reply_wait (&reply);
      g_assert_false (guichet_desk_submit_finish (self->seat.desk, result, &error));
      g_assert_error (error, GUICHET_DESK_ERROR, (int) cases[i].code);
      g_object_unref (result);
    }
}

/* A document that the server would never take is not put into the outbox to begin with. */
static void
test_too_large (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetCommand) document = seat_attach (self->reference);
  char *large = g_malloc0 (10 * 1024 * 1024);
  g_autoptr (GError) error = NULL;
  GAsyncResult *result;
  Reply reply = { 0 };

  memcpy (large, SEAT_PDF, sizeof SEAT_PDF);
  g_bytes_unref (document->document);
  document->document = g_bytes_new_take (large, 10 * 1024 * 1024);
  guichet_desk_submit (self->seat.desk, document, NULL, reply_cb, &reply);
  result = reply_wait (&reply);
  g_assert_false (guichet_desk_submit_finish (self->seat.desk, result, &error));
  g_object_unref (result);
  g_assert_nonnull (error);
  g_assert_cmpuint (seat_pending (&self->seat), ==, 0);
  wired_seat_type (self, seat_note (self->reference, "un"));
  wait_done (self);
}

/* Quickly */

/* As many turns of the main loop as chance wants: the next act comes before, between and after
 * answer, mail and feed. */
static void
pause_by_chance (void)
{
  for (int turns = g_test_rand_int_range (0, 12); turns > 0; turns--)
    town_wait_turn (G_MAXINT64, G_STRLOC, "");
}

static void
give (WiredSeat *self, GuichetCommand *command, Reply *reply)
{
  guichet_desk_submit (self->seat.desk, command, NULL, reply_cb, reply);
  guichet_command_unref (command);
}

static void
test_quickly (WiredSeat *self, gconstpointer user_data)
{
  const gboolean opened = GPOINTER_TO_INT (user_data);

  for (guint i = 0; i < QUICK_ROUNDS; i++)
    {
      g_autofree char *reference = submit (self);
      g_autoptr (GuichetOpenRequest) open =
          opened ? seat_open_request (&self->seat, reference) : NULL;
      GuichetCommand *move = seat_move (reference, "checking");
      Reply replies[3] = { 0 };

      move->notify = TRUE;
      give (self, seat_command (GUICHET_COMMAND_CLAIM, reference), &replies[0]);
      pause_by_chance ();
      give (self, move, &replies[1]);
      pause_by_chance ();
      move = seat_move (reference, "documentsAwaited");
      move->text = g_strdup ("Il manque une preuve");
      give (self, move, &replies[2]);
      for (guint j = 0; j < G_N_ELEMENTS (replies); j++)
        g_object_unref (reply_wait (&replies[j]));
      wait_done (self);
      if (seat_held (&self->seat) > 0)
        g_error ("round %u: %s", i, held_at (self, 0)->problem);
      assert_history (reference, "submitted claimed stageMoved stageMoved");
    }
}

#define ADD(path, data, func) \
  g_test_add ("/outbox/" path, WiredSeat, GINT_TO_POINTER (data), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);

  ADD ("every-kind", 0, test_every_kind);
  ADD ("assign", 0, test_assign);
  ADD ("until-confirmed", 0, test_until_confirmed);
  ADD ("outage", 0, test_outage);
  ADD ("restart", 0, test_restart);
  ADD ("answer-lost", 0, test_answer_lost);
  ADD ("answer-cut-anywhere", 0, test_answer_cut_anywhere);
  ADD ("killed-after-commit", 0, test_killed_after_commit);
  ADD ("conflict", 0, test_conflict);
  ADD ("typed-again", 0, test_typed_again);
  ADD ("typed-again-in-part", 0, test_typed_again_in_part);
  ADD ("dropped", 0, test_dropped);
  ADD ("held-survives", 0, test_held_survives);
  ADD ("refused", 0, test_refused);
  ADD ("gone", 0, test_gone);
  ADD ("not-typed", 0, test_not_typed);
  ADD ("too-large", 0, test_too_large);
  ADD ("quickly", FALSE, test_quickly);
  ADD ("quickly-opened", TRUE, test_quickly);

  status = g_test_run ();
  town_close (&town);
  return status;
}
