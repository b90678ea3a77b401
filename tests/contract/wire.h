/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Wire:
 *
 * A port of its own that leads to a server, and what can go wrong on the way. Runs in the main loop.
 */
typedef struct _Wire Wire;

typedef enum
{
  WIRE_SOUND,  /* as it comes */
  WIRE_CLOSED, /* connections end as they begin */
  WIRE_DEAF,   /* the server hears nothing, and nothing is answered */
  WIRE_DUMB,   /* the server hears and answers; nobody hears that */
  WIRE_CUT,    /* ends once so many bytes of the answer have passed */
  WIRE_DRIP,   /* so many milliseconds for each byte of the answer */
  WIRE_LIES,   /* the server hears nothing; the text is the answer, and the end */
} WireFault;

/** wire_new: sound, leading nowhere yet. */
Wire *wire_new (void);
void wire_free (Wire *self);
const char *wire_address (Wire *self);
void wire_lead_to (Wire *self, guint16 port);

/**
 * wire_break:
 * @only: (nullable): only connections on which this is said, from then on, such as "/commands"
 * @number: bytes or milliseconds
 * @lie: (nullable): what WIRE_LIES says
 *
 * From now on, on connections that there are as on new ones.
 */
void wire_break (Wire *self, WireFault fault, const char *only, guint number, GBytes *lie);
/** wire_mend: everything that comes passes again; what is broken is cut. */
void wire_mend (Wire *self);
/** wire_cut: ends all connections there are. */
void wire_cut (Wire *self);
/** wire_caught: how often the fault was met since wire_break(). */
guint wire_caught (Wire *self);
/** wire_swallowed: bytes of answers that nobody heard since wire_break(). */
gsize wire_swallowed (Wire *self);

G_END_DECLS
