/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-citizen.h"
#include "guichet-procedure.h"

G_BEGIN_DECLS

/** guichet_sample_pick: one of an array that ends with NULL. */
const char *guichet_sample_pick (GRand *random, const char *const *from);

/**
 * guichet_sample_person:
 * @day: on which they ask
 *
 * Makes a believable inhabitant of Mons: name, valid national number, address, an e-mail
 * address that nobody has (RFC 2606), a language in about the town's proportions, and an
 * identification that @procedure accepts.
 */
GuichetCitizen *
guichet_sample_person (GRand *random, const GuichetProcedure *procedure, GuichetDay day);

G_END_DECLS
