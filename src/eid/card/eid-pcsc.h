/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <winscard.h>

#include "eid-card-kind.h"
#include "eid-transport.h"

G_BEGIN_DECLS

/* One card in one reader, for one thread: connected, in a transaction that keeps other
 * programs out. */
typedef struct
{
  EidTransport transport; /* first, so that one is the other */
  /* Owned */
  SCARDCONTEXT context;
  SCARDHANDLE handle;
  gboolean has_context;
  gboolean has_handle;
  gboolean in_transaction;
  /* What was found */
  EidCardKind kind;
  DWORD protocol;
  /* Given */
  GCancellable *cancellable; /* (unowned) (nullable) */
  guint *exchanges;          /* (unowned): counts up, for who watches from another thread */
} EidPcsc;

/**
 * eid_pcsc_open:
 * @exchanges: read by others with g_atomic_int_get()
 *
 * Connects to the card in @reader. Blocks for as long as pcscd does; whatever happens,
 * eid_pcsc_close() must follow.
 */
gboolean eid_pcsc_open (EidPcsc *self,
                        const char *reader,
                        GCancellable *cancellable,
                        guint *exchanges,
                        GError **error);

/** eid_pcsc_close: resets the card where the transport was marked so, and lets go of it. */
void eid_pcsc_close (EidPcsc *self);

/** eid_pcsc_error: sets the error of this library that a status of PC/SC comes to. */
void eid_pcsc_error (GError **error, LONG status, const char *doing);

/** eid_pcsc_is_lost: whether this context will never work again, and a new one may. */
gboolean eid_pcsc_is_lost (LONG status);

G_END_DECLS
