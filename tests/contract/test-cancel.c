/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls that are given up, and a desk that goes with calls under way: each callback comes once, and
 * nothing is left behind.
 */
#include "config.h"

#include "wired-seat.h"

/* Turns of the main loop within which everything here comes to its end by itself. */
#define STAGES 30

static Town town;

static void
set_up (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_open (self, &town);
  wired_seat_submit (self, &town);
}

static void
tear_down (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_close (self);
}

/* One call of the desk: how it begins and how it ends. */
typedef struct
{
  const char *name;
  gboolean signed_in; /* beforehand */
  void (*begin) (WiredSeat *self, GCancellable *cancellable, Reply *reply);
  gboolean (*end) (WiredSeat *self, GAsyncResult *result, GError **error);
} Call;

static void
sign_in_as (WiredSeat *self, const char *login, GCancellable *cancellable, Reply *reply)
{
  guichet_desk_sign_in_async (self->seat.desk,
                              wire_address (self->wire),
                              login,
                              TOWN_PASSWORD,
                              cancellable,
                              reply_cb,
                              reply);
}

static void
begin_sign_in (WiredSeat *self, GCancellable *cancellable, Reply *reply)
{
  sign_in_as (self, "marie.dubois", cancellable, reply);
}

static gboolean
end_sign_in (WiredSeat *self, GAsyncResult *result, GError **error)
{
  return guichet_desk_sign_in_finish (self->seat.desk, result, error);
}

static void
begin_resume (WiredSeat *self, GCancellable *cancellable, Reply *reply)
{
  guichet_desk_resume_async (self->seat.desk, cancellable, reply_cb, reply);
}

static gboolean
end_resume (WiredSeat *self, GAsyncResult *result, GError **error)
{
  return guichet_desk_resume_finish (self->seat.desk, result, error);
}

static void
begin_sign_out (WiredSeat *self, GCancellable *cancellable, Reply *reply)
{
  guichet_desk_sign_out_async (self->seat.desk, TRUE, cancellable, reply_cb, reply);
}

static gboolean
end_sign_out (WiredSeat *self, GAsyncResult *result, GError **error)
{
  return guichet_desk_sign_out_finish (self->seat.desk, result, error);
}

static void
begin_submit (WiredSeat *self, GCancellable *cancellable, Reply *reply)
{
  g_autoptr (GuichetCommand) note = seat_note (self->reference, "Vu");

  guichet_desk_submit (self->seat.desk, note, cancellable, reply_cb, reply);
}

static gboolean
end_submit (WiredSeat *self, GAsyncResult *result, GError **error)
{
  return guichet_desk_submit_finish (self->seat.desk, result, error);
}

static void
begin_preview (WiredSeat *self, GCancellable *cancellable, Reply *reply)
{
  guichet_desk_preview_async (self->seat.desk,
                              self->reference,
                              "checking",
                              NULL,
                              NULL,
                              cancellable,
                              reply_cb,
                              reply);
}

static gboolean
end_preview (WiredSeat *self, GAsyncResult *result, GError **error)
{
  g_autofree char *address = NULL;
  g_autoptr (GuichetRendering) rendering =
      guichet_desk_preview_finish (self->seat.desk, result, &address, error);

  return rendering != NULL;
}

static void
begin_find_person (WiredSeat *self, GCancellable *cancellable, Reply *reply)
{
  guichet_desk_find_person_async (self->seat.desk, TOWN_NISS, cancellable, reply_cb, reply);
}

static gboolean
end_find_person (WiredSeat *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) lines = guichet_desk_find_person_finish (self->seat.desk, result, error);

  return lines != NULL;
}

static void
begin_fetch (WiredSeat *self, GCancellable *cancellable, Reply *reply)
{
  guichet_desk_fetch_document_async (self->seat.desk,
                                     self->reference,
                                     "no-such-document",
                                     cancellable,
                                     reply_cb,
                                     reply);
}

static gboolean
end_fetch (WiredSeat *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) bytes = guichet_desk_fetch_document_finish (self->seat.desk, result, error);

  return bytes != NULL;
}

static void
begin_file (WiredSeat *self, GCancellable *cancellable, Reply *reply)
{
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_SUBMIT);

  command->procedure = g_strdup ("POP-TST");
  command->channel = GUICHET_CHANNEL_COUNTER;
  command->citizen = guichet_citizen_new ();
  command->citizen->family_name = g_strdup ("Vandenbroucke");
  command->citizen->level = GUICHET_LEVEL_COUNTER;
  command->answers = json_object_new ();
  json_object_set_string_member (command->answers, "familyName", "Vandenbroucke");
  guichet_desk_file_async (self->seat.desk, command, cancellable, reply_cb, reply);
}

static gboolean
end_file (WiredSeat *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) issues = NULL;
  g_autofree char *reference = guichet_desk_file_finish (self->seat.desk, result, &issues, error);

  return reference != NULL;
}

static const Call calls[] = {
  { "sign-in", FALSE, begin_sign_in, end_sign_in },
  { "resume", FALSE, begin_resume, end_resume },
  { "sign-out", TRUE, begin_sign_out, end_sign_out },
  { "submit", TRUE, begin_submit, end_submit },
  { "preview", TRUE, begin_preview, end_preview },
  { "find-person", TRUE, begin_find_person, end_find_person },
  { "fetch-document", TRUE, begin_fetch, end_fetch },
  { "file", TRUE, begin_file, end_file },
};

static void
take_turns (guint turns)
{
  for (guint i = 0; i < turns; i++)
    town_wait_turn (G_MAXINT64, G_STRLOC, "");
}

static gboolean
is_in (WiredSeat *self)
{
  return !seat_is (&self->seat, GUICHET_DESK_SIGNED_OUT);
}

/* As the call wants it. */
static void
arrange (WiredSeat *self, const Call *call)
{
  if (call->signed_in && !is_in (self))
    seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  else if (!call->signed_in && is_in (self))
    seat_sign_out (&self->seat, TRUE, NULL);
}

static void
test_cancel (WiredSeat *self, gconstpointer user_data)
{
  const Call *call = user_data;

  for (guint stage = 0; stage < STAGES; stage++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      GAsyncResult *result;
      Reply reply = { 0 };
      gboolean fine;

      arrange (self, call);
      call->begin (self, cancellable, &reply);
      g_assert_cmpuint (reply.calls, ==, 0);
      take_turns (stage);
      g_cancellable_cancel (cancellable);
      result = reply_wait (&reply);
      fine = call->end (self, result, &error);
      g_assert_true (fine == (error == NULL));
      if (!call->signed_in)
        g_assert_true (fine == is_in (self));
      g_object_unref (result);
    }
  /* It can still do everything. */
  arrange (self, &calls[2]);
  g_free (seat_type (&self->seat, seat_note (self->reference, "Encore là")));
  wait_until (seat_pending (&self->seat) == 0);
}

/* Whoever began it hears that it was given up. */
static void
give_up_sign_in (WiredSeat *self, GCancellable *cancellable, Reply *reply)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  result = reply_wait (reply);
  g_assert_false (end_sign_in (self, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* With its files open already: they are closed again before anybody hears of it, since whoever
 * comes next opens the same ones. */
static void
test_cancel_late (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Reply reply = { 0 };

  wire_break (self->wire, WIRE_DEAF, "/v1/me", 0, NULL);
  begin_sign_in (self, cancellable, &reply);
  wait_until (wire_caught (self->wire) > 0);
  g_assert_cmpuint (seat_open_files (&self->seat), >, 0);
  give_up_sign_in (self, cancellable, &reply);
  g_assert_cmpuint (seat_open_files (&self->seat), ==, 0);
  wire_mend (self->wire);
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
}

static gint64
n_sessions (void)
{
  return town_count (&town, "SELECT count (*) FROM session WHERE login = 'sofia.peeters'");
}

/* The server makes a session whose token nobody waits for any more: it does not stay open. */
static void
test_given_up (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Reply reply = { 0 };

  wire_break (self->wire, WIRE_DRIP, "/v1/sessions", 3, NULL);
  sign_in_as (self, "sofia.peeters", cancellable, &reply);
  wait_until (n_sessions () == 1);
  g_assert_cmpuint (reply.calls, ==, 0);
  give_up_sign_in (self, cancellable, &reply);
  g_assert_true (seat_is (&self->seat, GUICHET_DESK_SIGNED_OUT));
  /* Who gave up does not wait for it, and may come in again meanwhile. */
  g_assert_cmpint (n_sessions (), ==, 1);
  seat_sign_in (&self->seat, town.address, "marie.dubois");
  wait_until (n_sessions () == 0);
}

/* Given up before the question was sent: it goes all the same, and as it was written. */
static void
test_given_up_at_once (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Reply reply = { 0 };

  wire_break (self->wire, WIRE_DRIP, "/v1/sessions", 3, NULL);
  sign_in_as (self, "sofia.peeters", cancellable, &reply);
  give_up_sign_in (self, cancellable, &reply);
  wait_until (n_sessions () == 1);
  wait_until (n_sessions () == 0);
}

/* The last reference of whoever began it is gone at once; the desk ends when its calls have. */
static void
test_drop (WiredSeat *self, gconstpointer user_data)
{
  const Call *call = user_data;

  for (guint stage = 0; stage < STAGES; stage += 3)
    {
      Reply reply = { 0 };

      arrange (self, call);
      call->begin (self, NULL, &reply);
      take_turns (stage);
      g_object_unref (self->seat.desk);
      wait_until (reply.calls == 1);
      g_clear_object (&reply.result);
      wait_until (self->seat.desk == NULL);
      seat_return (&self->seat);
    }
}

static void
test_drop_open_request (WiredSeat *self, gconstpointer user_data)
{
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  for (guint stage = 0; stage < STAGES; stage++)
    {
      GuichetOpenRequest *open = guichet_open_request_new (self->seat.desk, self->reference);

      g_object_add_weak_pointer (G_OBJECT (open), (gpointer *) &open);
      take_turns (stage);
      if (stage % 2 == 1)
        guichet_open_request_refresh (open);
      g_object_unref (open);
      wait_until (open == NULL);
    }
  /* Signing out takes away what is open, whatever it is doing. */
  for (guint stage = 0; stage < STAGES; stage += 5)
    {
      GuichetOpenRequest *open = guichet_open_request_new (self->seat.desk, self->reference);

      take_turns (stage);
      seat_sign_out (&self->seat, TRUE, NULL);
      g_assert_null (guichet_open_request_get_request (open));
      g_assert_false (guichet_open_request_get_loading (open));
      g_object_unref (open);
      seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
    }
}

/* With a wire that is silent, so that all that is under way stays so. */
static void
test_drop_under_way (WiredSeat *self, gconstpointer user_data)
{
  Reply reply = { 0 };

  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  wire_break (self->wire, WIRE_DEAF, NULL, 0, NULL);
  g_free (seat_type (&self->seat, seat_note (self->reference, "Vu")));
  guichet_desk_refresh (self->seat.desk);
  begin_preview (self, NULL, &reply);
  wait_until (wire_caught (self->wire) >= 2);
  seat_sign_out (&self->seat, TRUE, NULL);
  g_assert_true (seat_is (&self->seat, GUICHET_DESK_SIGNED_OUT));
  wire_cut (self->wire);
  wait_until (reply.calls == 1);
  g_clear_object (&reply.result);
}

/* Threads that write files, and have none left for anybody else. */
typedef struct
{
  GMutex lock;
  GCond changed;
  gboolean over;
  gint n_left;
} Crowd;

#define CROWD 64

static void
crowd_in (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Crowd *crowd = task_data;

  g_mutex_lock (&crowd->lock);
  while (!crowd->over)
    g_cond_wait (&crowd->changed, &crowd->lock);
  g_mutex_unlock (&crowd->lock);
  g_atomic_int_dec_and_test (&crowd->n_left);
}

static void
crowd_gather (Crowd *crowd)
{
  g_mutex_init (&crowd->lock);
  g_cond_init (&crowd->changed);
  crowd->n_left = CROWD;
  for (gint i = 0; i < CROWD; i++)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

      g_task_set_task_data (task, crowd, NULL);
      g_task_run_in_thread (task, crowd_in);
    }
}

static void
crowd_leave (Crowd *crowd)
{
  g_mutex_lock (&crowd->lock);
  crowd->over = TRUE;
  g_cond_broadcast (&crowd->changed);
  g_mutex_unlock (&crowd->lock);
  wait_until (g_atomic_int_get (&crowd->n_left) == 0);
}

/* However long it takes to write down who signed in, the desk does not end before. */
static void
test_drop_remembered (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (self->seat.folder, "desk.ini", NULL);
  Crowd crowd = { .over = FALSE };

  crowd_gather (&crowd);
  seat_sign_in (&self->seat, wire_address (self->wire), "marie.dubois");
  g_object_unref (self->seat.desk);
  take_turns (STAGES);
  g_assert_true (self->seat.desk != NULL || g_file_test (path, G_FILE_TEST_EXISTS));
  crowd_leave (&crowd);
  wait_until (self->seat.desk == NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *cancel = g_strconcat ("/cancel/", calls[i].name, NULL);
      g_autofree char *drop = g_strconcat ("/drop/", calls[i].name, NULL);

      g_test_add (cancel, WiredSeat, &calls[i], set_up, test_cancel, tear_down);
      g_test_add (drop, WiredSeat, &calls[i], set_up, test_drop, tear_down);
    }
  g_test_add ("/cancel/late", WiredSeat, NULL, set_up, test_cancel_late, tear_down);
  g_test_add ("/cancel/given-up", WiredSeat, NULL, set_up, test_given_up, tear_down);
  g_test_add ("/cancel/given-up-at-once",
              WiredSeat,
              NULL,
              set_up,
              test_given_up_at_once,
              tear_down);
  g_test_add ("/drop/open-request", WiredSeat, NULL, set_up, test_drop_open_request, tear_down);
  g_test_add ("/drop/remembered", WiredSeat, NULL, set_up, test_drop_remembered, tear_down);
  g_test_add ("/drop/under-way", WiredSeat, NULL, set_up, test_drop_under_way, tear_down);

  status = g_test_run ();
  town_close (&town);
  return status;
}
