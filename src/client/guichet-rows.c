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
  GQueue unread;     /* of GuichetRow (owned): put off, or read since */
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
  g_queue_init (&self->unread);
  self->spare = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
guichet_rows_free (GuichetRows *self)
{
  guichet_rows_forget_all (self);
  guichet_rows_give_up (self);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->spare);
  g_free (self);
}

static void
keep (GuichetRows *self, guint32 id, GuichetRow *row)
{
  Recent *recent = g_new0 (Recent, 1);

  recent->id = id;
  recent->row = g_object_ref (row);
  g_queue_push_head (&self->recent, recent);
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (id), self->recent.head);
  if (self->recent.length > ROWS_MAX)
    guichet_rows_forget (self, ((const Recent *) self->recent.tail->data)->id);
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
  guichet_rows_give_up (self);
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

GPtrArray *
guichet_rows_take_spare (GuichetRows *self, guint n)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func (g_object_unref);

  /* From the other end than take_spare() does. */
  for (guint i = 0; i + n < self->spare->len; i++)
    g_ptr_array_add (taken, g_object_ref (g_ptr_array_index (self->spare, i)));
  if (taken->len > 0)
    g_ptr_array_remove_range (self->spare, 0, taken->len);
  return taken;
}

/* Those that waited longest and that nobody holds any more need not be read. */
static void
bound_unread (GuichetRows *self)
{
  while (self->unread.length > ROWS_MAX)
    {
      g_autoptr (GuichetRow) row = g_queue_pop_head (&self->unread);

      if (G_OBJECT (row)->ref_count > 1)
        guichet_row_read (row);
    }
}

GuichetRow *
guichet_rows_put_off (GuichetRows *self,
                      guint32 id,
                      GuichetLine *blank,
                      GuichetRowFunc read,
                      gpointer user_data)
{
  GuichetRow *row = take_spare (self);

  if (row == NULL)
    row = guichet_row_new (blank, FALSE, FALSE, 0);
  guichet_row_put_off (row, id, read, user_data);
  g_queue_push_tail (&self->unread, g_object_ref (row));
  keep (self, id, row);
  bound_unread (self);
  return row;
}

guint
guichet_rows_count_unread (GuichetRows *self)
{
  return self->unread.length;
}

void
guichet_rows_read_some (GuichetRows *self, guint n)
{
  while (n > 0 && self->unread.length > 0)
    {
      g_autoptr (GuichetRow) row = g_queue_pop_head (&self->unread);

      if (guichet_row_read (row))
        n--;
    }
}

void
guichet_rows_give_up (GuichetRows *self)
{
  GuichetRow *row;

  while ((row = g_queue_pop_head (&self->unread)) != NULL)
    {
      guichet_row_keep (row);
      g_object_unref (row);
    }
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
