/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows that were asked for last.
 */
#define G_LOG_DOMAIN "guichet-rows"

#include "config.h"

#include "guichet-rows.h"

/* A GtkColumnView has some two hundred at a time. */
#define ROWS_MAX 512

typedef struct
{
  guint32 id;
  GuichetRow *row; /* (owned) */
} Recent;

struct _GuichetRows
{
  GHashTable *by_id; /* (owned): id → GList link in recent */
  GQueue recent;     /* of Recent, the last used first */
  GPtrArray *spare;  /* (owned) of GuichetRow: may be used for other lines */
};

static void
recent_free (Recent *recent)
{
  g_object_unref (recent->row);
  g_free (recent);
}

GuichetRows *
guichet_rows_new (void)
{
  GuichetRows *self = g_new0 (GuichetRows, 1);

  self->by_id = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->recent);
  self->spare = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
guichet_rows_free (GuichetRows *self)
{
  guichet_rows_forget_all (self);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->spare);
  g_free (self);
}

static GuichetRow *
take_spare (GuichetRows *self)
{
  if (self->spare->len == 0)
    return NULL;
  return g_ptr_array_steal_index (self->spare, self->spare->len - 1);
}

GuichetRow *
guichet_rows_find (GuichetRows *self, guint32 id)
{
  GList *link = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));

  if (link == NULL)
    return NULL;
  g_queue_unlink (&self->recent, link);
  g_queue_push_head_link (&self->recent, link);
  return g_object_ref (((const Recent *) link->data)->row);
}

GuichetRow *
guichet_rows_make (GuichetRows *self,
                   guint32 id,
                   GuichetLine *line,
                   gboolean changed,
                   gboolean pending,
                   guint late_days)
{
  Recent *recent = g_new0 (Recent, 1);

  recent->id = id;
  recent->row = take_spare (self);
  if (recent->row != NULL)
    guichet_row_set (recent->row, line, changed, pending, late_days);
  else
    recent->row = guichet_row_new (line, changed, pending, late_days);

  g_queue_push_head (&self->recent, recent);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (id), self->recent.head);
  if (self->recent.length > ROWS_MAX)
    guichet_rows_forget (self, ((const Recent *) self->recent.tail->data)->id);
  return g_object_ref (recent->row);
}

void
guichet_rows_forget (GuichetRows *self, guint32 id)
{
  GList *link = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));

  if (link == NULL)
    return;
  g_hash_table_remove (self->by_id, GUINT_TO_POINTER (id));
  recent_free (link->data);
  g_queue_delete_link (&self->recent, link);
}

void
guichet_rows_forget_all (GuichetRows *self)
{
  g_hash_table_remove_all (self->by_id);
  g_queue_clear_full (&self->recent, (GDestroyNotify) recent_free);
}

void
guichet_rows_begin_reuse (GuichetRows *self)
{
  /* The last used come last, to be taken first. */
  for (GList *l = self->recent.tail; l != NULL; l = l->prev)
    {
      Recent *recent = l->data;

      if (G_OBJECT (recent->row)->ref_count > 1)
        g_ptr_array_add (self->spare, g_object_ref (recent->row));
    }
  guichet_rows_forget_all (self);
}

guint
guichet_rows_count_spare (GuichetRows *self)
{
  return self->spare->len;
}

void
guichet_rows_end_reuse (GuichetRows *self)
{
  g_ptr_array_set_size (self->spare, 0);
}

GHashTable *
guichet_rows_select (GuichetRows *self, GuichetRowsFunc func, gpointer user_data)
{
  GHashTable *ids = g_hash_table_new (NULL, NULL);

  for (GList *l = self->recent.head; l != NULL; l = l->next)
    {
      Recent *recent = l->data;

      if (func (recent->id, recent->row, user_data))
        g_hash_table_add (ids, GUINT_TO_POINTER (recent->id));
    }
  return ids;
}
