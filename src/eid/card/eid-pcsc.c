/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PC/SC, as pcsc-lite 1.9 does it. A context belongs to one thread and does not outlive pcscd:
 * after a restart each call on it fails, first with F_COMM_ERROR, and only a new one works. A
 * card that is pulled out in the middle of a command can look like an answer with no bytes.
 */
#define G_LOG_DOMAIN "eid-pcsc"

#include "config.h"

#include "eid-pcsc.h"

#include "eid-error.h"

/* Old cards fall silent when asked again at once after 6Cxx. */
#define SETTLE_MS 40

/* What the statuses of PC/SC come to; the rest is EID_ERROR_CARD_MUTE, which is tried again. */
static const struct
{
  LONG status;
  EidError error;
  const char *text;
} statuses[] = {
  { SCARD_E_NO_SERVICE, EID_ERROR_NO_SERVICE, "pcscd does not run" },
  { SCARD_E_SERVICE_STOPPED, EID_ERROR_NO_SERVICE, "pcscd has ended" },
  { SCARD_F_COMM_ERROR, EID_ERROR_NO_SERVICE, "pcscd has ended" },
  { SCARD_E_INVALID_HANDLE, EID_ERROR_NO_SERVICE, "pcscd has ended" },
  { SCARD_W_SECURITY_VIOLATION, EID_ERROR_DENIED, "this user may not use the readers" },
  { SCARD_E_NO_SMARTCARD, EID_ERROR_NO_CARD, "there is no card in the reader" },
  { SCARD_W_REMOVED_CARD, EID_ERROR_CARD_REMOVED, "the card was removed" },
  { SCARD_E_UNKNOWN_READER, EID_ERROR_READER_LOST, "there is no such reader" },
  { SCARD_E_READER_UNAVAILABLE, EID_ERROR_READER_LOST, "the reader is gone" },
  { SCARD_E_NO_READERS_AVAILABLE, EID_ERROR_READER_LOST, "there is no reader" },
  { SCARD_E_SHARING_VIOLATION, EID_ERROR_IN_USE, "another program keeps the card to itself" },
};

void
eid_pcsc_error (GError **error, LONG status, const char *doing)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].status == status)
      {
        g_set_error (error, EID_ERROR, (int) statuses[i].error, "%s: %s", doing, statuses[i].text);
        return;
      }
  g_set_error (error,
               EID_ERROR,
               EID_ERROR_CARD_MUTE,
               "%s: %s (%08lX)",
               doing,
               pcsc_stringify_error (status),
               (gulong) status);
}

gboolean
eid_pcsc_is_lost (LONG status)
{
  return status == SCARD_F_COMM_ERROR || status == SCARD_E_NO_SERVICE ||
         status == SCARD_E_INVALID_HANDLE || status == SCARD_E_SERVICE_STOPPED;
}

static gboolean
check (LONG status, const char *doing, GError **error)
{
  if (status == SCARD_S_SUCCESS)
    return TRUE;
  eid_pcsc_error (error, status, doing);
  return FALSE;
}

static gboolean
may_go_on (EidPcsc *self, GError **error)
{
  return self->transport.closing ||
         !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
pcsc_transmit (EidTransport *transport,
               const guint8 *command,
               gsize size,
               guint8 *ret_answer,
               gsize *ret_size,
               GError **error)
{
  EidPcsc *self = (EidPcsc *) transport;
  const SCARD_IO_REQUEST *pci = self->protocol == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
  DWORD answer_size = EID_ANSWER_MAX;
  LONG status;

  if (!may_go_on (self, error))
    return FALSE;

  status = SCardTransmit (self->handle, pci, command, size, NULL, ret_answer, &answer_size);
  g_atomic_int_inc (self->exchanges);
  if (!check (status, "talking to the card", error))
    return FALSE;
  if (answer_size < 2)
    {
      g_set_error_literal (error, EID_ERROR, EID_ERROR_CARD_MUTE, "the card does not answer");
      return FALSE;
    }
  *ret_size = answer_size;
  return TRUE;
}

static gboolean
pcsc_control (EidTransport *transport,
              guint32 code,
              const guint8 *command,
              gsize size,
              guint8 *ret_answer,
              gsize room,
              gsize *ret_size,
              GError **error)
{
  EidPcsc *self = (EidPcsc *) transport;
  DWORD answer_size = 0;
  LONG status;

  if (!may_go_on (self, error))
    return FALSE;

  status = SCardControl (self->handle, code, command, size, ret_answer, room, &answer_size);
  g_atomic_int_inc (self->exchanges);
  *ret_size = answer_size;
  return check (status, "asking the reader", error);
}

static gboolean
read_kind (EidPcsc *self, GError **error)
{
  guint8 atr[MAX_ATR_SIZE];
  DWORD atr_size = sizeof atr;
  DWORD reader_size = 0, state = 0;

  if (!check (SCardStatus (self->handle,
                           NULL,
                           &reader_size,
                           &state,
                           &self->protocol,
                           atr,
                           &atr_size),
              "asking what the card is",
              error))
    return FALSE;

  self->kind = eid_card_kind_of (atr, atr_size);
  self->transport.t0 = self->protocol != SCARD_PROTOCOL_T1;
  if (self->kind == EID_CARD_BELPIC_1 || self->kind == EID_CARD_BELPIC_1_7)
    self->transport.settle = SETTLE_MS;
  return TRUE;
}

gboolean
eid_pcsc_open (EidPcsc *self,
               const char *reader,
               GCancellable *cancellable,
               guint *exchanges,
               GError **error)
{
  *self = (EidPcsc){ .transport.transmit = pcsc_transmit,
                     .transport.control = pcsc_control,
                     .cancellable = cancellable,
                     .exchanges = exchanges };

  if (!check (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &self->context),
              "looking for readers",
              error))
    return FALSE;
  self->has_context = TRUE;

  if (!check (SCardConnect (self->context,
                            reader,
                            SCARD_SHARE_SHARED,
                            SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                            &self->handle,
                            &self->protocol),
              "connecting to the card",
              error))
    return FALSE;
  self->has_handle = TRUE;

  if (!check (SCardBeginTransaction (self->handle), "taking the card", error))
    return FALSE;
  self->in_transaction = TRUE;
  return read_kind (self, error);
}

void
eid_pcsc_close (EidPcsc *self)
{
  /* Reset while the card is still kept: afterwards it may be another program's turn. */
  const DWORD leave = self->transport.spoiled ? SCARD_RESET_CARD : SCARD_LEAVE_CARD;

  if (self->in_transaction)
    SCardEndTransaction (self->handle, leave);
  if (self->has_handle)
    SCardDisconnect (self->handle, SCARD_LEAVE_CARD);
  if (self->has_context)
    SCardReleaseContext (self->context);
  *self = (EidPcsc){ 0 };
}
