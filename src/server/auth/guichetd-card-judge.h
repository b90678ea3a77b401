/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-card-person.h"
#include "guichet-citizen.h"
#include "guichet-clock.h"
#include "guichet-identity-check.h"
#include "guichetd-card.h"

G_BEGIN_DECLS

/**
 * GuichetdCardOptions:
 * @roots: (nullable): paths of roots beside those of the state
 * @test_roots: (nullable): paths of roots of test cards, which pass in test mode alone
 * @revocation: whether revocation is asked for; where it is not, or nobody answers, the verdict
 *   is `revocationUnknown`
 * @hosts: (nullable): who may be asked instead of those of the state
 * @proxy: (nullable): `host:port` of an HTTP proxy by which they are asked
 * @timeout: milliseconds for one answer; 0 for the library's default
 * @patience: milliseconds for all of a card's; 0 for the library's default
 */
typedef struct
{
  char **roots;
  char **test_roots;
  gboolean test_mode;
  gboolean revocation;
  char **hosts;
  char *proxy;
  guint timeout;
  guint patience;
} GuichetdCardOptions;

#define GUICHETD_TYPE_CARD_JUDGE (guichetd_card_judge_get_type ())

/**
 * GuichetdCardJudge:
 *
 * Verifies what desks send of cards, with the library that they read them with and in a thread of
 * its own. Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetdCardJudge, guichetd_card_judge, GUICHETD, CARD_JUDGE, GObject)

/** guichetd_card_judge_new: @zone: of the town's days. Fails where a root cannot be used. */
GuichetdCardJudge *guichetd_card_judge_new (GuichetClock *clock,
                                            GTimeZone *zone,
                                            const GuichetdCardOptions *options,
                                            GError **error);

/** guichetd_card_judge_close: ends the thread. Safe to call twice. */
void guichetd_card_judge_close (GuichetdCardJudge *self);

/**
 * guichetd_card_judge_judge_async:
 * @card: (transfer full)
 * @citizen: (nullable): the person of the request against whom it is held
 */
void guichetd_card_judge_judge_async (GuichetdCardJudge *self,
                                      GuichetdCard *card,
                                      GuichetCitizen *citizen,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/**
 * guichetd_card_judge_judge_finish:
 * @ret_person: (out) (transfer full) (nullable) (optional): whom the card is about; %NULL if that cannot be read
 *
 * Returns: (transfer full): what was found, whatever that is
 */
GuichetIdentityCheck *guichetd_card_judge_judge_finish (GuichetdCardJudge *self,
                                                        GAsyncResult *result,
                                                        GuichetCardPerson **ret_person,
                                                        GError **error);

G_END_DECLS
