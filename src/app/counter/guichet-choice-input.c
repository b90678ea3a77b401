/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer that is chosen.
 */
#define G_LOG_DOMAIN "guichet-choice-input"

#include "config.h"

#include "guichet-choice-input.h"
#include "guichet-drop-down.h"
#include "guichet-locale.h"

#include <glib/gi18n.h>

/* So many are found faster by typing. */
#define MANY 12

struct _GuichetChoiceInput
{
  AdwBin parent_instance;

  /* Given */
  const GuichetField *field; /* (borrowed) (nullable) */

  gboolean filling;

  /* Template widgets */
  GtkDropDown *drop_down;
};

static void input_init (GuichetFieldInputInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetChoiceInput,
                               guichet_choice_input,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GUICHET_TYPE_FIELD_INPUT, input_init))

/* The first one is no answer yet. */
static void
ask (GuichetFieldInput *input, const GuichetField *field)
{
  GuichetChoiceInput *self = GUICHET_CHOICE_INPUT (input);
  const GuichetLanguage language = guichet_locale_language ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Choose…"));
  for (guint i = 0; i < field->choices->len; i++)
    {
      const GuichetChoice *choice = g_ptr_array_index (field->choices, i);

      gtk_string_list_append (names, guichet_localized_get (&choice->names, language));
    }
  self->field = field;
  self->filling = TRUE;
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_enable_search (self->drop_down, field->choices->len > MANY);
  self->filling = FALSE;
  guichet_drop_down_mend (self->drop_down, guichet_localized_get (&field->labels, language));
}

static JsonNode *
get_answer (GuichetFieldInput *input)
{
  GuichetChoiceInput *self = GUICHET_CHOICE_INPUT (input);
  const guint position = gtk_drop_down_get_selected (self->drop_down);
  const GuichetChoice *choice;

  if (position == 0 || position > self->field->choices->len)
    return NULL;
  choice = g_ptr_array_index (self->field->choices, position - 1);
  return json_node_init_string (json_node_alloc (), choice->code);
}

static void
fill (GuichetFieldInput *input, const char *answer)
{
  GuichetChoiceInput *self = GUICHET_CHOICE_INPUT (input);
  guint position = 0;

  for (guint i = 0; i < self->field->choices->len; i++)
    {
      const GuichetChoice *choice = g_ptr_array_index (self->field->choices, i);

      if (g_strcmp0 (choice->code, answer) == 0)
        position = i + 1;
    }
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->drop_down, position);
  self->filling = FALSE;
}

static void
set_locked (GuichetFieldInput *input, gboolean locked)
{
  gtk_widget_set_sensitive (GTK_WIDGET (GUICHET_CHOICE_INPUT (input)->drop_down), !locked);
}

static GtkWidget *
get_control (GuichetFieldInput *input)
{
  return GTK_WIDGET (GUICHET_CHOICE_INPUT (input)->drop_down);
}

static void
selected_cb (GuichetChoiceInput *self)
{
  if (self->field != NULL && !self->filling)
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
guichet_choice_input_dispose (GObject *object)
{
  GUICHET_CHOICE_INPUT (object)->field = NULL;
  /* Its child is bound to the template: GTK would take it away under the bin's hands. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_CHOICE_INPUT);

  G_OBJECT_CLASS (guichet_choice_input_parent_class)->dispose (object);
}

static void
guichet_choice_input_class_init (GuichetChoiceInputClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_choice_input_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-choice-input.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetChoiceInput, drop_down);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
guichet_choice_input_init (GuichetChoiceInput *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
