/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signing in with a card.
 */
#define G_LOG_DOMAIN "guichet-card-sign-in"

#include "config.h"

#include "guichet-card-sign-in.h"
#include "guichet-card-parcel.h"
#include "guichet-error-words.h"
#include "guichet-pin-sheet.h"
#include "guichet-slot-words.h"

#include "eid-error.h"
#include "eid-read.h"
#include "guichet-challenge.h"

#include <glib/gi18n.h>

typedef struct
{
  /* Given */
  char *server;          /* (owned) */
  GuichetCardSlot *slot; /* (owned) */
  GtkWindow *parent;     /* (owned) */

  /* In progress */
  char *reader;              /* (owned): where the card was when it began */
  GCancellable *cancellable; /* (owned): of the step under way */
  gboolean removed;          /* the card is out */
  GuichetNonce *nonce;       /* (owned) (nullable) */
  EidFiles *files;           /* (owned) (nullable) */
  GuichetPinSheet *sheet;    /* (owned) (nullable): while it waits for another nonce */
} SignIn;

/* In the order in which they happen. */
static void nonce_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void renew (GuichetPinSheet *sheet, gpointer user_data);
static void renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void pin_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
sign_in_free (gpointer data)
{
  SignIn *self = data;

  g_free (self->server);
  g_clear_object (&self->slot);
  g_clear_object (&self->parent);
  g_free (self->reader);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->nonce, guichet_nonce_free);
  g_clear_pointer (&self->files, eid_files_unref);
  g_clear_object (&self->sheet);
  g_free (self);
}

/* Until the card has answered; from then on it may be out. */
static void
stop_watching (GTask *task)
{
  SignIn *self = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (self->slot, task);
}

static void
fail (GTask *task, GError *error)
{
  SignIn *self = g_task_get_task_data (task);

  stop_watching (task);
  if (self->removed)
    {
      g_error_free (error);
      error = g_error_new_literal (EID_ERROR, EID_ERROR_CARD_REMOVED, "the card is out");
    }
  g_task_return_error (task, error);
}

static void
slot_cb (GTask *task)
{
  SignIn *self = g_task_get_task_data (task);

  if (guichet_card_slot_get_state (self->slot) == GUICHET_SLOT_CARD &&
      g_strcmp0 (guichet_card_slot_get_reader (self->slot), self->reader) == 0)
    return;
  self->removed = TRUE;
  g_cancellable_cancel (self->cancellable);
}

/* Out and in again, or another one. */
static void
inserted_cb (GTask *task)
{
  SignIn *self = g_task_get_task_data (task);

  self->removed = TRUE;
  g_cancellable_cancel (self->cancellable);
}

static void
ask_nonce (GTask *task, GAsyncReadyCallback callback)
{
  SignIn *self = g_task_get_task_data (task);

  guichet_desk_ask_sign_in_nonce_async (g_task_get_source_object (task),
                                        self->server,
                                        self->cancellable,
                                        callback,
                                        g_object_ref (task));
}

static void
nonce_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->nonce = guichet_desk_ask_sign_in_nonce_finish (GUICHET_DESK (source), result, &error);
  if (self->nonce == NULL)
    {
      fail (task, error);
      return;
    }
  eid_read_async (self->reader,
                  EID_FILES_ALL,
                  0,
                  NULL,
                  NULL,
                  self->cancellable,
                  read_cb,
                  g_object_ref (task));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *self = g_task_get_task_data (task);
  g_autoptr (GBytes) challenge = NULL;
  GError *error = NULL;

  self->files = eid_read_finish (result, NULL, NULL, &error);
  if (self->files == NULL)
    {
      fail (task, error);
      return;
    }
  if (!guichet_pin_sheet_can_ask (self->files))
    {
      fail (task, g_error_new_literal (EID_ERROR, EID_ERROR_ABSENT, "no key to sign in with"));
      return;
    }
  challenge = guichet_challenge_for_sign_in (self->nonce->town, self->nonce->nonce);
  guichet_pin_sheet_ask_async (self->parent,
                               GUICHET_PIN_FOR_SIGN_IN,
                               self->reader,
                               self->files,
                               challenge,
                               renew,
                               self->cancellable,
                               pin_cb,
                               g_object_ref (task));
}

static void
renew (GuichetPinSheet *sheet, gpointer user_data)
{
  GTask *task = user_data;
  SignIn *self = g_task_get_task_data (task);
  g_autoptr (GBytes) challenge = NULL;

  if (guichet_nonce_lasts (self->nonce))
    {
      challenge = guichet_challenge_for_sign_in (self->nonce->town, self->nonce->nonce);
      guichet_pin_sheet_go_on (sheet, challenge, NULL);
      return;
    }
  g_set_object (&self->sheet, sheet);
  ask_nonce (task, renewed_cb);
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *self = g_task_get_task_data (task);
  g_autoptr (GuichetPinSheet) sheet = g_steal_pointer (&self->sheet);
  g_autoptr (GBytes) challenge = NULL;
  GError *error = NULL;
  GuichetNonce *nonce =
      guichet_desk_ask_sign_in_nonce_finish (GUICHET_DESK (source), result, &error);

  if (nonce != NULL)
    {
      guichet_nonce_free (self->nonce);
      self->nonce = nonce;
      challenge = guichet_challenge_for_sign_in (nonce->town, nonce->nonce);
    }
  guichet_pin_sheet_go_on (sheet, challenge, error);
}

static void
pin_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *self = g_task_get_task_data (task);
  g_autoptr (GuichetCardContent) content = NULL;
  g_autoptr (EidProofs) proofs = NULL;
  GError *error = NULL;

  proofs = guichet_pin_sheet_ask_finish (result, &error);
  if (proofs == NULL)
    {
      fail (task, error);
      return;
    }
  stop_watching (task);
  content = guichet_card_parcel_new (self->files, proofs);
  guichet_desk_sign_in_card_async (g_task_get_source_object (task),
                                   self->server,
                                   self->nonce,
                                   content,
                                   self->cancellable,
                                   sent_cb,
                                   g_object_ref (task));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (guichet_desk_sign_in_finish (GUICHET_DESK (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
watch (GTask *task, GCancellable *cancellable)
{
  SignIn *self = g_task_get_task_data (task);

  g_signal_connect_swapped (self->slot, "changed", G_CALLBACK (slot_cb), task);
  g_signal_connect_swapped (self->slot, "inserted", G_CALLBACK (inserted_cb), task);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable,
                             "cancelled",
                             G_CALLBACK (g_cancellable_cancel),
                             self->cancellable,
                             G_CONNECT_SWAPPED);
}

void
guichet_card_sign_in_async (GuichetDesk *desk,
                            const char *server,
                            GuichetCardSlot *slot,
                            GtkWindow *parent,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, cancellable, callback, user_data);
  SignIn *self = g_new0 (SignIn, 1);

  g_return_if_fail (GUICHET_IS_DESK (desk));
  g_return_if_fail (guichet_card_slot_get_state (slot) == GUICHET_SLOT_CARD);

  self->server = g_strdup (server);
  self->slot = g_object_ref (slot);
  self->parent = g_object_ref (parent);
  self->reader = g_strdup (guichet_card_slot_get_reader (slot));
  self->cancellable = g_cancellable_new ();
  g_task_set_source_tag (task, guichet_card_sign_in_async);
  g_task_set_task_data (task, self, sign_in_free);
  watch (task, cancellable);
  /* First, so that a server that cannot is not found out by a PIN typed in vain. */
  ask_nonce (task, nonce_cb);
}

gboolean
guichet_card_sign_in_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* clang-format off */
static const struct
{
  gboolean server; /* it speaks, not the card */
  int code;
  const char *words;
} failures[] = {
  { FALSE, EID_ERROR_CARD_REMOVED,
    N_ ("The card was pulled out. Put it in again, and leave it there until you are signed in.") },
  { FALSE, EID_ERROR_ABSENT,
    N_ ("This card has no key to sign in with. Sign in with your password.") },
  { FALSE, EID_ERROR_UNREADABLE,
    N_ ("This card cannot be read as an identity card. Sign in with your password.") },
  { FALSE, EID_ERROR_UNSUPPORTED_CARD,
    N_ ("This card is too old to sign in with. Sign in with your password.") },
  { TRUE, GUICHET_DESK_ERROR_CREDENTIALS,
    N_ ("The server does not let this card sign you in: it belongs to nobody here, it is not good "
        "any more, or the PIN took more than two minutes. Try once more, or sign in with your "
        "password and tell your administrator.") },
  { TRUE, GUICHET_DESK_ERROR_GONE,
    N_ ("This server does not know how to sign you in with a card. Sign in with your password.") },
};
/* clang-format on */

char *
guichet_card_sign_in_words (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_error_matches (error,
                         failures[i].server ? GUICHET_DESK_ERROR : EID_ERROR,
                         failures[i].code))
      return g_strdup (_ (failures[i].words));
  return error->domain == EID_ERROR ? g_strdup (guichet_slot_words_failure (error))
                                    : guichet_error_words (error);
}
