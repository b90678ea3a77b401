/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-proof.h"
#include "eid-report.h"
#include "eid-verify.h"

G_BEGIN_DECLS

/* What a challenge that was answered comes to, for eid_verify(). */
typedef struct
{
  /* Given: whether the files themselves say whose these keys are */
  gboolean chip_bound;
  gboolean holder_bound;
  /* Output */
  gboolean chip_right;
  gboolean pin_right;
  char *chip_wrong; /* (owned) (nullable): why it is not */
  char *pin_wrong;  /* (owned) (nullable) */
} EidPresence;

/** eid_presence_check: returns whether nothing in @evidence speaks against the card. */
gboolean eid_presence_check (EidPresence *self, EidFiles *files, const EidEvidence *evidence);

void eid_presence_say (const EidPresence *self, const EidEvidence *evidence, EidReport *report);

void eid_presence_clear (EidPresence *self);

G_END_DECLS
