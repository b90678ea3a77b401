/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A queue line as a list shows it.
 */
#define G_LOG_DOMAIN "guichet-row"

#include "config.h"

#include "guichet-row.h"

struct _GuichetRow
{
  GObject parent_instance;

  GuichetLine *line; /* (owned) */
  gboolean changed;
  gboolean pending;
  guint late_days;

  /* The line that it is about, if that is not read yet */
  GuichetRowFunc read; /* (nullable) */
  gpointer user_data;
  guint32 id;
};

enum
{
  PROP_LINE = 1,
  PROP_REFERENCE,
  PROP_CHANGED,
  PROP_PENDING,
  PROP_LATE_DAYS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_BOXED_TYPE (GuichetLine, guichet_line, guichet_line_ref, guichet_line_unref)
G_DEFINE_FINAL_TYPE (GuichetRow, guichet_row, G_TYPE_OBJECT)

static void
guichet_row_finalize (GObject *object)
{
  GuichetRow *self = GUICHET_ROW (object);

  g_clear_pointer (&self->line, guichet_line_unref);

  G_OBJECT_CLASS (guichet_row_parent_class)->finalize (object);
}

static void
guichet_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetRow *self = GUICHET_ROW (object);

  guichet_row_read (self);
  switch (prop_id)
    {
    case PROP_LINE:
      g_value_set_boxed (value, self->line);
      break;
    case PROP_REFERENCE:
      g_value_set_string (value, self->line->reference);
      break;
    case PROP_CHANGED:
      g_value_set_boolean (value, self->changed);
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, self->pending);
      break;
    case PROP_LATE_DAYS:
      g_value_set_uint (value, self->late_days);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_row_class_init (GuichetRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = guichet_row_finalize;
  object_class->get_property = guichet_row_get_property;

  properties[PROP_LINE] = g_param_spec_boxed ("line", NULL, NULL, GUICHET_TYPE_LINE, flags);
  properties[PROP_REFERENCE] = g_param_spec_string ("reference", NULL, NULL, NULL, flags);
  properties[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, flags);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags);
  properties[PROP_LATE_DAYS] = g_param_spec_uint ("late-days", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
guichet_row_init (GuichetRow *self)
{
}

GuichetRow *
guichet_row_new (GuichetLine *line, gboolean changed, gboolean pending, guint late_days)
{
  GuichetRow *self = g_object_new (GUICHET_TYPE_ROW, NULL);

  self->line = guichet_line_ref (line);
  self->changed = changed;
  self->pending = pending;
  self->late_days = late_days;
  return self;
}

void
guichet_row_set (GuichetRow *self,
                 GuichetLine *line,
                 gboolean changed,
                 gboolean pending,
                 guint late_days)
{
  GuichetLine *before;

  g_return_if_fail (GUICHET_IS_ROW (self));

  self->read = NULL;
  before = self->line;
  self->line = guichet_line_ref (line);
  guichet_line_unref (before);
  self->changed = changed;
  self->pending = pending;
  self->late_days = late_days;

  for (guint i = PROP_LINE + 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINE]);
}

void
guichet_row_put_off (GuichetRow *self, guint32 id, GuichetRowFunc read, gpointer user_data)
{
  g_return_if_fail (GUICHET_IS_ROW (self));
  g_return_if_fail (read != NULL);

  self->read = read;
  self->user_data = user_data;
  self->id = id;
}

gboolean
guichet_row_read (GuichetRow *self)
{
  g_return_val_if_fail (GUICHET_IS_ROW (self), FALSE);

  if (self->read == NULL)
    return FALSE;
  g_steal_pointer (&self->read) (self, self->id, self->user_data);
  return TRUE;
}

gboolean
guichet_row_is_read (GuichetRow *self)
{
  g_return_val_if_fail (GUICHET_IS_ROW (self), FALSE);

  return self->read == NULL;
}

void
guichet_row_keep (GuichetRow *self)
{
  g_return_if_fail (GUICHET_IS_ROW (self));

  self->read = NULL;
}

const GuichetLine *
guichet_row_get_line (GuichetRow *self)
{
  g_return_val_if_fail (GUICHET_IS_ROW (self), NULL);
  guichet_row_read (self);
  return self->line;
}

gboolean
guichet_row_get_changed (GuichetRow *self)
{
  g_return_val_if_fail (GUICHET_IS_ROW (self), FALSE);
  guichet_row_read (self);
  return self->changed;
}

gboolean
guichet_row_get_pending (GuichetRow *self)
{
  g_return_val_if_fail (GUICHET_IS_ROW (self), FALSE);
  guichet_row_read (self);
  return self->pending;
}

guint
guichet_row_get_late_days (GuichetRow *self)
{
  g_return_val_if_fail (GUICHET_IS_ROW (self), 0);
  guichet_row_read (self);
  return self->late_days;
}
