/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer that is a box to tick.
 */
#define G_LOG_DOMAIN "guichet-tick-input"

#include "config.h"

#include "guichet-tick-input.h"
#include "guichet-locale.h"

struct _GuichetTickInput
{
  AdwBin parent_instance;

  gboolean filling;

  /* Template widgets */
  GtkCheckButton *button;
  GtkLabel *label;
};

static void input_init (GuichetFieldInputInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetTickInput,
                               guichet_tick_input,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GUICHET_TYPE_FIELD_INPUT, input_init))

static void
ask (GuichetFieldInput *input, const GuichetField *field)
{
  GuichetTickInput *self = GUICHET_TICK_INPUT (input);
  const char *label = guichet_localized_get (&field->labels, guichet_locale_language ());
  g_autofree char *marked = g_strconcat (label, field->required ? " *" : "", NULL);

  gtk_label_set_label (self->label, marked);
}

static JsonNode *
get_answer (GuichetFieldInput *input)
{
  GuichetTickInput *self = GUICHET_TICK_INPUT (input);

  return json_node_init_boolean (json_node_alloc (), gtk_check_button_get_active (self->button));
}

static void
fill (GuichetFieldInput *input, const char *answer)
{
  GuichetTickInput *self = GUICHET_TICK_INPUT (input);

  self->filling = TRUE;
  gtk_check_button_set_active (self->button, g_strcmp0 (answer, "true") == 0);
  self->filling = FALSE;
}

static void
set_locked (GuichetFieldInput *input, gboolean locked)
{
  gtk_widget_set_sensitive (GTK_WIDGET (GUICHET_TICK_INPUT (input)->button), !locked);
}

static GtkWidget *
get_control (GuichetFieldInput *input)
{
  return GTK_WIDGET (GUICHET_TICK_INPUT (input)->button);
}

static void
toggled_cb (GuichetTickInput *self)
{
  if (!self->filling)
    guichet_field_input_edited (GUICHET_FIELD_INPUT (self));
}

static void
input_init (GuichetFieldInputInterface *iface)
{
  iface->ask = ask;
  iface->get_answer = get_answer;
  iface->fill = fill;
  iface->set_locked = set_locked;
  iface->get_control = get_control;
}

static void
guichet_tick_input_dispose (GObject *object)
{
  /* Its child is bound to the template: GTK would take it away under the bin's hands. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_TICK_INPUT);

  G_OBJECT_CLASS (guichet_tick_input_parent_class)->dispose (object);
}

static void
guichet_tick_input_class_init (GuichetTickInputClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_tick_input_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-tick-input.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetTickInput, button);
  gtk_widget_class_bind_template_child (widget_class, GuichetTickInput, label);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
guichet_tick_input_init (GuichetTickInput *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
