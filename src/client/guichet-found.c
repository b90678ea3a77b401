/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the server found, kept as it is now.
 */
#define G_LOG_DOMAIN "guichet-found"

#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-found.h"

struct _GuichetFound
{
  GObject parent_instance;

  GuichetDesk *desk; /* (owned) (nullable): until disposed */
  GPtrArray *rows;   /* (owned): of GuichetRow */
};

static void guichet_found_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetFound,
                               guichet_found,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      guichet_found_list_model_init))

/* The list model */

static GType
guichet_found_get_item_type (GListModel *model)
{
  return GUICHET_TYPE_ROW;
}

static guint
guichet_found_get_n_items (GListModel *model)
{
  return GUICHET_FOUND (model)->rows->len;
}

static gpointer
guichet_found_get_item (GListModel *model, guint position)
{
  GuichetFound *self = GUICHET_FOUND (model);

  return position < self->rows->len ? g_object_ref (g_ptr_array_index (self->rows, position))
                                    : NULL;
}

static void
guichet_found_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = guichet_found_get_item_type;
  iface->get_n_items = guichet_found_get_n_items;
  iface->get_item = guichet_found_get_item;
}

/* What happens at the desk */

static GuichetRow *
make_row (GuichetFound *self, const GuichetLine *found)
{
  GuichetMirror *mirror = self->desk->mirror;
  GuichetOutbox *outbox = self->desk->outbox;
  const guint32 id = mirror != NULL ? guichet_mirror_find_line (mirror, found->reference) : 0;
  g_autoptr (GuichetLine) line = NULL;
  gboolean changed = FALSE;

  if (id != 0)
    line = guichet_mirror_read_line (mirror, id, &changed);
  /* The mirror may still be behind the server. */
  if (line == NULL || line->version < found->version)
    {
      g_clear_pointer (&line, guichet_line_unref);
      line = guichet_line_ref ((GuichetLine *) found);
    }
  return guichet_row_new (line,
                          changed,
                          outbox != NULL && guichet_outbox_has_pending (outbox, line->reference),
                          guichet_line_count_late_days (line, guichet_desk_today (self->desk)));
}

static void
renew (GuichetFound *self, guint position)
{
  GuichetRow *before = g_ptr_array_index (self->rows, position);
  GuichetRow *row = make_row (self, guichet_row_get_line (before));

  self->rows->pdata[position] = row;
  g_object_unref (before);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

static guint
find (GuichetFound *self, const char *reference)
{
  guint i = 0;

  while (
      i < self->rows->len &&
      !g_str_equal (guichet_row_get_line (g_ptr_array_index (self->rows, i))->reference, reference))
    i++;
  return i;
}

static void
lines_changed_cb (GuichetFound *self, GuichetApplied *applied)
{
  for (guint i = 0; i < applied->touched->len; i++)
    {
      const GuichetTouched *touched = g_ptr_array_index (applied->touched, i);
      const guint position = find (self, touched->reference);

      if (position == self->rows->len)
        continue;
      if (touched->version != 0)
        {
          renew (self, position);
        }
      else
        {
          g_ptr_array_remove_index (self->rows, position);
          g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
        }
    }
}

static void
pending_changed_cb (GuichetFound *self, const char *reference)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (reference == NULL ||
        g_str_equal (guichet_row_get_line (g_ptr_array_index (self->rows, i))->reference,
                     reference))
      renew (self, i);
}

static void
day_changed_cb (GuichetFound *self)
{
  pending_changed_cb (self, NULL);
}

static void
guichet_found_dispose (GObject *object)
{
  GuichetFound *self = GUICHET_FOUND (object);

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (guichet_found_parent_class)->dispose (object);
}

static void
guichet_found_finalize (GObject *object)
{
  g_ptr_array_unref (GUICHET_FOUND (object)->rows);

  G_OBJECT_CLASS (guichet_found_parent_class)->finalize (object);
}

static void
guichet_found_class_init (GuichetFoundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichet_found_dispose;
  object_class->finalize = guichet_found_finalize;
}

static void
guichet_found_init (GuichetFound *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

GuichetFound *
guichet_found_new (GuichetDesk *desk, GPtrArray *lines)
{
  GuichetFound *self;

  g_return_val_if_fail (GUICHET_IS_DESK (desk), NULL);
  g_return_val_if_fail (lines != NULL, NULL);

  self = g_object_new (GUICHET_TYPE_FOUND, NULL);
  self->desk = g_object_ref (desk);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (self->rows, make_row (self, g_ptr_array_index (lines, i)));
  g_signal_connect_swapped (desk, "lines-changed", G_CALLBACK (lines_changed_cb), self);
  g_signal_connect_swapped (desk, "pending-changed", G_CALLBACK (pending_changed_cb), self);
  g_signal_connect_swapped (desk, "day-changed", G_CALLBACK (day_changed_cb), self);
  return self;
}
