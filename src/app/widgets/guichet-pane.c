/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A part of a page with a width of its own.
 */
#define G_LOG_DOMAIN "guichet-pane"

#include "config.h"

#include "guichet-pane.h"

struct _GuichetPane
{
  GtkWidget parent_instance;

  GtkWidget *child; /* (owned) (nullable) */
  int wished_width; /* pixels */
};

enum
{
  PROP_CHILD = 1,
  PROP_WISHED_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GuichetPane, guichet_pane, GTK_TYPE_WIDGET)

static void
guichet_pane_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  GuichetPane *self = GUICHET_PANE (widget);

  if (self->child != NULL)
    gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, self->wished_width);
}

static void
guichet_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GuichetPane *self = GUICHET_PANE (widget);

  if (self->child != NULL)
    gtk_widget_allocate (self->child, width, height, baseline, NULL);
}

static GtkSizeRequestMode
guichet_pane_get_request_mode (GtkWidget *widget)
{
  GuichetPane *self = GUICHET_PANE (widget);

  return self->child != NULL ? gtk_widget_get_request_mode (self->child)
                             : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
guichet_pane_dispose (GObject *object)
{
  g_clear_pointer (&GUICHET_PANE (object)->child, gtk_widget_unparent);

  G_OBJECT_CLASS (guichet_pane_parent_class)->dispose (object);
}

static void
guichet_pane_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetPane *self = GUICHET_PANE (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_WISHED_WIDTH:
      g_value_set_int (value, self->wished_width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_pane_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  GuichetPane *self = GUICHET_PANE (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_clear_pointer (&self->child, gtk_widget_unparent);
      self->child = g_value_get_object (value);
      if (self->child != NULL)
        gtk_widget_set_parent (self->child, GTK_WIDGET (self));
      break;
    case PROP_WISHED_WIDTH:
      self->wished_width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_pane_class_init (GuichetPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = guichet_pane_dispose;
  object_class->get_property = guichet_pane_get_property;
  object_class->set_property = guichet_pane_set_property;
  widget_class->measure = guichet_pane_measure;
  widget_class->size_allocate = guichet_pane_size_allocate;
  widget_class->get_request_mode = guichet_pane_get_request_mode;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_WISHED_WIDTH] =
      g_param_spec_int ("wished-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
}

static void
guichet_pane_init (GuichetPane *self)
{
}
