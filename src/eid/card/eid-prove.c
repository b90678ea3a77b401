/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One proof of one card, in a sitting of its own.
 */
#define G_LOG_DOMAIN "eid-prove"

#include "config.h"

#include "eid-prove.h"

#include "eid-card-proof.h"
#include "eid-error.h"
#include "eid-pin-pad.h"
#include "eid-sitting.h"

typedef struct
{
  EidProveRequest request; /* its pointers are owned */
  EidProveAsking asking;   /* (nullable) */
  gpointer asking_data;
} Proving;

static void
proving_free (gpointer data)
{
  Proving *self = data;

  g_clear_pointer (&self->request.challenge, g_bytes_unref);
  g_clear_pointer (&self->request.files, eid_files_unref);
  g_clear_pointer (&self->request.pin, eid_pin_unref);
  g_free (self);
}

static void
proofs_free (gpointer data)
{
  eid_proofs_free (data);
}

/* The caller is done; a thread that hangs should not keep the PIN. */
static void
proving_ended (gpointer data)
{
  Proving *self = data;

  if (self->request.pin != NULL)
    eid_pin_wipe (self->request.pin);
}

static void
tell_asking (gpointer data, gpointer news)
{
  Proving *self = data;

  self->asking (*(int *) news, self->asking_data);
}

/* What the thread has at hand when the card asks for the PIN. */
typedef struct
{
  EidSitting *sitting;
  Proving *proving;
} Thread;

static void
thread_asking (int tries, gpointer data)
{
  Thread *thread = data;

  eid_sitting_commit (thread->sitting);
  if (thread->proving->request.entry == EID_PIN_ENTRY_PAD)
    eid_sitting_allow (thread->sitting,
                       (EID_PIN_PAD_FIRST_SECONDS + EID_PIN_PAD_LAST_SECONDS) * 1000);
  if (thread->proving->asking != NULL)
    eid_sitting_tell (thread->sitting, tell_asking, g_memdup2 (&tries, sizeof tries), g_free);
}

static gpointer
prove_work (EidSitting *sitting, EidPcsc *pcsc, gpointer data, GError **error)
{
  Thread thread = { sitting, data };

  return eid_card_prove (&pcsc->transport,
                         pcsc->kind,
                         &thread.proving->request,
                         thread_asking,
                         &thread,
                         error);
}

static const EidSittingClass prove_class = { prove_work, proving_free, proofs_free, proving_ended };

static gboolean
has_pin (const EidProveRequest *request)
{
  return request->pin != NULL && eid_pin_get_length (request->pin) >= EID_PIN_MIN;
}

static Proving *
proving_new (const EidProveRequest *request, EidProveAsking asking, gpointer asking_data)
{
  Proving *self = g_new0 (Proving, 1);

  self->request = *request;
  self->asking = asking;
  self->asking_data = asking_data;
  if (request->challenge != NULL)
    g_bytes_ref (request->challenge);
  if (request->files != NULL)
    eid_files_ref (request->files);
  if (request->pin != NULL)
    eid_pin_ref (request->pin);
  return self;
}

void
eid_prove_async (const char *reader,
                 const EidProveRequest *request,
                 guint timeout,
                 EidProveAsking asking,
                 gpointer asking_data,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  Proving *proving = proving_new (request, asking, asking_data);

  if (request->entry == EID_PIN_ENTRY_TYPED && !has_pin (request))
    {
      proving_ended (proving);
      proving_free (proving);
      g_task_report_new_error (NULL,
                               callback,
                               user_data,
                               eid_prove_async,
                               EID_ERROR,
                               EID_ERROR_INVALID,
                               "a PIN has %d to %d digits",
                               EID_PIN_MIN,
                               EID_PIN_MAX);
      return;
    }
  eid_sitting_run (&prove_class,
                   reader,
                   timeout,
                   proving,
                   eid_prove_async,
                   cancellable,
                   callback,
                   user_data);
}

EidProofs *
eid_prove_finish (GAsyncResult *result, EidCardKind *ret_kind, guint *ret_exchanges, GError **error)
{
  return eid_sitting_finish (result, eid_prove_async, ret_kind, ret_exchanges, error);
}
