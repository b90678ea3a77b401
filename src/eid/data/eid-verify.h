/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-files.h"
#include "eid-report.h"
#include "eid-roots.h"

G_BEGIN_DECLS

/**
 * EidPolicy:
 * @roots: (transfer none): which roots are known
 * @moment: when to judge at, microseconds since the epoch
 * @zone: (nullable) (transfer none): whose day it is then; %NULL for Brussels
 * @test_mode: test roots are let pass, with a caution
 *
 * What a card is judged by.
 */
typedef struct
{
  EidRoots *roots;
  gint64 moment;
  GTimeZone *zone;
  gboolean test_mode;
} EidPolicy;

/**
 * eid_verify:
 * @files: %EID_FILES_ALL of a card, as far as it has them
 *
 * Judges the files of a card: the register's signatures, the photo, the basic key, the chain
 * to a known root, the periods, and that all of them speak of one card and one holder. Pure:
 * the same bytes and policy always give the same verdicts. Collects all, not the first.
 *
 * It cannot know whether the files lie on the card that was issued or on a copy, nor what was
 * revoked since: it says `presenceNotProved`, `pinNotAsked` and `revocationUnknown`.
 *
 * Returns: (transfer full): the verdicts
 */
EidReport *eid_verify (EidFiles *files, const EidPolicy *policy);

G_END_DECLS
