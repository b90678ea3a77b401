/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GuichetdExchange GuichetdExchange;

#define GUICHETD_ROUTE_MAX_PARAMS 3
#define GUICHETD_ROUTE_MAX_QUERY 4

/**
 * GuichetdHandler:
 * @exchange: borrowed; take a reference to answer later
 * @api: what the listener was given for its handlers
 *
 * Answers an exchange, now or later: an exchange that is not answered when the handler returns
 * waits, for no longer than the listener's limit.
 */
typedef void (*GuichetdHandler) (GuichetdExchange *exchange, gpointer api);

typedef enum
{
  GUICHETD_ROUTE_OPEN = 1 << 0, /* needs no session */
  GUICHETD_ROUTE_KEY = 1 << 1,  /* needs an Idempotency-Key */
} GuichetdRouteFlags;

/**
 * GuichetdRoute:
 * @method: in capitals
 * @path: segments, `{name}` for those that vary
 * @operation: its name in openapi.yaml
 * @body: bytes of the largest body; 0 if it has none. Bodies are JSON
 * @query: names of the query's parameters; any other is refused
 * @handler: what answers
 *
 * One line of the table of what the server answers.
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *operation;
  gsize body;
  GuichetdRouteFlags flags;
  const char *query[GUICHETD_ROUTE_MAX_QUERY];
  GuichetdHandler handler;
} GuichetdRoute;

/** What a path and a method lead to. */
typedef struct
{
  const GuichetdRoute *route;              /* (nullable) */
  char *params[GUICHETD_ROUTE_MAX_PARAMS]; /* decoded, in the order of the pattern */
  char *allow; /* (nullable): methods, where the path is known and the method is not */
} GuichetdMatch;
void guichetd_match_clear (GuichetdMatch *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetdMatch, guichetd_match_clear)

typedef struct _GuichetdRouter GuichetdRouter;

/** guichetd_router_new: @routes: ends with a line without method; must outlive the router. */
GuichetdRouter *guichetd_router_new (const GuichetdRoute *routes);
void guichetd_router_free (GuichetdRouter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdRouter, guichetd_router_free)

/**
 * guichetd_router_match:
 * @path: still percent-encoded, so that an encoded slash stays inside its segment
 * @match: (out caller-allocates): clear it
 *
 * Returns: %TRUE if there is a route
 */
gboolean guichetd_router_match (const GuichetdRouter *self,
                                const char *method,
                                const char *path,
                                GuichetdMatch *match);

/** guichetd_route_param: place of `{name}` among the parameters, or -1. */
int guichetd_route_param (const GuichetdRoute *self, const char *name);

G_END_DECLS
