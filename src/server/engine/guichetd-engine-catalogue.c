/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept and follows from the catalogue, when that is another one than before: what
 * everybody may list, and the days on which requests are due.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichetd-engine-private.h"
#include "guichet-error.h"
#include "guichetd-settings.h"
#include "guichetd-staff-store.h"

#include <string.h>

#define OPEN_PROCEDURES "open-procedures"
#define TERMS "terms"

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
list_open (GuichetCatalogue *catalogue)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  const GPtrArray *known = guichet_catalogue_procedures (catalogue);

  for (guint i = 0; i < known->len; i++)
    {
      const GuichetProcedure *procedure = g_ptr_array_index (known, i);

      if (!procedure->restricted)
        g_ptr_array_add (codes, procedure->code);
    }
  g_ptr_array_sort (codes, compare_codes);
  g_ptr_array_add (codes, NULL);
  return g_strjoinv (" ", (char **) codes->pdata);
}

/* Lines hold days, which terms, calendar and zone make. */
static char *
name_terms (GuichetdEngine *self)
{
  return g_strjoin (" ",
                    guichet_catalogue_version (self->catalogue),
                    g_time_zone_get_identifier (self->zone),
                    NULL);
}

static gboolean
redraw (GuichetdEngine *self,
        GuichetDb *db,
        const char *reference,
        gint64 now,
        gboolean *ret_other,
        GError **error)
{
  g_auto (GuichetdRow) row = { 0 };
  g_autoptr (GuichetRequest) request = NULL;
  g_autoptr (GuichetLine) line = NULL;

  *ret_other = FALSE;
  if (!guichetd_requests_find_state (guichetd_store_get_keys (self->store),
                                     db,
                                     reference,
                                     &row,
                                     error))
    return FALSE;

  request = guichetd_row_get_request (&row, error);
  if (request == NULL)
    return FALSE;
  line = guichetd_engine_line (self, db, request, now, error);
  return line != NULL && guichetd_requests_redraw (db, &row, line, ret_other, error);
}

/* Of one request alone, as against the store's: what "verify" names must not keep all others from
 * being served. */
static gboolean
is_of_one (const GError *error)
{
  return error->domain != GUICHET_DB_ERROR ||
         g_error_matches (error, GUICHET_DB_ERROR, GUICHET_DB_ERROR_DAMAGED);
}

/* A request whose key is gone is about to be removed: it has no line to draw. */
static gboolean
redraw_all (GuichetdEngine *self, GuichetDb *db, guint *ret_n, GError **error)
{
  g_autoptr (GPtrArray) open = guichetd_requests_list_open (db, error);
  gint64 now = guichet_clock_now (self->clock);

  *ret_n = 0;
  for (guint i = 0; open != NULL && i < open->len; i++)
    {
      const char *reference = g_ptr_array_index (open, i);
      g_autoptr (GError) local_error = NULL;
      gboolean other;

      redraw (self, db, reference, now, &other, &local_error);
      if (local_error != NULL && !is_of_one (local_error))
        return guichet_error_pass (error, g_steal_pointer (&local_error));
      if (local_error != NULL)
        g_warning ("%s cannot be opened, and keeps its line: %s", reference, local_error->message);
      *ret_n += other ? 1 : 0;
    }
  return open != NULL;
}

static gboolean
note_terms (GuichetdEngine *self, GuichetDb *db, gboolean *ret_renew, GError **error)
{
  g_autofree char *terms = name_terms (self);
  gboolean same;
  guint n;

  if (!guichetd_settings_is (db, TERMS, terms, &same, error))
    return FALSE;
  if (same)
    return TRUE;

  if (!redraw_all (self, db, &n, error) || !guichetd_settings_put (db, TERMS, terms, error))
    return FALSE;
  if (n > 0)
    g_message ("the catalogue is another one: the lines of %u requests were drawn anew", n);
  *ret_renew = *ret_renew || n > 0;
  return TRUE;
}

static gboolean
note_open (GuichetdEngine *self, GuichetDb *db, gboolean *ret_renew, GError **error)
{
  g_autofree char *open = list_open (self->catalogue);
  gboolean same;

  if (!guichetd_settings_is (db, OPEN_PROCEDURES, open, &same, error))
    return FALSE;
  if (same)
    return TRUE;

  *ret_renew = TRUE;
  return guichetd_settings_put (db, OPEN_PROCEDURES, open, error);
}

static gboolean
note_catalogue (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  gboolean renew = FALSE;

  return note_open (data, db, &renew, error) && note_terms (data, db, &renew, error) &&
         (!renew || guichetd_staff_store_renew_epochs (db, 0, error));
}

gboolean
guichetd_engine_note_catalogue (GuichetdEngine *self, GError **error)
{
  g_return_val_if_fail (GUICHETD_IS_ENGINE (self), FALSE);

  return guichetd_store_write (self->store, note_catalogue, self, error);
}
