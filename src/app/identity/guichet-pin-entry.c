/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a PIN is typed.
 */
#define G_LOG_DOMAIN "guichet-pin-entry"

#include "config.h"

#include "guichet-pin-entry.h"

#include <glib/gi18n.h>

#define DOT 10
#define GAP 8

struct _GuichetPinEntry
{
  GtkWidget parent_instance;

  /* Owned */
  EidPin *pin; /* (nullable): until the first digit */
};

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetPinEntry, guichet_pin_entry, GTK_TYPE_WIDGET)

static guint
length_of (GuichetPinEntry *self)
{
  return self->pin != NULL ? eid_pin_get_length (self->pin) : 0;
}

static void
changed (GuichetPinEntry *self)
{
  const guint length = length_of (self);
  g_autofree char *spoken =
      g_strdup_printf (ngettext ("PIN code: %u digit", "PIN code: %u digits", length), length);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_digit (GuichetPinEntry *self, guint digit)
{
  g_autoptr (GError) error = NULL;

  if (self->pin == NULL)
    self->pin = eid_pin_new (&error);
  if (self->pin == NULL)
    g_warning ("no PIN can be typed: %s", error->message);
  else if (eid_pin_add (self->pin, digit))
    changed (self);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static gboolean
key_cb (GuichetPinEntry *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    add_digit (self, keyval - GDK_KEY_0);
  else if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    add_digit (self, keyval - GDK_KEY_KP_0);
  else if (keyval == GDK_KEY_BackSpace && self->pin != NULL)
    {
      eid_pin_remove (self->pin);
      changed (self);
    }
  else if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    g_signal_emit (self, signals[ACTIVATE], 0);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
pressed_cb (GuichetPinEntry *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Digits that are there are full, those that a PIN has at least are rings. */
static void
guichet_pin_entry_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GuichetPinEntry *self = GUICHET_PIN_ENTRY (widget);
  const guint length = length_of (self);
  const guint count = MAX (length, EID_PIN_MIN);
  float x = ((float) gtk_widget_get_width (widget) - (float) (count * (DOT + GAP) - GAP)) / 2;
  const float y = ((float) gtk_widget_get_height (widget) - DOT) / 2;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (guint i = 0; i < count; i++, x += DOT + GAP)
    {
      const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, DOT, DOT);
      const float full = DOT, ring = 1.5f;
      const float width = i < length ? full : ring;
      GskRoundedRect circle;

      gsk_rounded_rect_init_from_rect (&circle, &bounds, DOT / 2.0f);
      gtk_snapshot_append_border (snapshot,
                                  &circle,
                                  (float[4]){ width, width, width, width },
                                  (GdkRGBA[4]){ color, color, color, color });
    }
}

static void
guichet_pin_entry_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural =
      orientation == GTK_ORIENTATION_HORIZONTAL ? EID_PIN_MAX * (DOT + GAP) : 3 * DOT;
}

static void
guichet_pin_entry_dispose (GObject *object)
{
  g_clear_pointer (&GUICHET_PIN_ENTRY (object)->pin, eid_pin_unref);

  G_OBJECT_CLASS (guichet_pin_entry_parent_class)->dispose (object);
}

static void
guichet_pin_entry_class_init (GuichetPinEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guichet_pin_entry_dispose;
  widget_class->snapshot = guichet_pin_entry_snapshot;
  widget_class->measure = guichet_pin_entry_measure;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
  signals[ACTIVATE] = g_signal_new ("activate",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);
  gtk_widget_class_set_css_name (widget_class, "pinentry");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
guichet_pin_entry_init (GuichetPinEntry *self)
{
  /* Bare keys: no input method is asked, so none sees them. */
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *press = gtk_gesture_click_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  changed (self);
}

gboolean
guichet_pin_entry_is_complete (GuichetPinEntry *self)
{
  g_return_val_if_fail (GUICHET_IS_PIN_ENTRY (self), FALSE);

  return length_of (self) >= EID_PIN_MIN;
}

EidPin *
guichet_pin_entry_take (GuichetPinEntry *self)
{
  EidPin *pin;

  g_return_val_if_fail (GUICHET_IS_PIN_ENTRY (self), NULL);

  pin = g_steal_pointer (&self->pin);
  changed (self);
  return pin;
}

void
guichet_pin_entry_clear (GuichetPinEntry *self)
{
  g_return_if_fail (GUICHET_IS_PIN_ENTRY (self));

  g_clear_pointer (&self->pin, eid_pin_unref);
  changed (self);
}
