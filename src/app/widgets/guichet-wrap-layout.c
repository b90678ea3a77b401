/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of controls that wraps.
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

/* Where a child goes. */
typedef struct
{
  GtkWidget *child;
  GtkAllocation at;
} Place;

static void
size_of (GtkWidget *child, int limit, int *ret_width, int *ret_height)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  *ret_width = limit < 0 ? natural : MAX (minimum, MIN (natural, limit));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, *ret_width, NULL, ret_height, NULL, NULL);
}

static guint
count_expanding (GArray *places, guint first)
{
  guint n = 0;

  for (guint i = first; i < places->len; i++)
    n += gtk_widget_compute_expand (g_array_index (places, Place, i).child,
                                    GTK_ORIENTATION_HORIZONTAL);
  return n;
}

/* The last row is full: its children, from @first on, are as high as it is, and those that expand share what is left. */
static int
end_row (GArray *places, guint first, int width)
{
  const Place *last = &g_array_index (places, Place, places->len - 1);
  const int left = width - last->at.x - last->at.width;
  guint n_expanding = left > 0 ? count_expanding (places, first) : 0;
  int extra = left;
  int shift = 0;
  int height = 0;

  for (guint i = first; i < places->len; i++)
    height = MAX (height, g_array_index (places, Place, i).at.height);
  for (guint i = first; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);

      place->at.x += shift;
      place->at.height = height;
      if (n_expanding > 0 && gtk_widget_compute_expand (place->child, GTK_ORIENTATION_HORIZONTAL))
        {
          const int share = extra / (int) n_expanding--;

          place->at.width += share;
          shift += share;
          extra -= share;
        }
    }
  return height;
}

/* @width: that there is; -1 for as much as one wants. */
static GArray *
place_children (GuichetWrapLayout *self, GtkWidget *widget, int width, int *ret_height)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  guint first = 0; /* of the row that is being filled */
  int x = 0;
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      Place place = { .child = child };

      if (!gtk_widget_should_layout (child))
        continue;
      size_of (child, width, &place.at.width, &place.at.height);
      if (x > 0 && width >= 0 && x + place.at.width > width)
        {
          y += end_row (places, first, width) + self->spacing;
          x = 0;
          first = places->len;
        }
      place.at.x = x;
      place.at.y = y;
      x += place.at.width + self->spacing;
      g_array_append_val (places, place);
    }
  *ret_height = places->len > 0 ? y + end_row (places, first, width) : 0;
  return places;
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
  g_autoptr (GArray) places = NULL;

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }

  places = place_children (self, widget, for_size, natural);
  *minimum = *natural;
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
  int needed;
  g_autoptr (GArray) places = place_children (self, widget, width, &needed);

  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);

      if (mirrored)
        place->at.x = width - place->at.x - place->at.width;
      gtk_widget_size_allocate (place->child, &place->at, -1);
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
