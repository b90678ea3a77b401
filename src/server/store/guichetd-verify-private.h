/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-chain.h"
#include "guichetd-journal-verify.h"
#include "guichetd-keys.h"

G_BEGIN_DECLS

/* What the walks of guichetd_journal_verify() share. */

/** Where they go. */
typedef struct
{
  GuichetdKeys *keys;
  GuichetDb *db;
  GCancellable *cancellable; /* (nullable) */
  GuichetdVerdict *verdict;
} GuichetdGround;

/** guichetd_verify_note: a problem, unless there are too many already. */
void guichetd_verify_note (GuichetdVerdict *verdict, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** guichetd_verify_walk: steps through @statement to the end; @look says what it makes of a row. */
gboolean guichetd_verify_walk (const GuichetdGround *ground,
                               const char *statement,
                               void (*look) (GuichetStatement *statement, gpointer walker),
                               gpointer walker,
                               GError **error);

/** A walk along a chain. */
typedef struct
{
  GuichetdVerdict *verdict;
  GuichetdHash before;
  gint64 expected; /* number of the next row */
} GuichetdChainWalk;

/**
 * guichetd_verify_is_linked:
 * @text: (nullable): the link in clear
 * @sealed: (nullable)
 *
 * Whether the row that @statement stands on follows from the one before. Goes on from the hash that is there,
 * so that one broken link is one problem.
 */
gboolean guichetd_verify_is_linked (GuichetdChainWalk *self,
                                    GuichetStatement *statement,
                                    const char *text,
                                    GBytes *sealed);

/** guichetd_account_verify: the walks through accounts: along their chain, and from account to account. */
gboolean guichetd_account_verify (const GuichetdGround *ground, GError **error);

G_END_DECLS
