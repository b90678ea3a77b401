/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-citizen.h"
#include "guichet-procedure.h"

G_BEGIN_DECLS

/**
 * guichet_sample_answers:
 *
 * Fills in the form of @procedure as @citizen would, so that guichet_form_check() is content.
 *
 * Returns: (transfer full): answers by field code
 */
JsonObject *guichet_sample_answers (GRand *random,
                                    const GuichetProcedure *procedure,
                                    const GuichetCitizen *citizen,
                                    GuichetDay day);

G_END_DECLS
