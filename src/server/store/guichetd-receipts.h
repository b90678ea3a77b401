/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-db.h"

G_BEGIN_DECLS

#define GUICHETD_DIGEST_BYTES 32

/**
 * GuichetdKept:
 * @reference: of the request, or the name of the account
 * @version: of it after the command
 * @number: of its last event; 0 if it changed nothing
 * @digest: of what was asked; all zero once it is purged
 *
 * What a command came to. Kept for ever, and holds no personal data.
 */
typedef struct
{
  char *reference;
  gint64 version;
  gint64 number;
  guint8 digest[GUICHETD_DIGEST_BYTES];
} GuichetdKept;

void guichetd_kept_clear (GuichetdKept *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetdKept, guichetd_kept_clear)

/** guichetd_receipts_find: %FALSE without @error if @actor never sent a command with that @key, or it was refused. */
gboolean guichetd_receipts_find (GuichetDb *db,
                                 const char *actor,
                                 const char *key,
                                 GuichetdKept *kept,
                                 GError **error);

/** guichetd_receipts_add: in the writer, with what it tells of. */
gboolean guichetd_receipts_add (GuichetDb *db,
                                const char *actor,
                                const char *key,
                                const GuichetdKept *kept,
                                GError **error);

/** guichetd_receipts_forget: forgets the digests of all commands that are among a request's events. */
gboolean guichetd_receipts_forget (GuichetDb *db, const char *reference, GError **error);

/** guichetd_receipts_forget_account: the same of an account's. */
gboolean guichetd_receipts_forget_account (GuichetDb *db, const char *account, GError **error);

G_END_DECLS
