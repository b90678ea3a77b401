/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who keeps this request waiting?
 */
#define G_LOG_DOMAIN "guichet-block-sheet"

#include "config.h"

#include "guichet-block-sheet.h"
#include "guichet-acts.h"
#include "guichet-date-words.h"
#include "guichet-drop-down.h"
#include "guichet-enum-words.h"

#include <glib/gi18n.h>

struct _GuichetBlockSheet
{
  AdwWindow parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) */
  char *reference;   /* (owned) */
  gint64 seen;       /* version that the clerk looked at when it was opened */

  /* Template widgets */
  GtkDropDown *blocker;
  GtkEditable *until_entry;
  GtkWidget *problem;
  GtkEditable *reason_entry;
};

G_DEFINE_FINAL_TYPE (GuichetBlockSheet, guichet_block_sheet, ADW_TYPE_WINDOW)

static void
changed_cb (GuichetBlockSheet *self)
{
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->until_entry), "error");
}

static void
block_cb (GuichetBlockSheet *self)
{
  g_autoptr (GuichetCommand) command = NULL;
  const char *until = gtk_editable_get_text (self->until_entry);
  const char *reason = gtk_editable_get_text (self->reason_entry);
  GuichetDay day = GUICHET_DAY_NONE;

  if (until[0] != '\0' &&
      (!guichet_date_words_read (until, &day) || day < guichet_desk_today (self->desk)))
    {
      gtk_widget_set_visible (self->problem, TRUE);
      gtk_widget_add_css_class (GTK_WIDGET (self->until_entry), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->until_entry));
      return;
    }
  command = guichet_command_new (GUICHET_COMMAND_BLOCK);
  command->reference = g_strdup (self->reference);
  command->expected_version = self->seen;
  command->blocker =
      (GuichetBlocker) (GUICHET_BLOCKER_POLICE + gtk_drop_down_get_selected (self->blocker));
  command->until = day;
  if (reason[0] != '\0')
    command->text = g_strdup (reason);
  guichet_acts_submit (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))),
                       self->desk,
                       command);
  gtk_window_close (GTK_WINDOW (self));
}

/* What is half typed when the session expires */

enum
{
  DRAFT_REASON,
  DRAFT_UNTIL,
  DRAFT_BLOCKER,
  N_DRAFT
};

static gboolean
guichet_block_sheet_close_request (GtkWindow *window)
{
  GuichetBlockSheet *self = GUICHET_BLOCK_SHEET (window);
  const guint blocker = gtk_drop_down_get_selected (self->blocker);
  g_autofree char *number = g_strdup_printf ("%u", blocker);
  const char *const texts[N_DRAFT + 1] = {
    [DRAFT_REASON] = gtk_editable_get_text (self->reason_entry),
    [DRAFT_UNTIL] = gtk_editable_get_text (self->until_entry),
    [DRAFT_BLOCKER] = blocker != 0 ? number : "",
  };

  guichet_desk_keep_draft (self->desk, self->reference, GUICHET_BLOCK_SHEET_ACT, texts);
  return GTK_WINDOW_CLASS (guichet_block_sheet_parent_class)->close_request (window);
}

static void
take_draft (GuichetBlockSheet *self)
{
  g_auto (GStrv) texts =
      guichet_desk_take_draft (self->desk, self->reference, GUICHET_BLOCK_SHEET_ACT);

  if (texts == NULL)
    return;
  gtk_drop_down_set_selected (self->blocker,
                              (guint) g_ascii_strtoull (texts[DRAFT_BLOCKER], NULL, 10));
  gtk_editable_set_text (self->until_entry, texts[DRAFT_UNTIL]);
  gtk_editable_set_text (self->reason_entry, texts[DRAFT_REASON]);
}

static void
guichet_block_sheet_dispose (GObject *object)
{
  GuichetBlockSheet *self = GUICHET_BLOCK_SHEET (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->reference, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_BLOCK_SHEET);

  G_OBJECT_CLASS (guichet_block_sheet_parent_class)->dispose (object);
}

static void
guichet_block_sheet_class_init (GuichetBlockSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_block_sheet_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = guichet_block_sheet_close_request;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-block-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetBlockSheet, blocker);
  gtk_widget_class_bind_template_child (widget_class, GuichetBlockSheet, until_entry);
  gtk_widget_class_bind_template_child (widget_class, GuichetBlockSheet, problem);
  gtk_widget_class_bind_template_child (widget_class, GuichetBlockSheet, reason_entry);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, block_cb);
}

static void
guichet_block_sheet_init (GuichetBlockSheet *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = GUICHET_BLOCKER_POLICE; i <= GUICHET_BLOCKER_OTHER; i++)
    gtk_string_list_append (names, guichet_enum_words_blocker ((GuichetBlocker) i));
  gtk_drop_down_set_model (self->blocker, G_LIST_MODEL (names));
  guichet_drop_down_mend (self->blocker, _ ("Whom it waits for"));
  gtk_widget_grab_focus (GTK_WIDGET (self->blocker));
}

GuichetBlockSheet *
guichet_block_sheet_new (GtkWindow *parent, GuichetDesk *desk, const char *reference)
{
  GuichetBlockSheet *self = g_object_new (GUICHET_TYPE_BLOCK_SHEET, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  self->reference = g_strdup (reference);
  self->seen = guichet_desk_get_looked_at (desk, self->reference);
  take_draft (self);
  return self;
}
