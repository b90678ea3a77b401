/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_FILING (guichet_filing_get_type ())

/**
 * GuichetFiling:
 *
 * A form's way to the server: it is filed once, however often it is tried, and changed between
 * the tries. It remembers each version to which nobody heard an answer.
 *
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetFiling, guichet_filing, GUICHET, FILING, GObject)

GuichetFiling *guichet_filing_new (GuichetDesk *desk);

/** guichet_filing_get_key: by which the server knows the form. (transfer none) */
const char *guichet_filing_get_key (GuichetFiling *self);

/** guichet_filing_is_unsure: whether it may have been filed: a try is under way, or had no answer. */
gboolean guichet_filing_is_unsure (GuichetFiling *self);

/**
 * guichet_filing_try_async:
 * @command: (transfer none): a submission with the key of the form, as it is filled in now
 *
 * Files it. Where the server had it before, which of the versions that was is asked for.
 */
void guichet_filing_try_async (GuichetFiling *self,
                               GuichetCommand *command,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/**
 * guichet_filing_try_finish:
 * @ret_earlier: (out): whether it is filed as it was at an earlier try
 * @ret_issues: (out) (transfer full) (element-type GuichetIssue): as guichet_desk_file_finish()
 *
 * Returns: (transfer full) (nullable): the reference
 */
char *guichet_filing_try_finish (GuichetFiling *self,
                                 GAsyncResult *result,
                                 gboolean *ret_earlier,
                                 GPtrArray **ret_issues,
                                 GError **error);

G_END_DECLS
