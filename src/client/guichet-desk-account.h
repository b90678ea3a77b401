/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-account.h"
#include "guichet-desk-card.h"

G_BEGIN_DECLS

/*
 * Accounts of citizens. They are only at the server: nothing of them is kept on this computer, and
 * nothing that is asked about them waits among the unsent.
 */

/** guichet_desk_may_assist: whether @clerk may open accounts and see them. @clerk: (nullable) */
gboolean guichet_desk_may_assist (const GuichetClerk *clerk);

/** guichet_desk_find_account_async: by national register number; recorded at the server if there is one. */
void guichet_desk_find_account_async (GuichetDesk *self,
                                      const char *niss,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/**
 * guichet_desk_find_account_finish:
 * @ret_account: (out) (transfer full) (nullable): %NULL where the person has none
 */
gboolean guichet_desk_find_account_finish (GuichetDesk *self,
                                           GAsyncResult *result,
                                           GuichetAccount **ret_account,
                                           GError **error);

/**
 * GuichetAccountAct:
 *
 * One thing that the server is asked to do to an account. Given to it again, whatever became of the
 * first time, it is done once. What it says is wiped when the last reference goes.
 *
 * Main thread only.
 */
typedef struct _GuichetAccountAct GuichetAccountAct;

/** guichet_account_act_new_open: for the holder of @card: (transfer none), to be reached as @contact says. */
GuichetAccountAct *
guichet_account_act_new_open (const GuichetCardContent *card, const GuichetContact *contact);
/** guichet_account_act_new_change: @account: as the clerk saw it. @contact: all of it, as it shall be. */
GuichetAccountAct *
guichet_account_act_new_change (const GuichetAccount *account, const GuichetContact *contact);
/** guichet_account_act_new_renew: what the register says of the person, from @card: (transfer none). */
GuichetAccountAct *
guichet_account_act_new_renew (const GuichetAccount *account, const GuichetCardContent *card);
GuichetAccountAct *guichet_account_act_ref (GuichetAccountAct *self);
void guichet_account_act_unref (GuichetAccountAct *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetAccountAct, guichet_account_act_unref)

/** guichet_desk_act_on_account_async: now or not at all. */
void guichet_desk_act_on_account_async (GuichetDesk *self,
                                        GuichetAccountAct *act,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/**
 * guichet_desk_act_on_account_finish:
 * @ret_word: (out) (transfer full) (nullable): if the server refuses: `cardRefused`, `accountExists`,
 *   `otherPerson`, `conflict`…
 * @ret_issues: (out) (transfer full) (element-type GuichetIssue): what is wrong with it, place by place
 */
gboolean guichet_desk_act_on_account_finish (GuichetDesk *self,
                                             GAsyncResult *result,
                                             char **ret_word,
                                             GPtrArray **ret_issues,
                                             GError **error);

G_END_DECLS
