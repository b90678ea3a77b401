/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What all kinds of answers have in common.
 */
#define G_LOG_DOMAIN "guichet-field-input"

#include "config.h"

#include "guichet-field-input.h"
#include "guichet-choice-input.h"
#include "guichet-line-input.h"
#include "guichet-lines-input.h"
#include "guichet-tick-input.h"

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (GuichetFieldInput, guichet_field_input, GTK_TYPE_WIDGET)

static GType (*const types[]) (void) = {
  [GUICHET_FIELD_TEXT] = guichet_line_input_get_type,
  [GUICHET_FIELD_LONG_TEXT] = guichet_lines_input_get_type,
  [GUICHET_FIELD_CHOICE] = guichet_choice_input_get_type,
  [GUICHET_FIELD_DATE] = guichet_line_input_get_type,
  [GUICHET_FIELD_INTEGER] = guichet_line_input_get_type,
  [GUICHET_FIELD_BOOLEAN] = guichet_tick_input_get_type,
  [GUICHET_FIELD_EMAIL] = guichet_line_input_get_type,
  [GUICHET_FIELD_PHONE] = guichet_line_input_get_type,
  [GUICHET_FIELD_NISS] = guichet_line_input_get_type,
  [GUICHET_FIELD_POSTCODE] = guichet_line_input_get_type,
};

static void
guichet_field_input_default_init (GuichetFieldInputInterface *iface)
{
  signals[EDITED] = g_signal_new ("edited",
                                  GUICHET_TYPE_FIELD_INPUT,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
}

GuichetFieldInput *
guichet_field_input_new (const GuichetField *field)
{
  GuichetFieldInput *self;

  g_return_val_if_fail (field != NULL && field->type < G_N_ELEMENTS (types), NULL);

  self = g_object_new (types[field->type](), NULL);
  GUICHET_FIELD_INPUT_GET_IFACE (self)->ask (self, field);
  return self;
}

JsonNode *
guichet_field_input_get_answer (GuichetFieldInput *self)
{
  g_return_val_if_fail (GUICHET_IS_FIELD_INPUT (self), NULL);

  return GUICHET_FIELD_INPUT_GET_IFACE (self)->get_answer (self);
}

void
guichet_field_input_fill (GuichetFieldInput *self, const char *answer)
{
  g_return_if_fail (GUICHET_IS_FIELD_INPUT (self));

  GUICHET_FIELD_INPUT_GET_IFACE (self)->fill (self, answer);
}

void
guichet_field_input_set_locked (GuichetFieldInput *self, gboolean locked)
{
  g_return_if_fail (GUICHET_IS_FIELD_INPUT (self));

  GUICHET_FIELD_INPUT_GET_IFACE (self)->set_locked (self, locked);
}

GtkWidget *
guichet_field_input_get_control (GuichetFieldInput *self)
{
  g_return_val_if_fail (GUICHET_IS_FIELD_INPUT (self), NULL);

  return GUICHET_FIELD_INPUT_GET_IFACE (self)->get_control (self);
}

void
guichet_field_input_edited (GuichetFieldInput *self)
{
  g_signal_emit (self, signals[EDITED], 0);
}
