/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A card at the counter: from the desk's calls to the line in the history.
 */
#include "config.h"

#include "wired-seat.h"

#include "guichet-challenge.h"
#include "guichet-desk-card.h"

#include <string.h>

static Town town;
static char *folder; /* of the card's files */
static GSubprocess *signer;
static GDataInputStream *answers;

/* A card whose keys are in another program. */
static void
make_card (void)
{
  g_autofree char *ready = NULL;
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("guichet-card-XXXXXX", &error);
  g_assert_no_error (error);
  signer = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                             &error,
                             "/usr/bin/python3",
                             "-W",
                             "ignore",
                             g_getenv ("CARD_SIGNER"),
                             folder,
                             NULL);
  g_assert_no_error (error);
  answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (signer));
  ready = g_data_input_stream_read_line (answers, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ready, ==, "ready");
}

/* What the holder's key signs, after the PIN. */
static GBytes *
sign (GBytes *challenge)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *hex = NULL;
  g_autoptr (GError) error = NULL;
  GByteArray *signature = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (challenge, &size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (line, "%02x", data[i]);
  g_string_append_c (line, '\n');
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (signer),
                             line->str,
                             line->len,
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
  hex = g_data_input_stream_read_line (answers, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; hex[i] != '\0'; i += 2)
    {
      guint8 byte =
          (guint8) (g_ascii_xdigit_value (hex[i]) * 16 + g_ascii_xdigit_value (hex[i + 1]));

      g_byte_array_append (signature, &byte, 1);
    }
  return g_byte_array_free_to_bytes (signature);
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

static GuichetCardContent *
new_content (void)
{
  static const char *const words[] = { "cardData",
                                       "identity",
                                       "identitySignature",
                                       "address",
                                       "photo",
                                       "addressSignature",
                                       "caCertificate",
                                       "basicKey",
                                       "rootCertificate",
                                       "registerCertificate",
                                       "authenticationCertificate",
                                       "signatureCertificate" };
  GuichetCardContent *content = guichet_card_content_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *path = g_build_filename (folder, words[i], NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      char *data;
      gsize size;

      g_file_get_contents (path, &data, &size, &error);
      g_assert_no_error (error);
      bytes = g_bytes_new_take (data, size);
      guichet_card_content_add_file (content, words[i], bytes);
    }
  return content;
}

static GuichetNonce *
ask_nonce (WiredSeat *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Reply reply = { 0 };

  guichet_desk_ask_nonce_async (self->seat.desk, self->reference, NULL, reply_cb, &reply);
  result = reply_wait (&reply);
  return guichet_desk_ask_nonce_finish (self->seat.desk, result, error);
}

/* As ask_nonce(), with an answer that is not the server's. @date: a header, or nothing */
static GuichetNonce *
hear_nonce (WiredSeat *self,
            const char *text,
            const char *expires,
            const char *date,
            GError **error)
{
  g_autofree char *body =
      g_strdup_printf ("{\"nonce\":\"%s\",\"town\":\"mons\",\"expires\":\"%s\"}", text, expires);
  g_autofree char *answer =
      g_strdup_printf ("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n%s"
                       "Content-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n\r\n%s",
                       date,
                       strlen (body),
                       body);
  g_autoptr (GBytes) lie = g_bytes_new (answer, strlen (answer));
  GuichetNonce *nonce;

  wire_break (self->wire, WIRE_LIES, "/identityChallenges", 0, lie);
  nonce = ask_nonce (self, error);
  wire_mend (self->wire);
  return nonce;
}

/* What cannot be part of a challenge is no nonce. */
static void
test_no_nonce (WiredSeat *self, gconstpointer user_data)
{
  static const char *const nonces[] = { "",
                                        "AA==",
                                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==" };

  for (guint i = 0; i < G_N_ELEMENTS (nonces); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hear_nonce (self, nonces[i], "2026-03-01T12:00:00Z", "", &error));
      g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
    }
}

/* How long it lasts is told from the server's clock; where that is not said, nobody waits on it. */
static void
test_nonce_lasts (WiredSeat *self, gconstpointer user_data)
{
  static const struct
  {
    const char *expires;
    const char *date;
    gboolean lasts;
  } cases[] = {
    { "2026-03-01T12:00:00Z", "Date: Sun, 01 Mar 2026 11:55:00 GMT\r\n", TRUE },
    { "2026-03-01T12:00:00Z", "Date: Sun, 01 Mar 2026 12:00:00 GMT\r\n", FALSE },
    { "2099-03-01T12:00:00Z", "", FALSE },
    { "2099-03-01T12:00:00Z", "Date: today\r\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GuichetNonce) nonce = hear_nonce (self,
                                                   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                                                   cases[i].expires,
                                                   cases[i].date,
                                                   &error);

      g_assert_no_error (error);
      g_assert_cmpint (guichet_nonce_lasts (nonce), ==, cases[i].lasts);
    }
}

static gboolean
check (WiredSeat *self,
       const GuichetNonce *nonce,
       const GuichetCardContent *content,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Reply reply = { 0 };

  guichet_desk_check_identity_async (self->seat.desk,
                                     self->reference,
                                     1,
                                     nonce,
                                     content,
                                     cancellable,
                                     reply_cb,
                                     &reply);
  result = reply_wait (&reply);
  return guichet_desk_check_identity_finish (self->seat.desk, result, error);
}

static const GuichetIdentityCheck *
find_check (GuichetOpenRequest *open)
{
  GPtrArray *events = guichet_open_request_get_events (open);

  for (guint i = 0; i < events->len; i++)
    {
      const GuichetEvent *event = g_ptr_array_index (events, i);

      if (event->kind == GUICHET_EVENT_IDENTITY_CHECKED)
        return event->check;
    }
  return NULL;
}

static void
test_recorded (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);
  g_autoptr (GuichetCardContent) content = new_content ();
  g_autoptr (GuichetCardContent) other = new_content ();
  g_autoptr (GBytes) signature = g_bytes_new_static ("123456789012345678901234567890123456789012345"
                                                     "67890123456789012345678901234567890"
                                                     "1234567890123456",
                                                     96);
  g_autoptr (GuichetNonce) nonce = NULL;
  g_autoptr (GError) error = NULL;

  nonce = ask_nonce (self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (nonce->nonce), ==, 32);
  g_assert_cmpuint (strlen (nonce->town), >, 0);
  g_assert_cmpuint (strlen (nonce->session), ==, 64);
  g_assert_true (guichet_nonce_lasts (nonce));

  /* An answer of nobody's key: the server finds that out, and says so in the history. */
  guichet_card_content_add_proof (content, "chip", "ecdsaSha384", signature);
  g_assert_true (check (self, nonce, content, NULL, &error));
  g_assert_no_error (error);
  wait_until (find_check (open) != NULL);
  g_assert_cmpint (find_check (open)->finding, ==, GUICHET_FINDING_NOT_TRUSTED);
  g_assert_cmpint (find_check (open)->method, ==, GUICHET_METHOD_CARD);
  g_assert_cmpint (find_check (open)->comparison, ==, GUICHET_AGREEMENT_ALIKE);
  g_assert_cmpuint (find_check (open)->files->len, ==, 12);

  /* Sent again it acts once; with another key the nonce is over. */
  g_assert_true (check (self, nonce, content, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (check (self, nonce, other, NULL, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_REFUSED);
  g_assert_cmpuint (town_n_events (&town, self->reference, "identityChecked"), ==, 1);
}

static void
test_refused (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetCardContent) content = guichet_card_content_new ();
  g_autoptr (GuichetNonce) nonce = NULL;
  g_autoptr (GError) error = NULL;

  nonce = ask_nonce (self, &error);
  g_assert_no_error (error);
  g_assert_false (check (self, nonce, content, NULL, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_REFUSED);
}

/* A nonce does not live long enough to wait: nothing is kept for later. */
static void
test_offline (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetCardContent) content = new_content ();
  g_autoptr (GuichetNonce) nonce = NULL;
  g_autoptr (GuichetNonce) none = NULL;
  g_autoptr (GError) error = NULL;

  nonce = ask_nonce (self, &error);
  g_assert_no_error (error);
  wire_break (self->wire, WIRE_CLOSED, NULL, 0, NULL);
  wire_cut (self->wire);
  wait_until (seat_is (&self->seat, GUICHET_DESK_OFFLINE));

  g_assert_false (check (self, nonce, content, NULL, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
  g_clear_error (&error);
  none = ask_nonce (self, &error);
  g_assert_null (none);
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
  g_assert_cmpuint (seat_pending (&self->seat), ==, 0);
  g_assert_cmpuint (town_n_events (&town, self->reference, "identityChecked"), ==, 0);
}

static void
test_cancelled (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetCardContent) content = new_content ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GuichetNonce) nonce = NULL;
  g_autoptr (GError) error = NULL;

  nonce = ask_nonce (self, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (check (self, nonce, content, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_signed_out (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetNonce) nonce = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (seat_sign_out (&self->seat, TRUE, &error));
  g_assert_no_error (error);
  nonce = ask_nonce (self, &error);
  g_assert_null (nonce);
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SIGNED_OUT);
}

static gboolean
sign_in (WiredSeat *self, gboolean with_pin, GError **error)
{
  g_autoptr (GuichetCardContent) content = new_content ();
  g_autoptr (GAsyncResult) asked = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GuichetNonce) nonce = NULL;
  Reply question = { 0 };
  Reply reply = { 0 };

  guichet_desk_ask_sign_in_nonce_async (self->seat.desk,
                                        wire_address (self->wire),
                                        NULL,
                                        reply_cb,
                                        &question);
  asked = reply_wait (&question);
  nonce = guichet_desk_ask_sign_in_nonce_finish (self->seat.desk, asked, error);
  if (nonce == NULL)
    return FALSE;
  g_assert_cmpuint (g_bytes_get_size (nonce->nonce), ==, 32);
  g_assert_null (nonce->session);
  if (with_pin)
    {
      g_autoptr (GBytes) challenge = guichet_challenge_for_sign_in (nonce->town, nonce->nonce);
      g_autoptr (GBytes) signature = sign (challenge);

      guichet_card_content_add_proof (content, "authentication", "ecdsaSha384", signature);
    }

  guichet_desk_sign_in_card_async (self->seat.desk,
                                   wire_address (self->wire),
                                   nonce,
                                   content,
                                   NULL,
                                   reply_cb,
                                   &reply);
  result = reply_wait (&reply);
  return guichet_desk_sign_in_finish (self->seat.desk, result, error);
}

/* A card without its PIN is refused as a wrong password is, and the desk is as it was. */
static void
test_sign_in_refused (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (seat_sign_out (&self->seat, TRUE, &error));
  g_assert_no_error (error);
  g_assert_false (sign_in (self, FALSE, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_CREDENTIALS);
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
}

/* Who it is, the server says. */
static void
test_signed_in (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (seat_sign_out (&self->seat, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (sign_in (self, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (guichet_desk_get_clerk (self->seat.desk)->login, ==, "luc.lefebvre");
}

/* Desk and server compose what is signed apart, and come to the same. */
static void
test_pin (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);
  g_autoptr (GuichetCardContent) content = new_content ();
  g_autoptr (GuichetNonce) nonce = NULL;
  g_autoptr (GBytes) challenge = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GError) error = NULL;

  nonce = ask_nonce (self, &error);
  g_assert_no_error (error);
  challenge =
      guichet_challenge_for_check (nonce->town, self->reference, nonce->session, nonce->nonce);
  signature = sign (challenge);
  guichet_card_content_add_proof (content, "authentication", "ecdsaSha384", signature);
  g_assert_true (check (self, nonce, content, NULL, &error));
  g_assert_no_error (error);
  wait_until (find_check (open) != NULL);
  g_assert_cmpint (find_check (open)->finding, ==, GUICHET_FINDING_VERIFIED_WITH_REMARK);
  g_assert_cmpint (find_check (open)->method, ==, GUICHET_METHOD_CARD_AND_PIN);
}

#define ADD(name, test) g_test_add ("/card/" name, WiredSeat, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  const char *remove[] = { "rm", "-rf", NULL, NULL };
  g_autofree char *extra = NULL;
  g_autofree char *number = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  make_card ();
  extra = g_strdup_printf ("[eid]\nroots=%s/root.der\nrevocation=false\n", folder);
  number = g_build_filename (folder, "number", NULL);
  g_assert_true (g_file_set_contents (number, "85073003328\n", -1, NULL));
  town.extra = extra;
  town_open (&town);
  town_control (&town, "staff", "bind-card", "luc.lefebvre", "--number-file", number, NULL);

  ADD ("recorded", test_recorded);
  ADD ("pin", test_pin);
  ADD ("no-nonce", test_no_nonce);
  ADD ("nonce-lasts", test_nonce_lasts);
  ADD ("refused", test_refused);
  ADD ("offline", test_offline);
  ADD ("cancelled", test_cancelled);
  ADD ("signed-out", test_signed_out);
  ADD ("sign-in-refused", test_sign_in_refused);
  ADD ("signed-in", test_signed_in);

  status = g_test_run ();
  town_close (&town);
  g_subprocess_force_exit (signer);
  g_clear_object (&answers);
  g_clear_object (&signer);
  remove[2] = folder;
  g_spawn_sync (NULL,
                (char **) remove,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                NULL,
                NULL,
                NULL,
                NULL);
  g_free (folder);
  return status;
}
