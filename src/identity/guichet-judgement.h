/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-verify.h"
#include "guichet-comparison.h"
#include "guichet-identity-check.h"

G_BEGIN_DECLS

/**
 * guichet_judgement_make:
 * @files: that were judged
 * @evidence: (nullable): what eid_verify() had beside them
 * @report: what it said
 * @comparison: (nullable): with the person of a request; %NULL if it could not be made
 *
 * What is kept of a card that was judged and held against a request. Pure; any thread.
 *
 * Returns: (transfer full)
 */
GuichetIdentityCheck *guichet_judgement_make (EidFiles *files,
                                              const EidEvidence *evidence,
                                              EidReport *report,
                                              const GuichetComparison *comparison);

G_END_DECLS
