/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A prepared statement whose parameters and columns go by name.
 */
#define G_LOG_DOMAIN "guichet-statement"

#include "config.h"

#include "guichet-statement-private.h"

#define PARAMETERS_MAX 64 /* bits of a mask */

struct _GuichetStatement
{
  sqlite3_stmt *stmt; /* (owned) */
  char *name;
  guint64 parameters; /* a bit for each */
  guint64 unbound;    /* those that were not bound since the statement was handed out */
  char **names;       /* (owned): of parameters, by index */
  char **columns;     /* (owned) (nullable): made at the first row */
  /* After those that were asked for last: they come in the same order each time. */
  guint next_name;
  guint next_column;
};

/* A parameter that nobody binds is NULL to SQLite, which may even be stored without a word. */
static guint64
parameters_of (GuichetStatement *self)
{
  const int n = sqlite3_bind_parameter_count (self->stmt);

  if (n > PARAMETERS_MAX)
    g_error ("%s.sql has more than %d parameters", self->name, PARAMETERS_MAX);
  return n > 0 ? G_MAXUINT64 >> (PARAMETERS_MAX - n) : 0;
}

static char **
list_parameters (sqlite3_stmt *stmt)
{
  const int n = sqlite3_bind_parameter_count (stmt);
  char **names = g_new0 (char *, n + 1);

  for (int i = 0; i < n; i++)
    {
      const char *marked = sqlite3_bind_parameter_name (stmt, i + 1);

      names[i] = g_strdup (marked != NULL ? marked + 1 : ""); /* without SQLite's colon */
    }
  return names;
}

static char **
list_columns (sqlite3_stmt *stmt)
{
  const int n = sqlite3_column_count (stmt);
  char **names = g_new0 (char *, n + 1);

  for (int i = 0; i < n; i++)
    names[i] = g_strdup (sqlite3_column_name (stmt, i));
  return names;
}

/* Looks from @next on, where it almost always is; -1 if there is no such name. */
static int
find_name (char **names, const char *name, guint *next)
{
  const guint from = *next;

  for (guint i = from; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      {
        *next = i + 1;
        return (int) i;
      }
  for (guint i = 0; i < from; i++)
    if (strcmp (names[i], name) == 0)
      {
        *next = i + 1;
        return (int) i;
      }
  return -1;
}

GuichetStatement *
_guichet_statement_new (sqlite3 *handle, const char *name, const char *sql)
{
  GuichetStatement *self = g_new0 (GuichetStatement, 1);
  const char *rest = NULL;

  self->name = g_strdup (name);
  if (sqlite3_prepare_v3 (handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->stmt, &rest) !=
          SQLITE_OK ||
      self->stmt == NULL)
    g_error ("%s.sql: %s", name, sqlite3_errmsg (handle));
  for (; rest != NULL && *rest != '\0'; rest++)
    if (!g_ascii_isspace (*rest) && *rest != ';')
      g_error ("%s.sql holds more than one statement", name);
  self->parameters = parameters_of (self);
  self->names = list_parameters (self->stmt);
  self->unbound = self->parameters;
  return self;
}

void
_guichet_statement_free (GuichetStatement *self)
{
  sqlite3_finalize (self->stmt);
  g_strfreev (self->names);
  g_strfreev (self->columns);
  g_free (self->name);
  g_free (self);
}

void
_guichet_statement_prepare (GuichetStatement *self)
{
  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
  self->unbound = self->parameters;
  self->next_name = 0;
  self->next_column = 0;
}

static int
parameter (GuichetStatement *self, const char *name)
{
  const int index = find_name (self->names, name, &self->next_name);

  if (index < 0)
    g_error ("%s.sql has no parameter %s", self->name, name);
  self->unbound &= ~(G_GUINT64_CONSTANT (1) << index);
  return index + 1;
}

static void
check_bound (GuichetStatement *self, const char *name, int code)
{
  if (code != SQLITE_OK)
    g_error ("%s.sql: binding %s: %s", self->name, name, sqlite3_errstr (code));
}

void
guichet_statement_bind_text (GuichetStatement *self, const char *name, const char *value)
{
  check_bound (self,
               name,
               sqlite3_bind_text (self->stmt, parameter (self, name), value, -1, SQLITE_TRANSIENT));
}

void
guichet_statement_bind_integer (GuichetStatement *self, const char *name, gint64 value)
{
  check_bound (self, name, sqlite3_bind_int64 (self->stmt, parameter (self, name), value));
}

void
guichet_statement_bind_null (GuichetStatement *self, const char *name)
{
  check_bound (self, name, sqlite3_bind_null (self->stmt, parameter (self, name)));
}

void
guichet_statement_bind_blob (GuichetStatement *self,
                             const char *name,
                             gconstpointer data,
                             gsize length)
{
  /* A NULL pointer would bind NULL, and an empty blob is not that. */
  check_bound (self,
               name,
               sqlite3_bind_blob64 (self->stmt,
                                    parameter (self, name),
                                    data != NULL ? data : "",
                                    length,
                                    SQLITE_TRANSIENT));
}

void
guichet_statement_bind_bytes (GuichetStatement *self, const char *name, GBytes *value)
{
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (value, &length);

  guichet_statement_bind_blob (self, name, data, length);
}

static void
fail_unbound (GuichetStatement *self)
{
  int first = 1;

  while ((self->unbound >> (first - 1) & 1) == 0)
    first++;
  g_error ("%s.sql: nobody bound %s", self->name, sqlite3_bind_parameter_name (self->stmt, first));
}

gboolean
guichet_statement_step (GuichetStatement *self, GError **error)
{
  int code;

  if (G_UNLIKELY (self->unbound != 0))
    fail_unbound (self);
  code = sqlite3_step (self->stmt);
  if (code == SQLITE_ROW)
    return TRUE;

  if (code != SQLITE_DONE)
    _guichet_db_set_error (sqlite3_db_handle (self->stmt), self->name, error);
  sqlite3_reset (self->stmt);
  return FALSE;
}

gboolean
guichet_statement_run (GuichetStatement *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (guichet_statement_step (self, &failure))
    ;
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

void
guichet_statement_reset (GuichetStatement *self)
{
  sqlite3_reset (self->stmt);
}

static int
column (GuichetStatement *self, const char *name)
{
  int index;

  if (self->columns == NULL)
    self->columns = list_columns (self->stmt);

  index = find_name (self->columns, name, &self->next_column);
  if (index < 0)
    g_error ("%s.sql has no column %s", self->name, name);
  return index;
}

const char *
guichet_statement_text (GuichetStatement *self, const char *name)
{
  return (const char *) sqlite3_column_text (self->stmt, column (self, name));
}

gint64
guichet_statement_integer (GuichetStatement *self, const char *name)
{
  return sqlite3_column_int64 (self->stmt, column (self, name));
}

gboolean
guichet_statement_is_null (GuichetStatement *self, const char *name)
{
  return sqlite3_column_type (self->stmt, column (self, name)) == SQLITE_NULL;
}

GBytes *
guichet_statement_blob (GuichetStatement *self, const char *name)
{
  int index = column (self, name);
  gconstpointer data = sqlite3_column_blob (self->stmt, index);

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->stmt, index));
}
