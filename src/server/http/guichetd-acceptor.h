/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** GuichetdAccepted: @socket: connected, borrowed. */
typedef void (*GuichetdAccepted) (GSocket *socket, gpointer user_data);

/**
 * GuichetdAcceptor:
 *
 * Takes connections from a listening socket. In libsoup's place: libsoup 3.2 loses an object
 * with each connection, and stops listening for ever the first time that accept() fails, which it
 * does when descriptors have run out.
 */
typedef struct _GuichetdAcceptor GuichetdAcceptor;

/** guichetd_acceptor_new: begins at once, in the thread's default main context. */
GuichetdAcceptor *
guichetd_acceptor_new (GSocket *socket, GuichetdAccepted accepted, gpointer user_data);
/** guichetd_acceptor_free: closes the socket. */
void guichetd_acceptor_free (GuichetdAcceptor *self);

G_END_DECLS
