/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** GUICHET_NONCE_SIZE: bytes that the server gives once. */
#define GUICHET_NONCE_SIZE 32

/*
 * What a card signs. Desk and server compose it apart from the same parts, so that a desk never
 * has bytes signed that somebody gave it ready-made, and a signature is good for nothing else:
 * a fixed text that says what it is for, then each part behind its length.
 */

/**
 * guichet_challenge_for_check:
 * @town: as the server names itself
 * @reference: of the request
 * @session: SHA-256 of the clerk's token, in hexadecimal digits
 * @nonce: what the server gave for this request and session
 *
 * Returns: (transfer full): what is signed to verify who the person of a request is
 */
GBytes *guichet_challenge_for_check (const char *town,
                                     const char *reference,
                                     const char *session,
                                     GBytes *nonce);

/** guichet_challenge_for_sign_in: (transfer full): what is signed by staff who sign in with their card. */
GBytes *guichet_challenge_for_sign_in (const char *town, GBytes *nonce);

G_END_DECLS
