/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * guichet-eid: identity cards for administrators and scripts.
 *
 * Its status: 0 done, and genuine where that was the question; 1 not genuine; 2 asked for
 * something that cannot be; 3 could not be read or judged, or failed at its challenge; 4 genuine,
 * and the PIN that was asked for not proved.
 */
#define G_LOG_DOMAIN "guichet-eid"

#include "config.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include "eid-asker.h"
#include "eid-error.h"
#include "eid-prove.h"
#include "eid-read.h"
#include "eid-verify.h"
#include "eid-watcher.h"
#include "guichet-crash.h"
#include "guichet-eid-options.h"
#include "guichet-eid-pin.h"
#include "guichet-eid-print.h"

#define STATUS_GENUINE 0
#define STATUS_NOT_GENUINE 1
#define STATUS_USAGE 2
#define STATUS_UNREADABLE 3
#define STATUS_NOT_PROVED 4

#define CHALLENGE_SIZE 32

typedef struct
{
  EidOptions options;
  GMainLoop *loop;           /* (owned) */
  GCancellable *cancellable; /* (owned) */
  EidWatcher *watcher;       /* (owned) (nullable) */
  EidAsker *asker;           /* (owned) (nullable) */
  EidPin *pin;               /* (owned) (nullable): until the card is asked */
  char *reader;              /* (owned) (nullable): the one that is read */
  EidFiles *files;           /* (owned) (nullable): of the card that is judged */
  EidProofs *proofs;         /* (owned) (nullable): what it proved */
  GError *proof_failure;     /* (owned) (nullable): or why it did not answer */
  gboolean started;
  int status;
} Program;

static void
finish (Program *self, int status)
{
  self->status = status;
  g_main_loop_quit (self->loop);
}

/* Who asks for verdicts gets one, where what happened is one. */
static gboolean
print_as_report (Program *self, const GError *error)
{
  g_autoptr (EidReport) report = eid_report_new_of_failure (error);
  g_autoptr (EidFiles) files = eid_files_new ();
  const EidEvidence evidence = { NULL };

  if (report == NULL || !self->options.json || !g_str_equal (self->options.command, "verify"))
    return FALSE;
  eid_print_report (report, files, &evidence, self->reader, self->options.moment, TRUE);
  return TRUE;
}

static void
finish_with_error (Program *self, GError *error)
{
  gboolean usage = g_error_matches (error, EID_ERROR, EID_ERROR_INVALID);

  eid_print_error (error, self->options.json && !print_as_report (self, error));
  g_error_free (error);
  finish (self, usage ? STATUS_USAGE : STATUS_UNREADABLE);
}

static int
status_of (Program *self, EidReport *report)
{
  switch (eid_report_get_outcome (report))
    {
    case EID_OUTCOME_GENUINE:
      return self->options.pin_entry == EID_PIN_ENTRY_NONE ||
                     eid_report_find (report, EID_VERDICT_PIN_PROVED) != NULL
                 ? STATUS_GENUINE
                 : STATUS_NOT_PROVED;
    case EID_OUTCOME_NOT_GENUINE:
      return STATUS_NOT_GENUINE;
    case EID_OUTCOME_UNREADABLE:
    default:
      return STATUS_UNREADABLE;
    }
}

/* How it went with the PIN where the card did not answer to the end. */
static const EidPinAttempt *
torn_attempt (EidPinEntry entry)
{
  static const EidPinAttempt not_asked = { EID_PIN_NOT_ASKED,
                                           EID_TRIES_UNKNOWN,
                                           EID_TRIES_UNKNOWN };
  static const EidPinAttempt failed = { EID_PIN_FAILED, EID_TRIES_UNKNOWN, EID_TRIES_UNKNOWN };

  return entry == EID_PIN_ENTRY_NONE ? &not_asked : &failed;
}

static EidEvidence
evidence_of (Program *self, EidRevocation *revocation)
{
  EidEvidence evidence = { .revocation = revocation, .proof_failure = self->proof_failure };

  if (self->proof_failure != NULL)
    {
      evidence.challenge = self->options.challenge;
      evidence.pin_attempt = torn_attempt (self->options.pin_entry);
    }
  if (self->proofs != NULL)
    {
      evidence.challenge = self->options.challenge;
      evidence.chip_proof = self->proofs->chip_proof;
      evidence.pin_proof = self->proofs->pin_proof;
      evidence.pin_attempt = &self->proofs->pin_attempt;
    }
  return evidence;
}

static EidReport *
verify (Program *self, const EidEvidence *evidence)
{
  const EidPolicy policy = { .roots = self->options.settings.roots,
                             .moment = self->options.moment,
                             .test_mode = self->options.settings.test_mode };

  return eid_verify (self->files, &policy, evidence);
}

static void
judge (Program *self, EidRevocation *revocation)
{
  EidEvidence evidence = evidence_of (self, revocation);
  g_autoptr (EidReport) report = verify (self, &evidence);

  eid_print_report (report,
                    self->files,
                    &evidence,
                    self->reader,
                    self->options.moment,
                    self->options.json);
  finish (self, status_of (self, report));
}

static void
ask_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  GError *error = NULL;
  g_autoptr (EidRevocation) revocation = eid_asker_ask_finish (EID_ASKER (source), result, &error);

  if (revocation == NULL)
    finish_with_error (self, error);
  else
    judge (self, revocation);
}

/* What is left once the card may go: whether its certificates were revoked. */
static void
ask_or_judge (Program *self)
{
  EidEvidence evidence = evidence_of (self, NULL);
  g_autoptr (EidReport) report = NULL;

  self->asker = eid_settings_make_asker (&self->options.settings);
  if (self->asker == NULL)
    {
      judge (self, NULL);
      return;
    }
  report = verify (self, &evidence);
  eid_asker_ask_async (self->asker,
                       self->files,
                       report,
                       self->options.moment,
                       self->cancellable,
                       ask_cb,
                       self);
}

/* Whether something else is at fault than reader and card: then there is nothing to judge them by. */
static gboolean
is_own_fault (const GError *error)
{
  return error->domain != EID_ERROR || error->code == EID_ERROR_INVALID;
}

static void
prove_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  GError *error = NULL;

  self->proofs = eid_prove_finish (result, NULL, NULL, &error);
  if (self->proofs == NULL && is_own_fault (error))
    {
      finish_with_error (self, error);
      return;
    }
  /* The card was read, and what its files say stands whatever became of the proof. */
  if (self->proofs == NULL)
    {
      eid_print_error (error, FALSE);
      self->proof_failure = error;
    }
  ask_or_judge (self);
}

static void
asking_cb (int tries, gpointer user_data)
{
  Program *self = user_data;

  eid_print_asking (tries, self->options.pin_entry);
}

static GBytes *
make_challenge (void)
{
  guint8 bytes[CHALLENGE_SIZE];

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_assert_not_reached ();
  return g_bytes_new (bytes, sizeof bytes);
}

static void
prove (Program *self)
{
  EidProveRequest request = { .files = self->files,
                              .chip = TRUE,
                              .entry = self->options.pin_entry,
                              .pin = self->pin,
                              .accept_last_try = self->options.accept_last_try };

  if (self->options.challenge == NULL)
    self->options.challenge = make_challenge ();
  request.challenge = self->options.challenge;
  eid_prove_async (self->reader,
                   &request,
                   self->options.settings.reader_timeout,
                   asking_cb,
                   self,
                   self->cancellable,
                   prove_cb,
                   self);
}

/* Whether the card can answer a challenge: with the chip's key, or with the PIN. */
static gboolean
can_prove (Program *self)
{
  return self->options.pin_entry != EID_PIN_ENTRY_NONE ||
         eid_files_get (self->files, EID_FILE_BASIC_KEY) != NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  GError *error = NULL;
  EidCardKind kind;
  guint exchanges;
  g_autoptr (EidFiles) files = eid_read_finish (result, &kind, &exchanges, &error);

  if (files == NULL)
    {
      finish_with_error (self, error);
      return;
    }
  g_debug ("%u exchanges", exchanges);
  if (g_str_equal (self->options.command, "verify"))
    {
      self->files = g_steal_pointer (&files);
      if (can_prove (self))
        prove (self);
      else
        ask_or_judge (self);
    }
  else
    finish (self,
            eid_print_card (files, kind, self->reader, self->options.json) ? STATUS_GENUINE
                                                                           : STATUS_UNREADABLE);
}

static void
start_reading (Program *self, const char *reader)
{
  gboolean all = g_str_equal (self->options.command, "verify");

  self->started = TRUE;
  self->reader = g_strdup (reader);
  eid_read_async (reader,
                  all ? EID_FILES_ALL : EID_FILES_PERSON,
                  self->options.settings.reader_timeout,
                  NULL,
                  NULL,
                  self->cancellable,
                  read_cb,
                  self);
}

/* The one reader with a Belgian card, or else with a card that may be one. */
static const EidReaderState *
choose_reader (GPtrArray *readers, GError **error)
{
  const EidReaderState *belgian = NULL, *other = NULL;

  for (guint i = 0; i < readers->len; i++)
    {
      const EidReaderState *reader = g_ptr_array_index (readers, i);

      if (reader->status != EID_READER_CARD)
        continue;
      if (reader->kind == EID_CARD_OTHER)
        other = reader;
      else if (belgian == NULL)
        belgian = reader;
      else
        {
          g_set_error (error,
                       EID_ERROR,
                       EID_ERROR_INVALID,
                       "there are cards in “%s” and in “%s”: say which with --reader",
                       belgian->name,
                       reader->name);
          return NULL;
        }
    }
  if (belgian != NULL || other != NULL)
    return belgian != NULL ? belgian : other;
  g_set_error_literal (error,
                       EID_ERROR,
                       readers->len > 0 ? EID_ERROR_NO_CARD : EID_ERROR_READER_LOST,
                       readers->len > 0 ? "there is no card in any reader" : "there is no reader");
  return NULL;
}

static gboolean
check_service (EidService service, GError **error)
{
  if (service == EID_SERVICE_RUNNING)
    return TRUE;
  g_set_error_literal (error,
                       EID_ERROR,
                       service == EID_SERVICE_DENIED ? EID_ERROR_DENIED : EID_ERROR_NO_SERVICE,
                       service == EID_SERVICE_DENIED
                           ? "this user may not use the readers"
                           : "pcscd, the daemon for readers, does not run");
  return FALSE;
}

static void
changed_cb (EidWatcher *watcher, gpointer user_data)
{
  Program *self = user_data;
  EidService service = eid_watcher_get_service (watcher);
  GPtrArray *readers = eid_watcher_get_readers (watcher);
  const EidReaderState *reader = NULL;
  GError *error = NULL;

  if (g_str_equal (self->options.command, "watch"))
    {
      eid_print_readers (service, readers, self->options.json);
      return;
    }
  if (self->started)
    return;
  self->started = TRUE;
  if (!check_service (service, &error))
    {
      finish_with_error (self, error);
      return;
    }
  if (g_str_equal (self->options.command, "list"))
    {
      eid_print_readers (service, readers, self->options.json);
      finish (self, STATUS_GENUINE);
      return;
    }
  reader = choose_reader (readers, &error);
  if (reader != NULL)
    start_reading (self, reader->name);
  else
    finish_with_error (self, error);
}

static gboolean
signal_cb (gpointer user_data)
{
  Program *self = user_data;

  /* A reading ends by itself then, and says so. */
  g_cancellable_cancel (self->cancellable);
  if (self->reader == NULL)
    finish (self, STATUS_GENUINE);
  return G_SOURCE_CONTINUE;
}

static void
run (Program *self)
{
  gboolean reads =
      !g_str_equal (self->options.command, "list") && !g_str_equal (self->options.command, "watch");

  self->loop = g_main_loop_new (NULL, FALSE);
  self->cancellable = g_cancellable_new ();
  g_unix_signal_add (SIGINT, signal_cb, self);
  g_unix_signal_add (SIGTERM, signal_cb, self);

  if (reads && self->options.reader != NULL)
    start_reading (self, self->options.reader);
  else
    {
      self->watcher = eid_watcher_new ();
      g_signal_connect (self->watcher, "changed", G_CALLBACK (changed_cb), self);
    }
  g_main_loop_run (self->loop);
}

/* Before anything of the card is done: whoever waits for a PIN should not keep it busy. */
static gboolean
take_pin (Program *self)
{
  GError *error = NULL;

  if (self->options.pin_entry != EID_PIN_ENTRY_TYPED)
    return TRUE;
  self->pin = eid_pin_read (self->options.pin_fd, &error);
  if (self->pin != NULL)
    return TRUE;
  eid_print_error (error, self->options.json);
  g_error_free (error);
  self->status = STATUS_USAGE;
  return FALSE;
}

int
main (int argc, char *argv[])
{
  Program program = { 0 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  guichet_crash_leave_nothing ();
  /* Standard output is for what was asked. */
  g_log_writer_default_set_use_stderr (TRUE);
  if (!eid_options_read (&program.options, &argc, &argv, &error))
    {
      fprintf (stderr, "guichet-eid: %s\n", error->message);
      eid_options_print_usage ();
      program.status = STATUS_USAGE;
    }
  else if (take_pin (&program))
    run (&program);

  g_clear_pointer (&program.pin, eid_pin_unref);
  g_clear_pointer (&program.files, eid_files_unref);
  g_clear_pointer (&program.proofs, eid_proofs_free);
  g_clear_error (&program.proof_failure);
  g_clear_object (&program.watcher);
  g_clear_object (&program.asker);
  g_clear_pointer (&program.files, eid_files_unref);
  g_clear_object (&program.cancellable);
  g_clear_pointer (&program.loop, g_main_loop_unref);
  g_free (program.reader);
  eid_options_clear (&program.options);
  return program.status;
}
