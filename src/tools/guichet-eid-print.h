/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-card-kind.h"
#include "eid-files.h"
#include "eid-prove.h"
#include "eid-report.h"
#include "eid-verify.h"
#include "eid-watcher.h"

G_BEGIN_DECLS

/* What guichet-eid says, for people or as JSON on one line. */

void eid_print_readers (EidService service, GPtrArray *readers, gboolean json);

/** eid_print_card: returns whether the identity could be read. */
gboolean eid_print_card (EidFiles *files, EidCardKind kind, const char *reader, gboolean json);

void eid_print_report (EidReport *report,
                       EidFiles *files,
                       const EidEvidence *evidence,
                       const char *reader,
                       gint64 moment,
                       gboolean json);

/** eid_print_asking: that the PIN goes to the card now, to standard error. */
void eid_print_asking (int tries, EidPinEntry entry);

/** eid_print_error: for people on standard error, as JSON on standard output. */
void eid_print_error (const GError *error, gboolean json);

G_END_DECLS
