/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "guichet-statement.h"

G_BEGIN_DECLS

/** _guichet_statement_new: prepares @sql for the life of @handle; a text that does not compile ends the program. @name is for messages. */
GuichetStatement *_guichet_statement_new (sqlite3 *handle, const char *name, const char *sql);
void _guichet_statement_free (GuichetStatement *self);

/** _guichet_statement_prepare: reset, nothing bound. */
void _guichet_statement_prepare (GuichetStatement *self);

/** _guichet_db_set_error: what SQLite says of its last failure on @handle. */
void _guichet_db_set_error (sqlite3 *handle, const char *doing, GError **error);

G_END_DECLS
