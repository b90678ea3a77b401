/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages as bytes, into a maildir, and to a real SMTP server.
 */
#include "config.h"

#include <glib/gstdio.h>

#include "guichet-form.h"
#include "guichetd-maildir.h"
#include "guichetd-message.h"
#include "guichetd-smtp.h"

/* 2026-11-24T10:00:00Z */
#define NOON_IN_TOWN (G_GINT64_CONSTANT (1795514400) * G_USEC_PER_SEC)

static char *certificate;
static char *key;

static const GuichetRendering rendering = {
  .subject = (char *) "Votre demande avance : acte de décès n° 7",
  .text = (char *) "Madame, Monsieur,\n\nVotre demande est en cours de traitement.\n",
  .html = (char *) "<html lang=\"fr\"><body><p>Votre demande est en cours.</p></body></html>",
  .language = GUICHET_LANGUAGE_FR,
};

static GBytes *
compose (const char *to)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Brussels");
  g_autoptr (GError) error = NULL;
  const GuichetdEnvelope envelope = {
    .from = "no-reply-e-guichet@mons.be",
    .from_name = "E-guichet de la Ville de Mons",
    .to = to,
    .message_id = "0f8fad5b-d9cb-469f-a165-70867728950e@mons.be",
    .instant = NOON_IN_TOWN,
  };
  GBytes *message = guichetd_message_compose (&envelope, &rendering, zone, &error);

  g_assert_no_error (error);
  return message;
}

static char *
text_of (GBytes *message)
{
  return g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message));
}

static void
test_message_headers (void)
{
  g_autoptr (GBytes) message = compose ("marie.dupont@example.be");
  g_autofree char *text = text_of (message);
  static const char *const wanted[] = {
    "\r\nTo: marie.dupont@example.be\r\n",
    "<no-reply-e-guichet@mons.be>",
    "\r\nMessage-Id: <0f8fad5b-d9cb-469f-a165-70867728950e@mons.be>\r\n",
    "\r\nDate: Tue, 24 Nov 2026 11:00:00 +0100\r\n",
    "\r\nAuto-Submitted: auto-generated\r\n",
    "\r\nContent-Language: fr\r\n",
    "multipart/alternative",
    "Content-Type: text/plain; charset=",
    "Content-Type: text/html; charset=",
    "=?utf-8?",
  };

  g_autofree char *with_first = g_strconcat ("\r\n", text, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (strcasestr (with_first, wanted[i]) == NULL)
      g_error ("no “%s” in:\n%s", wanted[i], text);
}

static void
test_message_lines_end_as_they_should (void)
{
  g_autoptr (GBytes) message = compose ("marie.dupont@example.be");
  g_autofree char *text = text_of (message);
  gsize length = 0;

  for (const char *p = text; *p != '\0'; p++, length++)
    if (*p == '\n')
      {
        g_assert_true (p > text && p[-1] == '\r');
        g_assert_cmpuint (length, <=, 998);
        length = 0;
      }
}

static void
test_message_refuses_injection (void)
{
  static const char *const bad[] = {
    "",
    "marie",
    "@example.be",
    "marie@",
    "a@b@c",
    "marie@example.be\r\nBcc: x@y.z",
    "marie dupont@example.be",
    "<marie@example.be>",
    "marie@example..be",
    "marié@example.be",
    "marie@.be",
    "marie@example.be.",
    "a,b@example.be",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (guichet_email_is_valid (bad[i]));
    }
  g_assert_true (guichet_email_is_valid ("o'brien+tag@sub.example.be"));
}

static void
test_maildir_delivers_whole_messages (void)
{
  g_autofree char *folder = g_dir_make_tmp ("guichet-mail-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "mail", NULL);
  g_autofree char *new = g_build_filename (path, "new", NULL);
  g_autoptr (GuichetdTransport) maildir = guichetd_maildir_new (path);
  g_autoptr (GBytes) message = compose ("marie.dupont@example.be");
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) listing = NULL;
  guint found = 0;
  const char *name;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (
          guichetd_transport_deliver (maildir, "a@b.be", "c@d.be", message, NULL, &error));
      g_assert_no_error (error);
    }

  listing = g_dir_open (new, 0, NULL);
  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *file = g_build_filename (new, name, NULL);
      g_autofree char *content = NULL;
      gsize length = 0;
      GStatBuf status;

      g_assert_true (g_file_get_contents (file, &content, &length, NULL));
      g_assert_cmpmem (content,
                       length,
                       g_bytes_get_data (message, NULL),
                       g_bytes_get_size (message));
      g_assert_cmpint (g_stat (file, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0077, ==, 0);
      found++;
      g_unlink (file);
    }
  g_assert_cmpuint (found, ==, 3);
}

/* A running smtp-sink. */
typedef struct
{
  GSubprocess *process;
  char *folder;
  char *server;
} Sink;

static void
sink_start (Sink *sink, const char *option)
{
  g_autofree char *program = g_test_build_filename (G_TEST_DIST, "support", "smtp-sink", NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *port = NULL;

  sink->folder = g_dir_make_tmp ("guichet-sink-XXXXXX", NULL);
  sink->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error,
                                    "/usr/bin/python3",
                                    program,
                                    sink->folder,
                                    certificate,
                                    key,
                                    option,
                                    NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (sink->process));
  port = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (port);
  sink->server = g_strdup_printf ("localhost:%s", port);
}

static void
sink_stop (Sink *sink)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (sink->process), NULL, NULL);
  g_assert_true (g_subprocess_wait (sink->process, NULL, NULL));
  g_clear_object (&sink->process);
  g_free (sink->folder);
  g_free (sink->server);
}

static char *
sink_message (const Sink *sink, const char *name)
{
  g_autofree char *path = g_build_filename (sink->folder, name, NULL);
  char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  return content;
}

static GuichetdTransport *
new_smtp (const Sink *sink, const char *password, const char *ca_file)
{
  const GuichetdSmtpOptions options = {
    .server = sink->server,
    .starttls = TRUE,
    .ca_file = ca_file,
    .user = "desk",
    .password = password,
    .timeout = 20,
  };
  g_autoptr (GError) error = NULL;
  GuichetdTransport *smtp = guichetd_smtp_new (&options, &error);

  g_assert_no_error (error);
  return smtp;
}

static void
test_smtp_outcomes (void)
{
  static const struct
  {
    const char *to;
    int code; /* -1: delivered */
    const char *says;
  } cases[] = {
    { "marie@example.be", -1, NULL },
    { "later@example.be", GUICHETD_MAIL_ERROR_TEMPORARY, "4.3.0" },
    { "nobody@example.be", GUICHETD_MAIL_ERROR_PERMANENT, "5.1.1" },
    { "full@example.be", GUICHETD_MAIL_ERROR_TEMPORARY, "5.2.2" },
    { "marie@example.be", -1, NULL },
  };
  Sink sink = { 0 };
  g_autoptr (GuichetdTransport) smtp = NULL;
  g_autoptr (GBytes) message = compose ("marie@example.be");
  g_autofree char *sent = NULL;

  sink_start (&sink, NULL);
  smtp = new_smtp (&sink, "secret", certificate);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      guichetd_transport_deliver (smtp, "a@mons.be", cases[i].to, message, NULL, &error);
      if (cases[i].code < 0)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, GUICHETD_MAIL_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }

  sent = sink_message (&sink, "0002.eml");
  g_assert_nonnull (strstr (sent, "X-Envelope: a@mons.be marie@example.be tls=True"));
  g_assert_nonnull (strstr (sent, "Auto-Submitted: auto-generated"));
  g_clear_object (&smtp);
  sink_stop (&sink);
}

static void
test_smtp_own_trouble_is_temporary (void)
{
  Sink sink = { 0 };
  g_autoptr (GBytes) message = compose ("marie@example.be");
  g_autoptr (GuichetdTransport) wrong_password = NULL;
  g_autoptr (GuichetdTransport) untrusted = NULL;
  g_autoptr (GError) error = NULL;

  sink_start (&sink, NULL);
  wrong_password = new_smtp (&sink, "guess", certificate);
  guichetd_transport_deliver (wrong_password,
                              "a@mons.be",
                              "nobody@example.be",
                              message,
                              NULL,
                              &error);
  g_assert_error (error, GUICHETD_MAIL_ERROR, GUICHETD_MAIL_ERROR_TEMPORARY);
  g_clear_error (&error);

  untrusted = new_smtp (&sink, "secret", NULL);
  guichetd_transport_deliver (untrusted, "a@mons.be", "marie@example.be", message, NULL, &error);
  g_assert_error (error, GUICHETD_MAIL_ERROR, GUICHETD_MAIL_ERROR_TEMPORARY);
  g_clear_object (&wrong_password);
  g_clear_object (&untrusted);
  sink_stop (&sink);
}

static void
test_smtp_nobody_answers (void)
{
  const GuichetdSmtpOptions options = { .server = "127.0.0.1:1", .timeout = 5 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdTransport) smtp = guichetd_smtp_new (&options, &error);
  g_autoptr (GBytes) message = compose ("marie@example.be");

  g_assert_no_error (error);
  guichetd_transport_deliver (smtp, "a@mons.be", "marie@example.be", message, NULL, &error);
  g_assert_error (error, GUICHETD_MAIL_ERROR, GUICHETD_MAIL_ERROR_TEMPORARY);
}

static void
test_smtp_refuses_clear_text (void)
{
  const GuichetdSmtpOptions away = { .server = "mail.mons.be:25" };
  const GuichetdSmtpOptions password = { .server = "127.0.0.1:25",
                                         .user = "desk",
                                         .password = "x" };
  g_autoptr (GError) error = NULL;

  g_assert_null (guichetd_smtp_new (&away, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (guichetd_smtp_new (&password, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
make_certificate (const char *folder)
{
  const char *argv[] = {
    "openssl", "req", "-x509", "-newkey",       "rsa:2048", "-nodes",
    "-days",   "2",   "-subj", "/CN=localhost", "-addext",  "subjectAltName=DNS:localhost",
    "-keyout", key,   "-out",  certificate,     NULL
  };
  int status = 0;

  g_assert_true (
      g_spawn_sync (folder,
                    (char **) argv,
                    NULL,
                    G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                    NULL,
                    NULL,
                    NULL,
                    NULL,
                    &status,
                    NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("guichet-tls-XXXXXX", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  certificate = g_build_filename (folder, "cert.pem", NULL);
  key = g_build_filename (folder, "key.pem", NULL);
  make_certificate (folder);

  g_test_add_func ("/server/mail/message/headers", test_message_headers);
  g_test_add_func ("/server/mail/message/line-ends", test_message_lines_end_as_they_should);
  g_test_add_func ("/server/mail/message/injection", test_message_refuses_injection);
  g_test_add_func ("/server/mail/maildir", test_maildir_delivers_whole_messages);
  g_test_add_func ("/server/mail/smtp/outcomes", test_smtp_outcomes);
  g_test_add_func ("/server/mail/smtp/own-trouble", test_smtp_own_trouble_is_temporary);
  g_test_add_func ("/server/mail/smtp/nobody-answers", test_smtp_nobody_answers);
  g_test_add_func ("/server/mail/smtp/clear-text", test_smtp_refuses_clear_text);

  status = g_test_run ();
  g_unlink (certificate);
  g_unlink (key);
  g_rmdir (folder);
  g_free (certificate);
  g_free (key);
  return status;
}
