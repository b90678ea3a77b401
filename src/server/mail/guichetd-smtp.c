/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages to the town's relay, by libcurl.
 *
 * What the relay answers decides what comes next (RFC 5321, section 4.2.1): 4yz is tried
 * again, 5yz about the recipient or the message is not. A 5yz before the recipient was named
 * (authentication, policy about us) is our own trouble, not the citizen's: it is tried again
 * while an administrator mends it. So is a full mailbox (5.2.2, RFC 3463).
 */
#define G_LOG_DOMAIN "guichetd-smtp"

#include "config.h"

#include "guichetd-smtp.h"

#include <curl/curl.h>

/* An answer of the relay is shown to a clerk: a line is enough. */
#define ANSWER_MAX 300
#define CONNECT_TIMEOUT_S 15L

struct _GuichetdSmtp
{
  GObject parent_instance;

  CURL *curl;
  char *url;
  char *ca_file;
  char *user;
  char *password;
  gboolean starttls;
  guint timeout;
};

static void guichetd_smtp_transport_init (GuichetdTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetdSmtp,
                               guichetd_smtp,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GUICHETD_TYPE_TRANSPORT,
                                                      guichetd_smtp_transport_init))

/* One message on its way. */
typedef struct
{
  /* Input */
  const char *data;
  gsize left;
  GCancellable *cancellable;
  /* Output */
  gboolean recipient_named;
  char answer[ANSWER_MAX + 1]; /* last refusal of the relay */
} Delivery;

static size_t
read_message (char *buffer, size_t size, size_t count, void *user_data)
{
  Delivery *delivery = user_data;
  size_t taken = MIN (size * count, delivery->left);

  memcpy (buffer, delivery->data, taken);
  delivery->data += taken;
  delivery->left -= taken;
  return taken;
}

static size_t
keep_answer (char *line, size_t size, size_t count, void *user_data)
{
  Delivery *delivery = user_data;
  gsize length = MIN (size * count, ANSWER_MAX);

  /* After a refusal libcurl says goodbye, and the relay is polite about it. */
  if (length > 0 && (line[0] == '4' || line[0] == '5'))
    {
      memcpy (delivery->answer, line, length);
      delivery->answer[length] = '\0';
      g_strchomp (delivery->answer);
    }
  return size * count;
}

/* libcurl tells what it sends only here; the text never leaves this function. */
static int
watch_commands (CURL *curl, curl_infotype type, char *data, size_t size, void *user_data)
{
  Delivery *delivery = user_data;

  if (type == CURLINFO_HEADER_OUT && size >= 8 && g_ascii_strncasecmp (data, "RCPT TO:", 8) == 0)
    delivery->recipient_named = TRUE;
  return 0;
}

static int
check_cancelled (void *user_data, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
  Delivery *delivery = user_data;

  return g_cancellable_is_cancelled (delivery->cancellable) ? 1 : 0;
}

static gboolean
is_final (const Delivery *delivery, long code)
{
  if (!delivery->recipient_named || code < 500 || code > 599)
    return FALSE;

  return code != 552 && strstr (delivery->answer, "5.2.2") == NULL;
}

static void
set_failure (const Delivery *delivery, CURLcode outcome, long code, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (delivery->answer, -1);
  gboolean spoke = code >= 400 && *valid != '\0';

  g_set_error_literal (error,
                       GUICHETD_MAIL_ERROR,
                       is_final (delivery, code) ? GUICHETD_MAIL_ERROR_PERMANENT
                                                 : GUICHETD_MAIL_ERROR_TEMPORARY,
                       spoke ? valid : curl_easy_strerror (outcome));
}

static void
prepare (GuichetdSmtp *self, Delivery *delivery, const char *from, struct curl_slist *to)
{
  CURL *curl = self->curl;

  /* Keeps the connection, forgets everything else. */
  curl_easy_reset (curl);
  curl_easy_setopt (curl, CURLOPT_URL, self->url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT_S);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long) self->timeout);
  curl_easy_setopt (curl,
                    CURLOPT_USE_SSL,
                    (long) (self->starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (self->ca_file != NULL)
    curl_easy_setopt (curl, CURLOPT_CAINFO, self->ca_file);
  if (self->user != NULL)
    {
      curl_easy_setopt (curl, CURLOPT_USERNAME, self->user);
      curl_easy_setopt (curl, CURLOPT_PASSWORD, self->password);
    }

  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, read_message);
  curl_easy_setopt (curl, CURLOPT_READDATA, delivery);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, keep_answer);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, delivery);
  curl_easy_setopt (curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt (curl, CURLOPT_DEBUGFUNCTION, watch_commands);
  curl_easy_setopt (curl, CURLOPT_DEBUGDATA, delivery);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, check_cancelled);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, delivery);
}

static gboolean
guichetd_smtp_deliver (GuichetdTransport *transport,
                       const char *from,
                       const char *to,
                       GBytes *message,
                       GCancellable *cancellable,
                       GError **error)
{
  GuichetdSmtp *self = GUICHETD_SMTP (transport);
  Delivery delivery = { .cancellable = cancellable };
  struct curl_slist *recipients = curl_slist_append (NULL, to);
  CURLcode outcome;
  long code = 0;

  delivery.data = g_bytes_get_data (message, &delivery.left);
  prepare (self, &delivery, from, recipients);
  outcome = curl_easy_perform (self->curl);
  curl_easy_getinfo (self->curl, CURLINFO_RESPONSE_CODE, &code);
  curl_slist_free_all (recipients);

  if (outcome == CURLE_OK)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  set_failure (&delivery, outcome, code, error);
  return FALSE;
}

static void
guichetd_smtp_transport_init (GuichetdTransportInterface *iface)
{
  iface->deliver = guichetd_smtp_deliver;
}

static void
guichetd_smtp_finalize (GObject *object)
{
  GuichetdSmtp *self = GUICHETD_SMTP (object);

  curl_easy_cleanup (self->curl);
  g_free (self->url);
  g_free (self->ca_file);
  g_free (self->user);
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);

  G_OBJECT_CLASS (guichetd_smtp_parent_class)->finalize (object);
}

static void
guichetd_smtp_class_init (GuichetdSmtpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichetd_smtp_finalize;

  curl_global_init (CURL_GLOBAL_DEFAULT);
}

static void
guichetd_smtp_init (GuichetdSmtp *self)
{
  self->curl = curl_easy_init ();
}

static gboolean
is_loopback (const char *server)
{
  static const char *const here[] = { "localhost:", "127.", "[::1]:" };

  for (guint i = 0; i < G_N_ELEMENTS (here); i++)
    if (g_str_has_prefix (server, here[i]))
      return TRUE;
  return FALSE;
}

GuichetdTransport *
guichetd_smtp_new (const GuichetdSmtpOptions *options, GError **error)
{
  gboolean encrypted = options->implicit_tls || options->starttls;
  GuichetdSmtp *self;

  if (!encrypted && (options->user != NULL || !is_loopback (options->server)))
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_ARGUMENT,
                   "mail to %s would travel unencrypted: set starttls=true, or tls=true for port "
                   "465",
                   options->server);
      return NULL;
    }

  self = g_object_new (GUICHETD_TYPE_SMTP, NULL);
  self->url =
      g_strdup_printf ("%s://%s", options->implicit_tls ? "smtps" : "smtp", options->server);
  self->starttls = options->starttls;
  self->ca_file = g_strdup (options->ca_file);
  self->user = g_strdup (options->user);
  self->password = g_strdup (options->password);
  self->timeout = options->timeout != 0 ? options->timeout : 60;
  return GUICHETD_TRANSPORT (self);
}
