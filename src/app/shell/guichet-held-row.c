/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An action that was given back.
 */
#define G_LOG_DOMAIN "guichet-held-row"

#include "config.h"

#include "guichet-held-row.h"
#include "guichet-date-words.h"
#include "guichet-error-words.h"
#include "guichet-event-words.h"
#include "guichet-locale.h"
#include "guichet-wrap-box.h"
#include "guichet-wrap-layout.h"

#include <glib/gi18n.h>

struct _GuichetHeldRow
{
  GtkListBoxRow parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) */
  char *key;         /* (owned) */
  char *reference;   /* (owned) */

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *typed;
  GtkLabel *problem;
  GtkLabel *text;
  GtkWidget *retry_button;
};

G_DEFINE_FINAL_TYPE (GuichetHeldRow, guichet_held_row, GTK_TYPE_LIST_BOX_ROW)

/* Both change the list, and so may drop this very row while its button is being clicked. */
static void
retry_cb (GuichetHeldRow *self)
{
  g_autoptr (GuichetHeldRow) guard = g_object_ref (self);

  guichet_desk_retry_held (self->desk, self->key);
}

static void
discard_cb (GuichetHeldRow *self)
{
  g_autoptr (GuichetHeldRow) guard = g_object_ref (self);

  guichet_desk_discard_held (self->desk, self->key);
}

static void
open_cb (GuichetHeldRow *self)
{
  GtkWindow *sheet = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (sheet)),
                              "win.open-request",
                              "s",
                              self->reference);
  gtk_window_close (sheet);
}

static void
guichet_held_row_dispose (GObject *object)
{
  GuichetHeldRow *self = GUICHET_HELD_ROW (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->reference, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_HELD_ROW);

  G_OBJECT_CLASS (guichet_held_row_parent_class)->dispose (object);
}

static void
guichet_held_row_class_init (GuichetHeldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_held_row_dispose;

  g_type_ensure (GUICHET_TYPE_WRAP_BOX);
  g_type_ensure (GUICHET_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-held-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetHeldRow, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetHeldRow, typed);
  gtk_widget_class_bind_template_child (widget_class, GuichetHeldRow, problem);
  gtk_widget_class_bind_template_child (widget_class, GuichetHeldRow, text);
  gtk_widget_class_bind_template_child (widget_class, GuichetHeldRow, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
guichet_held_row_init (GuichetHeldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* (nullable): where a colleague's move has brought the request, once the list knows */
static char *
stage_text (const GuichetHeld *held, const GuichetLine *line, const GuichetProcedure *procedure)
{
  const GuichetStage *stage = NULL;

  if (held->changed_kind == GUICHET_EVENT_STAGE_MOVED && procedure != NULL &&
      line->last_instant >= held->changed_at)
    stage = guichet_procedure_find_stage (procedure, line->stage);
  if (stage == NULL)
    return NULL;
  /* Translators: %s is a stage; follows a sentence that says who moved the request. */
  return g_strdup_printf (_ ("It is at “%s” now."),
                             guichet_localized_get (&stage->names, guichet_locale_language ()));
}

static char *
problem_text (GuichetDesk *desk,
              const GuichetHeld *held,
              const GuichetLine *line,
              const GuichetProcedure *procedure)
{
  g_autofree char *moment = NULL;
  g_autofree char *what = NULL;
  g_autofree char *stage = NULL;

  if (held->changed_by == NULL)
    return g_strdup (guichet_error_words_problem (held->problem));
  moment = guichet_date_words_moment (held->changed_at,
                                      guichet_desk_get_zone (desk),
                                      guichet_desk_today (desk));
  /* Translators: %1$s is a colleague, %2$s what they did ("took the request in charge"), %3$s
   * when ("today at 10:42"). */
  what = g_strdup_printf (_ ("%1$s %2$s, %3$s."),
                             held->changed_by,
                             guichet_event_words_changed (held->changed_kind),
                             moment);
  stage = stage_text (held, line, procedure);
  return stage != NULL ? g_strjoin (" ", what, stage, NULL) : g_steal_pointer (&what);
}

/* What was typed, all of it: whoever discards the action sees what they give up. (nullable) */
static char *
typed_text (const GuichetCommand *command)
{
  if (command->text != NULL && command->sentence != NULL)
    return g_strjoin ("\n", command->text, command->sentence, NULL);
  return g_strdup (command->text != NULL ? command->text : command->sentence);
}

GtkWidget *
guichet_held_row_new (GuichetDesk *desk, const GuichetHeld *held)
{
  GuichetHeldRow *self = g_object_new (GUICHET_TYPE_HELD_ROW, NULL);
  const gboolean behind = g_strcmp0 (held->problem, "behind") == 0;
  const GuichetCatalogue *catalogue = guichet_desk_get_catalogue (desk);
  g_autoptr (GuichetLine) line = guichet_desk_find_line (desk, held->command->reference);
  const GuichetProcedure *procedure = line != NULL && catalogue != NULL
                                          ? guichet_catalogue_find (catalogue, line->procedure)
                                          : NULL;
  g_autofree char *text = typed_text (held->command);
  g_autofree char *what = guichet_event_words_command (held->command, procedure, held->owner);
  /* Translators: a reference and what was to be done with the request. */
  g_autofree char *title = g_strdup_printf (_ ("%1$s: %2$s"), held->command->reference, what);
  g_autofree char *moment = guichet_date_words_moment (held->typed_at,
                                                       guichet_desk_get_zone (desk),
                                                       guichet_desk_today (desk));
  /* Translators: %s is when: "today at 10:42". */
  g_autofree char *typed = g_strdup_printf (_ ("Asked for %s"), moment);
  g_autofree char *problem = problem_text (desk, held, line, procedure);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", title, typed, problem);

  self->desk = g_object_ref (desk);
  self->key = g_strdup (held->command->key);
  self->reference = g_strdup (held->command->reference);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->typed, typed);
  gtk_label_set_label (self->problem, problem);
  gtk_label_set_label (self->text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->text), text != NULL && text[0] != '\0');
  /* It follows the one before it by itself. */
  gtk_widget_set_visible (self->retry_button, !behind);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return GTK_WIDGET (self);
}
