/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-desk.h"

G_BEGIN_DECLS

/**
 * GuichetCardContent:
 *
 * What is sent of a card: its files and what its keys answered, in the words of the card library.
 * Has a key of its own: sent again, whatever became of the first time, it acts once.
 */
typedef struct _GuichetCardContent GuichetCardContent;

GuichetCardContent *guichet_card_content_new (void);
void guichet_card_content_free (GuichetCardContent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetCardContent, guichet_card_content_free)

/** guichet_card_content_add_file: @word: `identity`, … @content: (transfer none): kept with a reference. */
void guichet_card_content_add_file (GuichetCardContent *self, const char *word, GBytes *content);
/** guichet_card_content_add_proof: @kind: `authentication` or `chip`. @signature: (transfer none) */
void guichet_card_content_add_proof (GuichetCardContent *self,
                                     const char *kind,
                                     const char *algorithm,
                                     GBytes *signature);

/**
 * GuichetNonce:
 * @nonce: 32 bytes, good once
 * @town: as the server names itself
 * @session: (nullable): SHA-256 of the session's token, in hexadecimal digits; %NULL to sign in
 * @until: when it ends, by a clock that only guichet_nonce_lasts() knows
 *
 * What a challenge for a card is composed of.
 */
typedef struct
{
  GBytes *nonce;
  char *town;
  char *session;
  gint64 until;
} GuichetNonce;

void guichet_nonce_free (GuichetNonce *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetNonce, guichet_nonce_free)

/** guichet_nonce_lasts: whether there is time left for a person to type a PIN, whatever the PC's clock says. */
gboolean guichet_nonce_lasts (const GuichetNonce *self);

/** guichet_desk_ask_nonce_async: for a check of who the person of a request is. */
void guichet_desk_ask_nonce_async (GuichetDesk *self,
                                   const char *reference,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/** guichet_desk_ask_nonce_finish: (transfer full) (nullable) */
GuichetNonce *
guichet_desk_ask_nonce_finish (GuichetDesk *self, GAsyncResult *result, GError **error);

/**
 * guichet_desk_check_identity_async:
 * @version: of the request that the clerk was looking at
 * @nonce: of guichet_desk_ask_nonce_async(): what @content answers, or nothing did
 * @content: (transfer none): may be freed at once
 *
 * Records who the person at the counter is. Goes to the server now or not at all: a nonce does
 * not live long enough to wait among the unsent. What was found comes with the history.
 */
void guichet_desk_check_identity_async (GuichetDesk *self,
                                        const char *reference,
                                        gint64 version,
                                        const GuichetNonce *nonce,
                                        const GuichetCardContent *content,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
guichet_desk_check_identity_finish (GuichetDesk *self, GAsyncResult *result, GError **error);

/** guichet_desk_ask_sign_in_nonce_async: for who signs in with their card; there is no session in it. */
void guichet_desk_ask_sign_in_nonce_async (GuichetDesk *self,
                                           const char *server,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
/** guichet_desk_ask_sign_in_nonce_finish: (transfer full) (nullable) */
GuichetNonce *
guichet_desk_ask_sign_in_nonce_finish (GuichetDesk *self, GAsyncResult *result, GError **error);

/**
 * guichet_desk_sign_in_card_async:
 * @nonce: of guichet_desk_ask_sign_in_nonce_async(), from the same server
 * @content: (transfer none): with the answer of the holder's key
 *
 * As guichet_desk_sign_in_async(), and ends with guichet_desk_sign_in_finish().
 */
void guichet_desk_sign_in_card_async (GuichetDesk *self,
                                      const char *server,
                                      const GuichetNonce *nonce,
                                      const GuichetCardContent *content,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

G_END_DECLS
