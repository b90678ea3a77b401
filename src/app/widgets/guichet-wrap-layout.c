/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of buttons that wraps.
 */
#define G_LOG_DOMAIN "guichet-wrap-layout"

#include "config.h"

#include "guichet-wrap-layout.h"

struct _GuichetWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing; /* pixels */
};

enum
{
  PROP_SPACING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GuichetWrapLayout, guichet_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* A row that is being filled. */
typedef struct
{
  int width; /* that there is; -1 for as much as one wants */
  int spacing;
  int x;      /* where the next child goes */
  int y;      /* where the row begins */
  int height; /* of the row so far */
} Row;

/* Puts a child of @size behind the others, in a new row if need be. */
static void
row_add (Row *row, int width, int height, GtkAllocation *ret_place)
{
  if (row->x > 0 && row->width >= 0 && row->x + width > row->width)
    {
      row->y += row->height + row->spacing;
      row->x = 0;
      row->height = 0;
    }
  *ret_place = (GtkAllocation){ row->x, row->y, width, height };
  row->x += width + row->spacing;
  row->height = MAX (row->height, height);
}

static void
size_of (GtkWidget *child, int limit, int *ret_width, int *ret_height)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  *ret_width = limit < 0 ? natural : MAX (minimum, MIN (natural, limit));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, *ret_width, NULL, ret_height, NULL, NULL);
}

static void
measure_width (GuichetWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child,
                          GTK_ORIENTATION_HORIZONTAL,
                          -1,
                          &child_minimum,
                          &child_natural,
                          NULL,
                          NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->spacing : 0);
    }
}

static void
guichet_wrap_layout_measure (GtkLayoutManager *manager,
                             GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  GuichetWrapLayout *self = GUICHET_WRAP_LAYOUT (manager);
  Row row = { .width = for_size, .spacing = self->spacing };

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place;
      int width, height;

      if (!gtk_widget_should_layout (child))
        continue;
      size_of (child, for_size, &width, &height);
      row_add (&row, width, height, &place);
    }
  *minimum = *natural = row.y + row.height;
}

static void
guichet_wrap_layout_allocate (GtkLayoutManager *manager,
                              GtkWidget *widget,
                              int width,
                              int height,
                              int baseline)
{
  GuichetWrapLayout *self = GUICHET_WRAP_LAYOUT (manager);
  const gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Row row = { .width = width, .spacing = self->spacing };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place;
      int child_width, child_height;

      if (!gtk_widget_should_layout (child))
        continue;
      size_of (child, width, &child_width, &child_height);
      row_add (&row, child_width, child_height, &place);
      if (mirrored)
        place.x = width - place.x - place.width;
      gtk_widget_size_allocate (child, &place, -1);
    }
}

static GtkSizeRequestMode
guichet_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
guichet_wrap_layout_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetWrapLayout *self = GUICHET_WRAP_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_wrap_layout_set_property (GObject *object,
                                  guint prop_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  GuichetWrapLayout *self = GUICHET_WRAP_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_wrap_layout_class_init (GuichetWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = guichet_wrap_layout_get_property;
  object_class->set_property = guichet_wrap_layout_set_property;
  layout_class->measure = guichet_wrap_layout_measure;
  layout_class->allocate = guichet_wrap_layout_allocate;
  layout_class->get_request_mode = guichet_wrap_layout_get_request_mode;

  properties[PROP_SPACING] = g_param_spec_int ("spacing",
                                               NULL,
                                               NULL,
                                               0,
                                               G_MAXINT,
                                               0,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
guichet_wrap_layout_init (GuichetWrapLayout *self)
{
}
