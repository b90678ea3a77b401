/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records who the person at the counter is.
 */
#define G_LOG_DOMAIN "guichet-check-record"

#include "config.h"

#include "guichet-check-record.h"
#include "guichet-card-parcel.h"
#include "guichet-pin-sheet.h"

#include "eid-error.h"
#include "guichet-challenge.h"

typedef struct
{
  /* Given */
  char *reference; /* (owned) */
  gint64 version;
  GuichetCardSlot *slot; /* (owned) */
  GtkWindow *pin_parent; /* (owned) (nullable) */

  /* In progress */
  EidFiles *files;        /* (owned): what was read when it began */
  char *reader;           /* (owned) */
  GuichetNonce *nonce;    /* (owned) (nullable) */
  GBytes *challenge;      /* (owned) (nullable) */
  GuichetPinSheet *sheet; /* (owned) (nullable): while it waits for another nonce */

  /* Output */
  int tries;
  gboolean unasked; /* the chip could not be asked */
} Recording;

/* In the order in which they happen. */
static void nonce_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void ask_chip (GTask *task);
static void chip_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void ask_pin (GTask *task);
static void renew (GuichetPinSheet *sheet, gpointer user_data);
static void renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void pin_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void send (GTask *task, EidProofs *proofs);
static void sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
recording_free (gpointer data)
{
  Recording *self = data;

  g_free (self->reference);
  g_clear_object (&self->slot);
  g_clear_object (&self->pin_parent);
  g_clear_pointer (&self->files, eid_files_unref);
  g_free (self->reader);
  g_clear_pointer (&self->nonce, guichet_nonce_free);
  g_clear_pointer (&self->challenge, g_bytes_unref);
  g_clear_object (&self->sheet);
  g_free (self);
}

static void
take_nonce (Recording *self, GuichetNonce *nonce)
{
  g_clear_pointer (&self->nonce, guichet_nonce_free);
  self->nonce = nonce;
  g_clear_pointer (&self->challenge, g_bytes_unref);
  self->challenge =
      guichet_challenge_for_check (nonce->town, self->reference, nonce->session, nonce->nonce);
}

static void
nonce_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Recording *self = g_task_get_task_data (task);
  GError *error = NULL;
  GuichetNonce *nonce = guichet_desk_ask_nonce_finish (GUICHET_DESK (source), result, &error);

  if (nonce == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_nonce (self, nonce);
  if (self->pin_parent != NULL)
    ask_pin (task);
  else
    ask_chip (task);
}

/* By its own key, where it has one: nobody is asked for anything. */
static void
ask_chip (GTask *task)
{
  Recording *self = g_task_get_task_data (task);
  const EidProveRequest request = { .challenge = self->challenge,
                                    .files = self->files,
                                    .chip = TRUE };

  eid_prove_async (self->reader,
                   &request,
                   0,
                   NULL,
                   NULL,
                   g_task_get_cancellable (task),
                   chip_cb,
                   g_object_ref (task));
}

/* A card that no try would have answer: what was read of it is recorded all the same, and the server
 * says that presence is not proved. */
static gboolean
cannot_answer (const GError *error)
{
  return g_error_matches (error, EID_ERROR, EID_ERROR_UNSUPPORTED_CARD) ||
         g_error_matches (error, EID_ERROR, EID_ERROR_UNREADABLE) ||
         g_error_matches (error, EID_ERROR, EID_ERROR_ABSENT);
}

static void
chip_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Recording *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  EidProofs *proofs = eid_prove_finish (result, NULL, NULL, &error);

  if (error != NULL && !cannot_answer (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->unasked = proofs == NULL;
  if (self->unasked)
    g_message ("the chip proves nothing: %s", error->message);
  send (task, proofs);
}

static void
ask_pin (GTask *task)
{
  Recording *self = g_task_get_task_data (task);

  guichet_pin_sheet_ask_async (self->pin_parent,
                               GUICHET_PIN_FOR_CHECK,
                               self->reader,
                               self->files,
                               self->challenge,
                               renew,
                               g_task_get_cancellable (task),
                               pin_cb,
                               g_object_ref (task));
}

/* A person who looks for their glasses takes longer than a nonce lasts. */
static void
renew (GuichetPinSheet *sheet, gpointer user_data)
{
  GTask *task = user_data;
  Recording *self = g_task_get_task_data (task);
  GuichetDesk *desk = g_task_get_source_object (task);

  if (guichet_nonce_lasts (self->nonce))
    {
      guichet_pin_sheet_go_on (sheet, self->challenge, NULL);
      return;
    }
  g_set_object (&self->sheet, sheet);
  guichet_desk_ask_nonce_async (desk,
                                self->reference,
                                g_task_get_cancellable (task),
                                renewed_cb,
                                g_object_ref (task));
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Recording *self = g_task_get_task_data (task);
  g_autoptr (GuichetPinSheet) sheet = g_steal_pointer (&self->sheet);
  GError *error = NULL;
  GuichetNonce *nonce = guichet_desk_ask_nonce_finish (GUICHET_DESK (source), result, &error);

  if (nonce != NULL)
    take_nonce (self, nonce);
  guichet_pin_sheet_go_on (sheet, nonce != NULL ? self->challenge : NULL, error);
}

static void
pin_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  EidProofs *proofs = guichet_pin_sheet_ask_finish (result, &error);

  if (proofs != NULL)
    send (task, proofs);
  else
    g_task_return_error (task, error);
}

static void
send (GTask *task, EidProofs *proofs)
{
  Recording *self = g_task_get_task_data (task);
  g_autoptr (GuichetCardContent) content = guichet_card_parcel_new (self->files, proofs);

  if (proofs != NULL && self->pin_parent != NULL)
    self->tries = proofs->pin_attempt.tries_left;
  if (proofs != NULL)
    guichet_card_slot_judge_proofs (self->slot, self->challenge, proofs);
  guichet_desk_check_identity_async (GUICHET_DESK (g_task_get_source_object (task)),
                                     self->reference,
                                     self->version,
                                     self->nonce,
                                     content,
                                     g_task_get_cancellable (task),
                                     sent_cb,
                                     g_object_ref (task));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (guichet_desk_check_identity_finish (GUICHET_DESK (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
guichet_check_record_async (GuichetDesk *desk,
                            const char *reference,
                            gint64 version,
                            GuichetCardSlot *slot,
                            GtkWindow *pin_parent,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, cancellable, callback, user_data);
  Recording *self = g_new0 (Recording, 1);

  g_return_if_fail (guichet_card_slot_get_files (slot) != NULL);

  self->reference = g_strdup (reference);
  self->version = version;
  self->slot = g_object_ref (slot);
  self->pin_parent = pin_parent != NULL ? g_object_ref (pin_parent) : NULL;
  self->files = eid_files_ref (guichet_card_slot_get_files (slot));
  self->reader = g_strdup (guichet_card_slot_get_reader (slot));
  self->tries = EID_TRIES_UNKNOWN;
  g_task_set_source_tag (task, guichet_check_record_async);
  g_task_set_task_data (task, self, recording_free);
  guichet_desk_ask_nonce_async (desk, reference, cancellable, nonce_cb, g_object_ref (task));
}

gboolean
guichet_check_record_finish (GAsyncResult *result,
                             int *ret_tries,
                             gboolean *ret_unasked,
                             GError **error)
{
  const Recording *self = g_task_get_task_data (G_TASK (result));

  *ret_tries = self->tries;
  *ret_unasked = self->unasked;
  return g_task_propagate_boolean (G_TASK (result), error);
}
