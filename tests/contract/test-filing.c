/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filing a request for a citizen: once, whatever happens on the way, and with all that is wrong
 * with it said at once.
 */
#include "config.h"

#include "guichet-filing.h"
#include "wired-seat.h"

static Town town;

static void
set_up (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_open (self, &town);
  wired_seat_sit_down (self, "marie.dubois");
}

static void
tear_down (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_close (self);
}

/* What a form sends; the key is the form's. */
static GuichetCommand *
submission (const char *procedure, const char *key, const char *email)
{
  GuichetCommand *command = guichet_command_new (GUICHET_COMMAND_SUBMIT);

  g_free (command->key);
  command->key = g_strdup (key);
  command->procedure = g_strdup (procedure);
  command->channel = GUICHET_CHANNEL_COUNTER;
  command->citizen = guichet_citizen_new ();
  command->citizen->family_name = g_strdup ("Peeters");
  command->citizen->level = GUICHET_LEVEL_COUNTER;
  command->answers = json_object_new ();
  json_object_set_string_member (command->answers, "familyName", "Peeters");
  json_object_set_string_member (command->answers, "email", email);
  return command;
}

static char *
file (WiredSeat *self, GuichetCommand *command, GPtrArray **ret_issues, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Reply reply = { 0 };

  guichet_desk_file_async (self->seat.desk, command, NULL, reply_cb, &reply);
  result = reply_wait (&reply);
  return guichet_desk_file_finish (self->seat.desk, result, ret_issues, error);
}

static gint64
n_requests (void)
{
  return town_count (&town, "SELECT count (*) FROM event WHERE kind = 'submitted'");
}

static void
assert_issue (GPtrArray *issues, const char *type, const char *name)
{
  for (guint i = 0; i < issues->len; i++)
    {
      const GuichetIssue *issue = g_ptr_array_index (issues, i);

      if (g_strcmp0 (issue->name, name) == 0)
        {
          g_assert_cmpstr (issue->type, ==, type);
          g_assert_cmpuint (strlen (issue->detail), >, 0);
          return;
        }
    }
  g_error ("nothing is said about %s", name);
}

/* It comes into the mirror by itself, and what is sent again with its key is not a second one. */
static void
test_filed (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GuichetCommand) command = submission ("POP-TST", key, "peeters@example.org");
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = file (self, command, &issues, &error);
  g_autofree char *same = NULL;
  const gint64 before = n_requests ();

  g_assert_no_error (error);
  g_assert_cmpuint (issues->len, ==, 0);
  wait_until (seat_version (&self->seat, reference) > 0);
  same = file (self, command, &again, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (same, ==, reference);
  g_assert_cmpint (n_requests (), ==, before);
}

/* The server did it, and nobody heard. */
static void
test_unheard (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GuichetCommand) command = submission ("POP-TST", key, "peeters@example.org");
  g_autoptr (GuichetCommand) other = submission ("POP-TST", key, "autre@example.org");
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = NULL;
  const gint64 before = n_requests ();

  wire_break (self->wire, WIRE_CUT, "/v1/requests", 0, NULL);
  g_assert_null (file (self, command, &issues, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
  g_assert_cmpuint (issues->len, ==, 0);
  g_clear_error (&error);
  g_clear_pointer (&issues, g_ptr_array_unref);
  wait_until (n_requests () == before + 1);

  wire_mend (self->wire);
  g_assert_null (file (self, other, &issues, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_FILED);
  g_clear_error (&error);
  g_clear_pointer (&issues, g_ptr_array_unref);
  reference = file (self, command, &issues, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reference);
  g_assert_cmpint (n_requests (), ==, before + 1);
}

static char *
try_command (GuichetFiling *filing,
             GuichetCommand *command,
             gboolean *ret_earlier,
             GPtrArray **ret_issues,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Reply reply = { 0 };

  guichet_filing_try_async (filing, command, NULL, reply_cb, &reply);
  g_assert_true (guichet_filing_is_unsure (filing));
  result = reply_wait (&reply);
  return guichet_filing_try_finish (filing, result, ret_earlier, ret_issues, error);
}

static char *
try_to_file (GuichetFiling *filing, const char *email, gboolean *ret_earlier, GError **error)
{
  g_autoptr (GuichetCommand) command =
      submission ("POP-TST", guichet_filing_get_key (filing), email);
  g_autoptr (GPtrArray) issues = NULL;

  return try_command (filing, command, ret_earlier, &issues, error);
}

static void
assert_unheard (GuichetFiling *filing, const char *email)
{
  g_autoptr (GError) error = NULL;
  gboolean earlier;

  g_assert_null (try_to_file (filing, email, &earlier, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
  g_assert_true (guichet_filing_is_unsure (filing));
}

/* Changed between the tries, of which any may have been the one that the server heard. */
static void
test_tries (WiredSeat *self, gconstpointer user_data)
{
  for (guint heard = 0; heard < 3; heard++)
    {
      g_autoptr (GuichetFiling) filing = guichet_filing_new (self->seat.desk);
      g_autoptr (GError) error = NULL;
      g_autofree char *reference = NULL;
      g_autofree char *again = NULL;
      const gint64 before = n_requests ();
      gboolean earlier;

      g_assert_false (guichet_filing_is_unsure (filing));
      for (guint i = 0; i < 3; i++)
        {
          g_autofree char *email = g_strdup_printf ("peeters%u@example.org", i);

          if (i == heard)
            wire_break (self->wire, WIRE_CUT, "/v1/requests", 0, NULL);
          else
            wire_break (self->wire, WIRE_CLOSED, NULL, 0, NULL);
          wire_cut (self->wire);
          assert_unheard (filing, email);
          wire_mend (self->wire);
          if (i == heard)
            wait_until (n_requests () == before + 1);
        }
      reference = try_to_file (filing, "autre@example.org", &earlier, &error);
      g_assert_no_error (error);
      g_assert_nonnull (reference);
      g_assert_true (earlier);
      again = try_to_file (filing, "peeters0@example.org", &earlier, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (again, ==, reference);
      g_assert_cmpint (earlier, ==, heard != 0);
      g_assert_cmpint (n_requests (), ==, before + 1);
    }
}

/* An error of the server's own is no refusal: it may have done it all the same. */
static void
test_failed (WiredSeat *self, gconstpointer user_data)
{
  static const char answer[] =
      "HTTP/1.1 500 Internal Server Error\r\n"
      "Content-Type: application/problem+json\r\nContent-Length: 60\r\n\r\n"
      "{\"type\":\"urn:problem-type:belgif:internalServerError\"}      ";
  g_autoptr (GuichetFiling) filing = guichet_filing_new (self->seat.desk);
  g_autoptr (GBytes) lie = g_bytes_new_static (answer, strlen (answer));
  g_autoptr (GuichetCommand) command =
      submission ("POP-TST", guichet_filing_get_key (filing), "peeters@example.org");
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = NULL;
  const gint64 before = n_requests ();
  gboolean earlier;

  wire_break (self->wire, WIRE_CUT, "/v1/requests", 0, NULL);
  g_assert_null (file (self, command, &issues, NULL));
  wait_until (n_requests () == before + 1);

  wire_break (self->wire, WIRE_LIES, "/v1/requests", 0, lie);
  g_assert_null (try_to_file (filing, "peeters@example.org", &earlier, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_FAILED);
  g_assert_true (guichet_filing_is_unsure (filing));
  g_clear_error (&error);
  wire_mend (self->wire);

  reference = try_to_file (filing, "autre@example.org", &earlier, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reference);
  g_assert_true (earlier);
  g_assert_cmpint (n_requests (), ==, before + 1);
}

/* What is wrong with a version in between is not wrong with the one of now. */
static void
test_faulty_between (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetFiling) filing = guichet_filing_new (self->seat.desk);
  g_autoptr (GuichetCommand) faulty =
      submission ("POP-TST", guichet_filing_get_key (filing), "peeters@example.org");
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = NULL;
  const gint64 before = n_requests ();
  gboolean earlier;

  wire_break (self->wire, WIRE_CUT, "/v1/requests", 0, NULL);
  assert_unheard (filing, "peeters@example.org");
  wait_until (n_requests () == before + 1);

  faulty->citizen->niss = g_strdup ("85073003329");
  wire_break (self->wire, WIRE_CLOSED, NULL, 0, NULL);
  wire_cut (self->wire);
  g_assert_null (try_command (filing, faulty, &earlier, &issues, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
  g_clear_error (&error);
  wire_mend (self->wire);

  reference = try_to_file (filing, "autre@example.org", &earlier, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reference);
  g_assert_true (earlier);
  g_assert_cmpint (n_requests (), ==, before + 1);
}

/* Once the server has said what is wrong with it, it is known that it was not filed. */
static void
test_answered (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetFiling) filing = guichet_filing_new (self->seat.desk);
  g_autoptr (GError) error = NULL;
  gboolean earlier;

  wire_break (self->wire, WIRE_CLOSED, NULL, 0, NULL);
  wire_cut (self->wire);
  assert_unheard (filing, "nowhere");
  wire_mend (self->wire);
  g_assert_null (try_to_file (filing, "nowhere", &earlier, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_REFUSED);
  g_assert_false (guichet_filing_is_unsure (filing));
}

/* Everything at once, each with its place; what was refused did not use up the key. */
static void
test_refused (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GuichetCommand) wrong = submission ("POP-TST", key, "nowhere");
  g_autoptr (GuichetCommand) right = submission ("POP-TST", key, "peeters@example.org");
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = NULL;

  json_object_set_string_member (wrong->answers, "shoeSize", "43");
  wrong->citizen->level = GUICHET_LEVEL_NONE;
  g_assert_null (file (self, wrong, &issues, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_REFUSED);
  g_assert_cmpuint (issues->len, ==, 3);
  assert_issue (issues, "invalidInput", "answers.email");
  assert_issue (issues, "unknownInput", "answers.shoeSize");
  assert_issue (issues, "rejectedInput", "citizen.level");
  g_clear_error (&error);
  reference = file (self, right, &none, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reference);
}

static void
test_not_allowed (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GuichetCommand) command = submission ("EC-TST", key, "peeters@example.org");
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (file (self, command, &issues, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_NOT_ALLOWED);
}

static void
test_offline (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GuichetCommand) command = submission ("POP-TST", key, "peeters@example.org");
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;

  wire_break (self->wire, WIRE_CLOSED, NULL, 0, NULL);
  wire_cut (self->wire);
  g_assert_null (file (self, command, &issues, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
  /* Nothing waits here to be sent later. */
  g_assert_cmpuint (seat_pending (&self->seat), ==, 0);
}

static void
test_signed_out (WiredSeat *self, gconstpointer user_data)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GuichetCommand) command = submission ("POP-TST", key, "peeters@example.org");
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (seat_sign_out (&self->seat, TRUE, NULL));
  g_assert_null (file (self, command, &issues, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SIGNED_OUT);
}

#define ADD(path, func) g_test_add ("/filing/" path, WiredSeat, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);

  ADD ("filed", test_filed);
  ADD ("unheard", test_unheard);
  ADD ("tries", test_tries);
  ADD ("failed", test_failed);
  ADD ("faulty-between", test_faulty_between);
  ADD ("answered", test_answered);
  ADD ("refused", test_refused);
  ADD ("not-allowed", test_not_allowed);
  ADD ("offline", test_offline);
  ADD ("signed-out", test_signed_out);

  status = g_test_run ();
  town_close (&town);
  return status;
}
