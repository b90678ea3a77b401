/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

/*
 * What buttons and keys do to a request. Each puts a command into the outbox and returns;
 * the request shows it as pending. If even that fails, a toast at @origin says so.
 */

/** guichet_acts_submit: @command: (transfer none): with its reference. */
void guichet_acts_submit (GtkWidget *origin, GuichetDesk *desk, GuichetCommand *command);

void guichet_acts_claim (GtkWidget *origin, GuichetDesk *desk, const char *reference);
void guichet_acts_release (GtkWidget *origin, GuichetDesk *desk, const char *reference);
/** guichet_acts_assign: @seen: version that it was decided on. */
void guichet_acts_assign (GtkWidget *origin,
                          GuichetDesk *desk,
                          const char *reference,
                          gint64 seen,
                          const char *login,
                          const char *reason);
void guichet_acts_unblock (GtkWidget *origin, GuichetDesk *desk, const char *reference);
void
guichet_acts_note (GtkWidget *origin, GuichetDesk *desk, const char *reference, const char *text);
void guichet_acts_resend (GtkWidget *origin,
                          GuichetDesk *desk,
                          const char *reference,
                          const char *notification);

/**
 * guichet_acts_attach_async:
 * @seen: version that the clerk looked at when they set out for the file
 * @file: a PDF of at most GUICHET_DOCUMENT_MAX bytes
 *
 * Reads the file and attaches it. Fails with a GUICHET_DESK_ERROR_REFUSED whose message is a
 * sentence when it is no PDF, empty or too large.
 */
void guichet_acts_attach_async (GuichetDesk *desk,
                                const char *reference,
                                gint64 seen,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean guichet_acts_attach_finish (GuichetDesk *desk, GAsyncResult *result, GError **error);

G_END_DECLS
