/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer of several lines.
 */
#define G_LOG_DOMAIN "guichet-lines-input"

#include "config.h"

#include "guichet-lines-input.h"

struct _GuichetLinesInput
{
  AdwBin parent_instance;

  gboolean filling;

  /* Template widgets */
  GtkTextView *view;
};

static void input_init (GuichetFieldInputInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetLinesInput,
                               guichet_lines_input,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GUICHET_TYPE_FIELD_INPUT, input_init))

static void
ask (GuichetFieldInput *input, const GuichetField *field)
{
}

static JsonNode *
get_answer (GuichetFieldInput *input)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GUICHET_LINES_INPUT (input)->view);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  return *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static void
fill (GuichetFieldInput *input, const char *answer)
{
  GuichetLinesInput *self = GUICHET_LINES_INPUT (input);

  self->filling = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view),
                            answer != NULL ? answer : "",
                            -1);
  self->filling = FALSE;
}

static void
set_locked (GuichetFieldInput *input, gboolean locked)
{
  gtk_text_view_set_editable (GUICHET_LINES_INPUT (input)->view, !locked);
}

static GtkWidget *
get_control (GuichetFieldInput *input)
{
  return GTK_WIDGET (GUICHET_LINES_INPUT (input)->view);
}

static void
changed_cb (GuichetLinesInput *self)
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
guichet_lines_input_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_LINES_INPUT);

  G_OBJECT_CLASS (guichet_lines_input_parent_class)->dispose (object);
}

static void
guichet_lines_input_class_init (GuichetLinesInputClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_lines_input_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-lines-input.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetLinesInput, view);
}

static void
guichet_lines_input_init (GuichetLinesInput *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->view),
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}
