/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-account.h"

G_BEGIN_DECLS

/*
 * Accounts as a clerk reads of them.
 */

/** GuichetAccountDeed: what is done to an account. */
typedef enum
{
  GUICHET_ACCOUNT_OPEN,
  GUICHET_ACCOUNT_CHANGE,
  GUICHET_ACCOUNT_RENEW,
} GuichetAccountDeed;

/** guichet_account_words_under_way: "The account is being opened…" */
const char *guichet_account_words_under_way (GuichetAccountDeed deed);
/** guichet_account_words_done: "The account is open." */
const char *guichet_account_words_done (GuichetAccountDeed deed);
/** guichet_account_words_before: @sentence, said of the card that was in before. (transfer full) */
char *guichet_account_words_before (const char *sentence);

/** guichet_account_words_state: "No account yet". @account: (nullable) @by: (nullable): who opened it. (transfer full) */
char *guichet_account_words_state (const GuichetAccount *account, const char *by, GTimeZone *zone);

/**
 * guichet_account_words_exists:
 * @mine: whether it was this clerk who opened it: then an answer that was lost had said so
 *
 * Returns: that the person whose account was to be opened has one
 */
const char *guichet_account_words_exists (gboolean mine);

/**
 * guichet_account_words_differences:
 * @card: who the card says that they are
 * @known: who the account says that they are
 *
 * Returns: (transfer full) (nullable): a line for each thing of which they say something else; %NULL
 *   where they say the same
 */
char *guichet_account_words_differences (const GuichetCitizen *card, const GuichetCitizen *known);

/**
 * guichet_account_words_error:
 * @error: why an account could not be found, or nothing be done to it
 * @word: (nullable): of the server's refusal
 *
 * Returns: (transfer full): what happened, and what to do
 */
char *guichet_account_words_error (const GError *error, const char *word);

G_END_DECLS
