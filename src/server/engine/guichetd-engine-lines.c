/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Queue lines: what a request looks like today.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichetd-engine-private.h"
#include "guichetd-staff-store.h"

GuichetDay
guichetd_engine_day (GuichetdEngine *self, gint64 instant)
{
  return guichet_day_of_instant (instant, self->zone);
}

GuichetLine *
guichetd_engine_line (GuichetdEngine *self,
                      GuichetDb *db,
                      const GuichetRequest *request,
                      gint64 now,
                      GError **error)
{
  const GuichetProcedure *procedure = guichet_catalogue_find (self->catalogue, request->procedure);
  g_autoptr (GuichetDeadline) deadline = NULL;
  g_autofree char *name = NULL;

  if (request->assignee != NULL &&
      !guichetd_staff_store_find_name (db, request->assignee, &name, error))
    return NULL;

  /* A procedure that left the catalogue has no terms any more. */
  if (procedure != NULL)
    deadline = guichet_deadline_new (request,
                                     procedure,
                                     guichet_catalogue_calendar (self->catalogue),
                                     self->zone,
                                     guichetd_engine_day (self, now));
  return guichet_line_from_request (request, deadline, name);
}
