/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer on one line. What cannot be read as it should be is given on as it was typed: the
 * server says what is wrong with it.
 */
#define G_LOG_DOMAIN "guichet-line-input"

#include "config.h"

#include "guichet-line-input.h"
#include "guichet-date-words.h"
#include "guichet-niss.h"

#include <glib/gi18n.h>

struct _GuichetLineInput
{
  AdwBin parent_instance;

  GuichetFieldType type;
  gboolean filling;

  /* Template widgets */
  GtkEntry *entry;
};

static void input_init (GuichetFieldInputInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetLineInput,
                               guichet_line_input,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GUICHET_TYPE_FIELD_INPUT, input_init))

static const GtkInputPurpose purposes[] = {
  [GUICHET_FIELD_TEXT] = GTK_INPUT_PURPOSE_FREE_FORM,
  [GUICHET_FIELD_INTEGER] = GTK_INPUT_PURPOSE_DIGITS,
  [GUICHET_FIELD_EMAIL] = GTK_INPUT_PURPOSE_EMAIL,
  [GUICHET_FIELD_PHONE] = GTK_INPUT_PURPOSE_PHONE,
  [GUICHET_FIELD_POSTCODE] = GTK_INPUT_PURPOSE_FREE_FORM,
};

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
read_integer (const char *text)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return text_node (text);
  return json_node_init_int (json_node_alloc (), value);
}

static JsonNode *
read_date (const char *text)
{
  GuichetDay day;
  g_autofree char *written = NULL;

  if (!guichet_date_words_read (text, &day))
    return text_node (text);
  written = guichet_day_text (day);
  return text_node (written);
}

static char *
write_date (const char *answer)
{
  GuichetDay day;

  return guichet_day_parse (answer, &day) ? guichet_date_words_typed (day) : g_strdup (answer);
}

static char *
write_niss (const char *answer)
{
  g_autofree char *digits = guichet_niss_parse (answer);

  return digits != NULL ? guichet_niss_format (digits) : g_strdup (answer);
}

static void
ask (GuichetFieldInput *input, const GuichetField *field)
{
  GuichetLineInput *self = GUICHET_LINE_INPUT (input);

  self->type = field->type;
  if (field->type < G_N_ELEMENTS (purposes))
    gtk_entry_set_input_purpose (self->entry, purposes[field->type]);
  if (field->type == GUICHET_FIELD_DATE)
    /* Translators: how a day is typed, in an empty field: day, month, year. */
    gtk_entry_set_placeholder_text (self->entry, _ ("dd/mm/yyyy"));
}

static JsonNode *
get_answer (GuichetFieldInput *input)
{
  GuichetLineInput *self = GUICHET_LINE_INPUT (input);
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*text == '\0')
    return NULL;
  if (self->type == GUICHET_FIELD_INTEGER)
    return read_integer (text);
  if (self->type == GUICHET_FIELD_DATE)
    return read_date (text);
  return text_node (text);
}

static void
fill (GuichetFieldInput *input, const char *answer)
{
  GuichetLineInput *self = GUICHET_LINE_INPUT (input);
  g_autofree char *text = NULL;

  if (answer == NULL)
    text = g_strdup ("");
  else if (self->type == GUICHET_FIELD_DATE)
    text = write_date (answer);
  else if (self->type == GUICHET_FIELD_NISS)
    text = write_niss (answer);
  else
    text = g_strdup (answer);
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->filling = FALSE;
}

static void
set_locked (GuichetFieldInput *input, gboolean locked)
{
  GuichetLineInput *self = GUICHET_LINE_INPUT (input);

  gtk_editable_set_editable (GTK_EDITABLE (self->entry), !locked);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_READ_ONLY,
                                  locked,
                                  -1);
}

static GtkWidget *
get_control (GuichetFieldInput *input)
{
  return GTK_WIDGET (GUICHET_LINE_INPUT (input)->entry);
}

static void
changed_cb (GuichetLineInput *self)
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
guichet_line_input_dispose (GObject *object)
{
  /* Its child is bound to the template: GTK would take it away under the bin's hands. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_LINE_INPUT);

  G_OBJECT_CLASS (guichet_line_input_parent_class)->dispose (object);
}

static void
guichet_line_input_class_init (GuichetLineInputClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_line_input_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-line-input.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetLineInput, entry);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
guichet_line_input_init (GuichetLineInput *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
