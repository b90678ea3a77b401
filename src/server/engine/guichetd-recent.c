/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests that were changed lately.
 */
#define G_LOG_DOMAIN "guichetd-recent"

#include "config.h"

#include "guichetd-recent.h"

struct _GuichetdRecent
{
  guint max;
  GHashTable *links; /* (owned): reference, which is the request's → link of order */
  GQueue order;      /* of GuichetRequest (owned): the one asked for last at the front */
};

GuichetdRecent *
guichetd_recent_new (guint max)
{
  GuichetdRecent *self = g_new0 (GuichetdRecent, 1);

  g_assert (max > 0);
  self->max = max;
  self->links = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->order);
  return self;
}

void
guichetd_recent_free (GuichetdRecent *self)
{
  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->order, (GDestroyNotify) guichet_request_unref);
  g_free (self);
}

static void
forget (GuichetdRecent *self, GList *link)
{
  GuichetRequest *request = link->data;

  g_hash_table_remove (self->links, request->reference);
  g_queue_delete_link (&self->order, link);
  guichet_request_unref (request);
}

void
guichetd_recent_put (GuichetdRecent *self, GuichetRequest *request)
{
  GList *before = g_hash_table_lookup (self->links, request->reference);

  if (before != NULL)
    forget (self, before);
  if (request->last_kind == GUICHET_EVENT_PURGED)
    return;

  if (self->order.length == self->max)
    forget (self, self->order.tail);
  g_queue_push_head (&self->order, guichet_request_ref (request));
  g_hash_table_insert (self->links, request->reference, self->order.head);
}

GuichetRequest *
guichetd_recent_find (GuichetdRecent *self,
                      const char *reference,
                      gint64 version,
                      gint64 last_event)
{
  GList *link = g_hash_table_lookup (self->links, reference);
  GuichetRequest *request;

  if (link == NULL)
    return NULL;
  request = link->data;
  if (request->version != version || request->last_event != last_event)
    return NULL;

  g_queue_unlink (&self->order, link);
  g_queue_push_head_link (&self->order, link);
  return guichet_request_ref (request);
}
