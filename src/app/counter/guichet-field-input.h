/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "guichet-procedure.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_FIELD_INPUT (guichet_field_input_get_type ())

/**
 * GuichetFieldInput:
 *
 * Where one question of a form is answered: a line, a text, a choice, a box to tick.
 *
 * Signal `edited`: somebody changed the answer; not when it is filled in by the program.
 */
G_DECLARE_INTERFACE (GuichetFieldInput, guichet_field_input, GUICHET, FIELD_INPUT, GtkWidget)

struct _GuichetFieldInputInterface
{
  GTypeInterface parent_interface;

  void (*ask) (GuichetFieldInput *self, const GuichetField *field);
  JsonNode *(*get_answer) (GuichetFieldInput *self);
  void (*fill) (GuichetFieldInput *self, const char *answer);
  void (*set_locked) (GuichetFieldInput *self, gboolean locked);
  GtkWidget *(*get_control) (GuichetFieldInput *self);
};

/** guichet_field_input_new: the one for the type of @field, which must outlive it. */
GuichetFieldInput *guichet_field_input_new (const GuichetField *field);

/** guichet_field_input_get_answer: as the catalogue's JSON; %NULL for none. (transfer full) (nullable) */
JsonNode *guichet_field_input_get_answer (GuichetFieldInput *self);
/** guichet_field_input_fill: @answer: (nullable): as JSON has it, a boolean as `true`; %NULL empties it. */
void guichet_field_input_fill (GuichetFieldInput *self, const char *answer);
/** guichet_field_input_set_locked: it can be read and not changed. */
void guichet_field_input_set_locked (GuichetFieldInput *self, gboolean locked);
/** guichet_field_input_get_control: what the keyboard goes to and a screen reader names. (transfer none) */
GtkWidget *guichet_field_input_get_control (GuichetFieldInput *self);

/** guichet_field_input_edited: for those who implement it: says so. */
void guichet_field_input_edited (GuichetFieldInput *self);

G_END_DECLS
