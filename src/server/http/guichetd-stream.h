/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GUICHETD_TYPE_STREAM (guichetd_stream_get_type ())

/**
 * GuichetdStream:
 *
 * A connected socket as libsoup is given it. libsoup 3.2 does not close a connection whose client leaves
 * it between two exchanges: it forgets to (fixed in 3.3 by d20c6601), and each such client costs a
 * descriptor. What it does handle is a question that breaks off after its first byte; so that is what
 * this stream makes of such an end. It also says at once when libsoup has closed it.
 */
G_DECLARE_FINAL_TYPE (GuichetdStream, guichetd_stream, GUICHETD, STREAM, GIOStream)

/**
 * guichetd_stream_new:
 * @closed: called once, when the stream is closed
 */
GuichetdStream *guichetd_stream_new (GSocket *socket, GDestroyNotify closed, gpointer user_data);

/** guichetd_stream_set_idle: whether the connection is between two exchanges. */
void guichetd_stream_set_idle (GuichetdStream *self, gboolean idle);

G_END_DECLS
