/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "eid-prove.h"
#include "eid-verify.h"
#include "guichet-card-person.h"

G_BEGIN_DECLS

/**
 * GuichetCardJudgement:
 *
 * What the files of a card are worth, found out in a thread: who it speaks of, their photo and
 * the verdicts. Cancelled, it ends without.
 */
typedef struct
{
  /* Given */
  EidFiles *files;
  EidRoots *roots;
  GTimeZone *zone;
  gint64 moment;
  gboolean test_mode;
  EidRevocation *revocation; /* (nullable) */
  GBytes *challenge;         /* (nullable) */
  EidProof *chip_proof;      /* (nullable) */
  EidProof *pin_proof;       /* (nullable) */
  EidPinAttempt pin_attempt;

  /* What came of it */
  GuichetCardPerson *person; /* (nullable) */
  GdkTexture *photo;         /* (nullable) */
  EidReport *report;
  GError *error; /* (nullable): why there is no person */
} GuichetCardJudgement;

GuichetCardJudgement *guichet_card_judgement_new (EidFiles *files, const EidPolicy *policy);
void guichet_card_judgement_free (GuichetCardJudgement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetCardJudgement, guichet_card_judgement_free)

/** guichet_card_judgement_take_proofs: what the card answered to a challenge; copied. */
void guichet_card_judgement_take_proofs (GuichetCardJudgement *self,
                                         GBytes *challenge,
                                         const EidProofs *proofs);

/** guichet_card_judgement_run_async: @self: (transfer full) */
void guichet_card_judgement_run_async (GuichetCardJudgement *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/** guichet_card_judgement_finish: (transfer full) (nullable) */
GuichetCardJudgement *guichet_card_judgement_finish (GAsyncResult *result, GError **error);

G_END_DECLS
