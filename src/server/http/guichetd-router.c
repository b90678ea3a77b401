/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From method and path to a line of the table of routes.
 */
#define G_LOG_DOMAIN "guichetd-router"

#include "config.h"

#include "guichetd-route.h"

#include <string.h>

/* Segments of the longest path that any route may have, and one more to see that there are too many. */
#define MAX_SEGMENTS 8

typedef struct
{
  const GuichetdRoute *route; /* (borrowed) */
  char **segments;            /* (owned) of the pattern */
  guint n_segments;
} Entry;

struct _GuichetdRouter
{
  GArray *entries; /* of Entry */
};

/* A segment between two slashes, not terminated. */
typedef struct
{
  const char *start;
  gsize length;
} Segment;

static void
entry_clear (gpointer data)
{
  Entry *self = data;

  g_strfreev (self->segments);
}

static gboolean
is_param (const char *segment)
{
  return segment[0] == '{';
}

/* Cuts "/v1/requests" in two; FALSE for what no pattern can match. */
static gboolean
split (const char *path, Segment segments[MAX_SEGMENTS], guint *ret_n)
{
  guint n = 0;

  if (path[0] != '/')
    return FALSE;

  for (const char *p = path; *p == '/';)
    {
      gsize length = strcspn (p + 1, "/");

      if (n == MAX_SEGMENTS || length == 0)
        return FALSE;
      segments[n].start = p + 1;
      segments[n].length = length;
      n++;
      p += 1 + length;
    }

  *ret_n = n;
  return TRUE;
}

static gboolean
entry_fits (const Entry *entry, const Segment *segments, guint n)
{
  if (entry->n_segments != n)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      const char *pattern = entry->segments[i];

      if (is_param (pattern))
        continue;
      if (strncmp (pattern, segments[i].start, segments[i].length) != 0 ||
          pattern[segments[i].length] != '\0')
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_params (const Entry *entry, const Segment *segments, GuichetdMatch *match)
{
  guint n = 0;

  for (guint i = 0; i < entry->n_segments; i++)
    {
      if (!is_param (entry->segments[i]))
        continue;
      match->params[n] =
          g_uri_unescape_segment (segments[i].start, segments[i].start + segments[i].length, NULL);
      if (match->params[n] == NULL || !g_utf8_validate (match->params[n], -1, NULL))
        return FALSE;
      n++;
    }
  return TRUE;
}

void
guichetd_match_clear (GuichetdMatch *self)
{
  for (guint i = 0; i < GUICHETD_ROUTE_MAX_PARAMS; i++)
    g_clear_pointer (&self->params[i], g_free);
  g_clear_pointer (&self->allow, g_free);
  self->route = NULL;
}

GuichetdRouter *
guichetd_router_new (const GuichetdRoute *routes)
{
  GuichetdRouter *self = g_new0 (GuichetdRouter, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);

  for (const GuichetdRoute *route = routes; route->method != NULL; route++)
    {
      Entry entry = { .route = route };
      guint n_params = 0;

      g_assert (route->path[0] == '/');
      entry.segments = g_strsplit (route->path + 1, "/", -1);
      entry.n_segments = g_strv_length (entry.segments);
      for (guint i = 0; i < entry.n_segments; i++)
        n_params += is_param (entry.segments[i]) ? 1 : 0;
      g_assert (entry.n_segments < MAX_SEGMENTS && n_params <= GUICHETD_ROUTE_MAX_PARAMS);
      g_array_append_val (self->entries, entry);
    }
  return self;
}

void
guichetd_router_free (GuichetdRouter *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

gboolean
guichetd_router_match (const GuichetdRouter *self,
                       const char *method,
                       const char *path,
                       GuichetdMatch *match)
{
  Segment segments[MAX_SEGMENTS];
  g_autoptr (GString) allow = NULL;
  guint n;

  memset (match, 0, sizeof *match);
  if (!split (path, segments, &n))
    return FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (!entry_fits (entry, segments, n))
        continue;
      if (strcmp (entry->route->method, method) == 0)
        {
          if (!take_params (entry, segments, match))
            {
              guichetd_match_clear (match);
              return FALSE;
            }
          match->route = entry->route;
          return TRUE;
        }
      if (allow == NULL)
        allow = g_string_new (entry->route->method);
      else
        g_string_append_printf (allow, ", %s", entry->route->method);
    }

  if (allow != NULL)
    match->allow = g_string_free (g_steal_pointer (&allow), FALSE);
  return FALSE;
}

int
guichetd_route_param (const GuichetdRoute *self, const char *name)
{
  gsize length = strlen (name);
  int n = 0;

  for (const char *p = strchr (self->path, '{'); p != NULL; p = strchr (p + 1, '{'))
    {
      if (strncmp (p + 1, name, length) == 0 && p[1 + length] == '}')
        return n;
      n++;
    }
  return -1;
}
