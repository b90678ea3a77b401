/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The options of guichet-eid. Whatever can be asked for by an option can stand in its
 * configuration, and an option wins over that; roots add up.
 */
#define G_LOG_DOMAIN "guichet-eid"

#include "config.h"

#include "guichet-eid-options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eid-error.h"

#define CONFIGURATION GUICHET_CONFIG_DIR "/guichet-eid.conf"

/* As they were typed. */
typedef struct
{
  char *config;
  char *reader;
  char *at;
  /* Seconds; -1 where not said */
  int timeout;
  int revocation_timeout;
  int revocation_patience;
  char **revocation_hosts;
  char *revocation_proxy;
  gboolean revocation;
  gboolean no_revocation;
  int pin_fd; /* -1 where not said */
  char *challenge;
  gboolean pin_pad;
  gboolean accept_last_try;
  char **roots;
  char **test_roots;
  char **words;
  gboolean test_mode;
  gboolean json;
  gboolean version;
} Given;

static gboolean invalid (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
invalid (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (EID_ERROR, EID_ERROR_INVALID, format, args);
  va_end (args);
  return FALSE;
}

static gboolean
set_moment (EidOptions *self, const char *text, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) instant = NULL;
  g_autofree char *noon = NULL;

  /* A day alone means its noon in UTC, which is the same day in Brussels. */
  if (strlen (text) == strlen ("YYYY-MM-DD"))
    noon = g_strconcat (text, "T12:00:00Z", NULL);
  instant = g_date_time_new_from_iso8601 (noon != NULL ? noon : text, utc);
  if (instant == NULL)
    return invalid (error, "“%s” is not a moment: 2026-03-01 or 2026-03-01T09:30:00Z", text);
  self->moment = g_date_time_to_unix (instant) * G_USEC_PER_SEC;
  return TRUE;
}

static gboolean
apply_file (EidOptions *self, GKeyFile *file, GError **error)
{
  g_autofree char *at = NULL;

  return eid_settings_read_text (file, "reader", &self->reader, error) &&
         eid_settings_read_text (file, "at", &at, error) &&
         eid_settings_read (&self->settings, file, error) &&
         (at == NULL || set_moment (self, at, error));
}

/* The usual file need not be there; one that was asked for must. */
static gboolean
apply_configuration (EidOptions *self, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (path == NULL && !g_file_test (CONFIGURATION, G_FILE_TEST_EXISTS))
    return TRUE;
  if (path == NULL)
    path = CONFIGURATION;
  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error) &&
      apply_file (self, file, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/* Hexadecimal. */
static gboolean
set_challenge (EidOptions *self, const char *text, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize size = strlen (text);

  for (gsize i = 0; i + 1 < size; i += 2)
    {
      int high = g_ascii_xdigit_value (text[i]), low = g_ascii_xdigit_value (text[i + 1]);
      guint8 byte;

      if (high < 0 || low < 0)
        break;
      byte = (guint8) (high << 4 | low);
      g_byte_array_append (bytes, &byte, 1);
    }
  if (size == 0 || bytes->len * 2 != size)
    return invalid (error, "a challenge is bytes in hexadecimal, two digits each");
  self->challenge = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return TRUE;
}

static gboolean
apply_proof (EidOptions *self, Given *given, GError **error)
{
  gboolean asks = given->pin_pad || given->pin_fd >= 0 || given->challenge != NULL;

  if (asks && !g_str_equal (self->command, "verify"))
    return invalid (error, "a PIN and a challenge are for verify");
  if (given->pin_pad && given->pin_fd >= 0)
    return invalid (error, "the PIN comes from --pin-fd or from --pin-pad, not from both");
  if (given->pin_pad)
    self->pin_entry = EID_PIN_ENTRY_PAD;
  else if (given->pin_fd >= 0)
    self->pin_entry = EID_PIN_ENTRY_TYPED;
  self->pin_fd = given->pin_fd;
  self->accept_last_try = given->accept_last_try;
  return given->challenge == NULL || set_challenge (self, given->challenge, error);
}

static gboolean
apply_seconds (guint *milliseconds, int seconds, GError **error)
{
  return seconds < 0 || eid_settings_set_seconds (milliseconds, seconds, error);
}

static gboolean
apply_settings (EidSettings *self, const Given *given, GError **error)
{
  const char *const *hosts = (const char *const *) given->revocation_hosts;

  self->test_mode = self->test_mode || given->test_mode;
  self->revocation = given->revocation || (self->revocation && !given->no_revocation);
  return apply_seconds (&self->reader_timeout, given->timeout, error) &&
         apply_seconds (&self->answer_timeout, given->revocation_timeout, error) &&
         apply_seconds (&self->patience, given->revocation_patience, error) &&
         (hosts == NULL || eid_settings_set_hosts (self, hosts, error)) &&
         (given->revocation_proxy == NULL ||
          eid_settings_set_proxy (self, given->revocation_proxy, error)) &&
         eid_roots_load_all (self->roots, (const char *const *) given->roots, FALSE, error) &&
         eid_roots_load_all (self->roots, (const char *const *) given->test_roots, TRUE, error);
}

static gboolean
apply_given (EidOptions *self, Given *given, GError **error)
{
  if (given->reader != NULL)
    {
      g_free (self->reader);
      self->reader = g_steal_pointer (&given->reader);
    }
  self->json = given->json;
  return apply_proof (self, given, error) && apply_settings (&self->settings, given, error) &&
         (given->at == NULL || set_moment (self, given->at, error));
}

static gboolean
take_command (EidOptions *self, Given *given, GError **error)
{
  static const char *const commands[] = { "list", "read", "verify", "watch", NULL };

  if (given->words == NULL || given->words[0] == NULL)
    return invalid (error, "what to do? list, read, verify or watch");
  if (given->words[1] != NULL)
    return invalid (error, "“%s” is one word too many", given->words[1]);
  if (!g_strv_contains (commands, given->words[0]))
    return invalid (error, "“%s” is not list, read, verify or watch", given->words[0]);
  self->command = g_strdup (given->words[0]);
  return TRUE;
}

static void
given_clear (Given *self)
{
  g_free (self->config);
  g_free (self->reader);
  g_free (self->at);
  g_strfreev (self->revocation_hosts);
  g_free (self->revocation_proxy);
  g_free (self->challenge);
  g_strfreev (self->roots);
  g_strfreev (self->test_roots);
  g_strfreev (self->words);
}

static gboolean
parse (Given *given, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &given->config, "instead of " CONFIGURATION, "FILE" },
    { "reader", 0, 0, G_OPTION_ARG_STRING, &given->reader, "which reader", "NAME" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &given->json, "for programs", NULL },
    { "timeout",
      0,
      0,
      G_OPTION_ARG_INT,
      &given->timeout,
      "a silent reader is given up",
      "SECONDS" },
    { "at", 0, 0, G_OPTION_ARG_STRING, &given->at, "judge as of then", "MOMENT" },
    { "root", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given->roots, "know this root too", "FILE" },
    { "test-root", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given->test_roots, "of test cards", "FILE" },
    { "test-mode", 0, 0, G_OPTION_ARG_NONE, &given->test_mode, "let test roots pass", NULL },
    { "revocation",
      0,
      0,
      G_OPTION_ARG_NONE,
      &given->revocation,
      "ask whether it was revoked (usual)",
      NULL },
    { "no-revocation",
      0,
      0,
      G_OPTION_ARG_NONE,
      &given->no_revocation,
      "keep off the network",
      NULL },
    { "revocation-host",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &given->revocation_hosts,
      "may be asked, instead of those of the state",
      "HOST[:PORT]" },
    { "revocation-proxy",
      0,
      0,
      G_OPTION_ARG_STRING,
      &given->revocation_proxy,
      "ask by this HTTP proxy",
      "HOST[:PORT]" },
    { "revocation-timeout",
      0,
      0,
      G_OPTION_ARG_INT,
      &given->revocation_timeout,
      "wait so long for one answer",
      "SECONDS" },
    { "revocation-patience",
      0,
      0,
      G_OPTION_ARG_INT,
      &given->revocation_patience,
      "and for all of a card's",
      "SECONDS" },
    { "pin-fd", 0, 0, G_OPTION_ARG_INT, &given->pin_fd, "verify: the PIN comes from there", "N" },
    { "pin-pad",
      0,
      0,
      G_OPTION_ARG_NONE,
      &given->pin_pad,
      "verify: the PIN is typed at the reader",
      NULL },
    { "accept-last-try",
      0,
      0,
      G_OPTION_ARG_NONE,
      &given->accept_last_try,
      "ask the PIN also if a wrong one blocks the card",
      NULL },
    { "challenge",
      0,
      0,
      G_OPTION_ARG_STRING,
      &given->challenge,
      "verify: what the card signs, not a random one",
      "HEX" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &given->version, "say which this is", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &given->words, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("list|read|verify|watch");

  g_option_context_set_summary (context, "Reads and verifies Belgian identity cards.");
  g_option_context_set_description (context,
                                    "Status: 0 done, and genuine where that was the question; 1 "
                                    "not genuine; 2 asked for something\n"
                                    "that cannot be; 3 could not be read or judged, or failed at "
                                    "its challenge; 4 genuine, and the\n"
                                    "PIN that was asked for not proved.");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

gboolean
eid_options_read (EidOptions *self, int *argc, char ***argv, GError **error)
{
  Given given = { .timeout = -1,
                  .revocation_timeout = -1,
                  .revocation_patience = -1,
                  .pin_fd = -1 };
  gboolean done;

  eid_settings_init (&self->settings);
  self->moment = g_get_real_time ();
  done = parse (&given, argc, argv, error);
  if (done && given.version)
    {
      printf ("guichet-eid %s\n", GUICHET_VERSION);
      exit (EXIT_SUCCESS);
    }
  done = done && take_command (self, &given, error) &&
         apply_configuration (self, given.config, error) && apply_given (self, &given, error);
  given_clear (&given);
  return done;
}

void
eid_options_clear (EidOptions *self)
{
  g_free (self->command);
  g_free (self->reader);
  eid_settings_clear (&self->settings);
  g_clear_pointer (&self->challenge, g_bytes_unref);
}

void
eid_options_print_usage (void)
{
  fprintf (stderr, "Usage: guichet-eid [--json] list|read|verify|watch   (--help says more)\n");
}
