/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GuichetStatement:
 *
 * A prepared statement; parameters and columns go by name (`reference` for what stands as
 * `:reference` in the text). A name that the statement does not have is a programmer's mistake,
 * and so is a parameter that nobody bound before the first step: what is NULL is bound as NULL.
 */
typedef struct _GuichetStatement GuichetStatement;

void guichet_statement_bind_text (GuichetStatement *self,
                                  const char *name,
                                  const char *value); /* NULL binds NULL */
void guichet_statement_bind_integer (GuichetStatement *self, const char *name, gint64 value);
void guichet_statement_bind_null (GuichetStatement *self, const char *name);
void guichet_statement_bind_blob (GuichetStatement *self,
                                  const char *name,
                                  gconstpointer data,
                                  gsize length);
void guichet_statement_bind_bytes (GuichetStatement *self, const char *name, GBytes *value);

/**
 * guichet_statement_step:
 * @error: (out)
 *
 * Returns: %TRUE if there is a row; %FALSE at the end, or with @error set. Either way the
 *   statement is reset at the end and can be bound anew.
 */
gboolean guichet_statement_step (GuichetStatement *self, GError **error);

/** guichet_statement_run: steps to the end; FALSE only with @error set. */
gboolean guichet_statement_run (GuichetStatement *self, GError **error);

/** guichet_statement_reset: gives up what is left of the rows; needed only when stopping early. */
void guichet_statement_reset (GuichetStatement *self);

/** guichet_statement_text: (nullable): valid until the next step. */
const char *guichet_statement_text (GuichetStatement *self, const char *column);
gint64 guichet_statement_integer (GuichetStatement *self, const char *column);
gboolean guichet_statement_is_null (GuichetStatement *self, const char *column);
/** guichet_statement_blob: (transfer full): a copy, empty for NULL. */
GBytes *guichet_statement_blob (GuichetStatement *self, const char *column);

G_END_DECLS
