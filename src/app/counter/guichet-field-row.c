/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One question of a form.
 */
#define G_LOG_DOMAIN "guichet-field-row"

#include "config.h"

#include "guichet-field-row.h"
#include "guichet-field-input.h"
#include "guichet-issue-words.h"
#include "guichet-locale.h"

struct _GuichetFieldRow
{
  AdwBin parent_instance;

  /* Given */
  const GuichetField *field; /* (borrowed) */
  GuichetFieldInput *input;  /* (borrowed): in its place */

  gboolean edited;

  /* Template widgets */
  GtkWidget *title_box;
  GtkLabel *title;
  GtkWidget *lock;
  AdwBin *place;
  GtkLabel *help;
  GtkWidget *problem_box;
  GtkLabel *problem;
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetFieldRow, guichet_field_row, ADW_TYPE_BIN)

/* What a screen reader says of it beside its name. */
static void
describe (GuichetFieldRow *self)
{
  const gboolean wrong = guichet_field_row_has_problem (self);
  const char *aid = gtk_widget_get_visible (self->lock) ? gtk_widget_get_tooltip_text (self->lock)
                                                        : gtk_label_get_label (self->help);
  const char *words = wrong ? gtk_label_get_label (self->problem) : aid;
  GtkAccessible *control = GTK_ACCESSIBLE (guichet_field_input_get_control (self->input));

  gtk_accessible_update_property (control, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_accessible_update_state (control,
                               GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_help (GuichetFieldRow *self)
{
  const char *help = guichet_localized_get (&self->field->help, guichet_locale_language ());
  g_autofree char *limits = guichet_issue_words_limits (self->field);
  g_autofree char *text = NULL;

  /* Everybody knows about how long a name is. */
  if (self->field->type != GUICHET_FIELD_INTEGER && self->field->type != GUICHET_FIELD_LONG_TEXT)
    g_clear_pointer (&limits, g_free);
  if (help != NULL && limits != NULL)
    text = g_strdup_printf ("%s\n%s", help, limits);
  else
    text = g_strdup (help != NULL ? help : limits);
  gtk_label_set_label (self->help, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->help), text != NULL);
}

static void
show_question (GuichetFieldRow *self)
{
  const char *label = guichet_field_row_get_label (self);
  g_autofree char *marked = g_strconcat (label, self->field->required ? " *" : "", NULL);
  GtkAccessible *control = GTK_ACCESSIBLE (guichet_field_input_get_control (self->input));

  gtk_label_set_label (self->title, marked);
  /* A box to tick carries its question itself. */
  gtk_widget_set_visible (self->title_box, self->field->type != GUICHET_FIELD_BOOLEAN);
  gtk_accessible_update_property (control, GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (self->field->type != GUICHET_FIELD_BOOLEAN)
    gtk_accessible_update_property (control,
                                    GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                    self->field->required,
                                    -1);
}

static void
edited_cb (GuichetFieldRow *self)
{
  self->edited = TRUE;
  guichet_field_row_show_problem (self, NULL);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
guichet_field_row_dispose (GObject *object)
{
  GUICHET_FIELD_ROW (object)->input = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_FIELD_ROW);

  G_OBJECT_CLASS (guichet_field_row_parent_class)->dispose (object);
}

static void
guichet_field_row_class_init (GuichetFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_field_row_dispose;
  signals[EDITED] = g_signal_new ("edited",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetFieldRow, title_box);
  gtk_widget_class_bind_template_child (widget_class, GuichetFieldRow, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetFieldRow, lock);
  gtk_widget_class_bind_template_child (widget_class, GuichetFieldRow, place);
  gtk_widget_class_bind_template_child (widget_class, GuichetFieldRow, help);
  gtk_widget_class_bind_template_child (widget_class, GuichetFieldRow, problem_box);
  gtk_widget_class_bind_template_child (widget_class, GuichetFieldRow, problem);
}

static void
guichet_field_row_init (GuichetFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GuichetFieldRow *
guichet_field_row_new (const GuichetField *field)
{
  GuichetFieldRow *self = g_object_new (GUICHET_TYPE_FIELD_ROW, NULL);

  self->field = field;
  self->input = guichet_field_input_new (field);
  adw_bin_set_child (self->place, GTK_WIDGET (self->input));
  g_signal_connect_object (self->input, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  show_question (self);
  show_help (self);
  describe (self);
  return self;
}

const GuichetField *
guichet_field_row_get_field (GuichetFieldRow *self)
{
  g_return_val_if_fail (GUICHET_IS_FIELD_ROW (self), NULL);

  return self->field;
}

const char *
guichet_field_row_get_label (GuichetFieldRow *self)
{
  g_return_val_if_fail (GUICHET_IS_FIELD_ROW (self), NULL);

  return guichet_localized_get (&self->field->labels, guichet_locale_language ());
}

JsonNode *
guichet_field_row_get_answer (GuichetFieldRow *self)
{
  g_return_val_if_fail (GUICHET_IS_FIELD_ROW (self), NULL);

  return guichet_field_input_get_answer (self->input);
}

void
guichet_field_row_fill (GuichetFieldRow *self, const char *answer)
{
  g_return_if_fail (GUICHET_IS_FIELD_ROW (self));

  guichet_field_input_fill (self->input, answer);
  self->edited = FALSE;
  guichet_field_row_show_problem (self, NULL);
}

void
guichet_field_row_type (GuichetFieldRow *self, const char *answer)
{
  guichet_field_row_fill (self, answer);
  self->edited = TRUE;
}

gboolean
guichet_field_row_is_edited (GuichetFieldRow *self)
{
  g_return_val_if_fail (GUICHET_IS_FIELD_ROW (self), FALSE);

  return self->edited;
}

void
guichet_field_row_set_locked (GuichetFieldRow *self, gboolean locked)
{
  g_return_if_fail (GUICHET_IS_FIELD_ROW (self));

  guichet_field_input_set_locked (self->input, locked);
  gtk_widget_set_visible (self->lock, locked);
  if (locked)
    gtk_widget_add_css_class (GTK_WIDGET (self), "locked");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "locked");
  describe (self);
}

void
guichet_field_row_show_problem (GuichetFieldRow *self, const char *sentence)
{
  GtkWidget *control;

  g_return_if_fail (GUICHET_IS_FIELD_ROW (self));

  control = guichet_field_input_get_control (self->input);
  gtk_label_set_label (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem_box, sentence != NULL);
  if (sentence != NULL)
    gtk_widget_add_css_class (control, "error");
  else
    gtk_widget_remove_css_class (control, "error");
  describe (self);
}

gboolean
guichet_field_row_has_problem (GuichetFieldRow *self)
{
  g_return_val_if_fail (GUICHET_IS_FIELD_ROW (self), FALSE);

  return gtk_widget_get_visible (self->problem_box);
}

void
guichet_field_row_focus (GuichetFieldRow *self)
{
  g_return_if_fail (GUICHET_IS_FIELD_ROW (self));

  gtk_widget_grab_focus (guichet_field_input_get_control (self->input));
}
