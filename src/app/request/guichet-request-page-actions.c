/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be done on the request page.
 */
#define G_LOG_DOMAIN "guichet-request-page-actions"

#include "config.h"

#include "guichet-request-page.h"
#include "guichet-request-page-private.h"
#include "guichet-acts.h"
#include "guichet-assign-sheet.h"
#include "guichet-block-sheet.h"
#include "guichet-compose-sheet.h"
#include "guichet-enum-words.h"

#include <glib/gi18n.h>

static const char *
reference_of (GuichetRequestPage *self)
{
  return guichet_open_request_get_reference (self->open);
}

static GtkWindow *
window_of (GuichetRequestPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
present_sheet (GuichetRequestPage *self, gpointer sheet)
{
  g_set_weak_pointer (&self->sheet, GTK_WINDOW (sheet));
  gtk_window_present (self->sheet);
}

/* Returns whether there was one. What was typed in it goes with it. */
static gboolean
close_sheet (GuichetRequestPage *self)
{
  if (self->sheet == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->sheet)))
    return FALSE;
  gtk_window_destroy (self->sheet);
  return TRUE;
}

static const GuichetMove *
find_move (GuichetRequestPage *self, const char *to)
{
  GPtrArray *moves = guichet_open_request_get_moves (self->open);

  for (guint i = 0; i < moves->len; i++)
    {
      const GuichetMove *move = g_ptr_array_index (moves, i);

      if (g_str_equal (move->to, to))
        return move;
    }
  return NULL;
}

static gboolean
has_document (GuichetRequestPage *self)
{
  GPtrArray *pending = guichet_open_request_get_pending (self->open);

  if (guichet_open_request_get_request (self->open)->documents->len > 0)
    return TRUE;
  for (guint i = 0; i < pending->len; i++)
    if (((const GuichetCommand *) g_ptr_array_index (pending, i))->kind ==
        GUICHET_COMMAND_ATTACH_DOCUMENT)
      return TRUE;
  return FALSE;
}

void
_guichet_request_page_move (GuichetRequestPage *self, const char *to)
{
  const GuichetMove *move = find_move (self, to);
  GuichetLack lack;

  g_clear_pointer (&self->wanted_move, g_free);
  if (move == NULL)
    return;
  lack = guichet_open_request_get_lack (self->open, move);
  if (lack != GUICHET_LACK_NONE)
    {
      gtk_widget_activate_action (GTK_WIDGET (self),
                                  "win.toast",
                                  "s",
                                  guichet_enum_words_lack (lack));
      guichet_request_page_read_card (self);
    }
  else if (move->document && !has_document (self))
    {
      /* The step goes on by itself once the document is there. */
      self->wanted_move = g_strdup (to);
      gtk_widget_activate_action (GTK_WIDGET (self),
                                  "win.toast",
                                  "s",
                                  _ ("This step needs the document: choose it first."));
      guichet_documents_card_attach (self->documents_card);
    }
  else if (guichet_compose_sheet_is_needed (move))
    {
      g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (to));
      g_autofree char *act = g_action_print_detailed_name ("request.move", target);

      present_sheet (self,
                     guichet_compose_sheet_new (window_of (self),
                                                self->desk,
                                                self->open,
                                                move,
                                                act));
    }
  else
    {
      g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_MOVE);

      command->reference = g_strdup (reference_of (self));
      command->to = g_strdup (to);
      guichet_acts_submit (GTK_WIDGET (self), self->desk, command);
    }
}

/* Whether the sheet can still be opened: meanwhile others have worked on the request. A step that
 * only lacks something is possible: what was typed waits for it. */
static gboolean
is_possible (GuichetRequestPage *self, const char *name, GVariant *target)
{
  const GuichetMay may = guichet_status_card_may (self->open, guichet_desk_get_clerk (self->desk));
  const GuichetMove *move;

  if (g_str_equal (name, GUICHET_ASSIGN_SHEET_ACT))
    return may.assign;
  if (g_str_equal (name, GUICHET_BLOCK_SHEET_ACT))
    return may.block;
  move = may.move ? find_move (self, g_variant_get_string (target, NULL)) : NULL;
  /* What asks for nothing any more would be done unasked. */
  return move != NULL && guichet_compose_sheet_is_needed (move);
}

/* What was typed for an act that is no longer possible is its clerk's all the same. */
static void
save_as_note (GuichetRequestPage *self, const char *act)
{
  g_auto (GStrv) texts = guichet_desk_take_draft (self->desk, reference_of (self), act);
  g_autoptr (GString) note = g_string_new (NULL);

  for (guint i = 0; i + 1 < g_strv_length (texts); i++)
    if (texts[i][0] != '\0')
      g_string_append_printf (note, "%s%s", note->len > 0 ? "\n" : "", texts[i]);
  if (note->len == 0)
    return;
  guichet_timeline_append (self->timeline, note->str);
  gtk_widget_activate_action (GTK_WIDGET (self), "request.note", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self),
                              "win.toast",
                              "s",
                              _ ("What you were doing is no longer possible here: what you typed is in the note."));
}

void
_guichet_request_page_give_up (GuichetRequestPage *self)
{
  const gboolean noted = guichet_timeline_drop (self->timeline, reference_of (self));
  const gboolean drafted = guichet_desk_drop_drafts (self->desk, reference_of (self));
  const gboolean open = close_sheet (self);
  const char *words = NULL;

  g_clear_pointer (&self->wanted_move, g_free);
  if (noted || drafted)
    words = _ ("You can no longer work on this request: what you had typed about it is gone.");
  else if (open)
    words =
        _ ("You can no longer work on this request: the sheet is closed, with all that was in it.");
  if (words != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", words);
}

void
_guichet_request_page_resume (GuichetRequestPage *self)
{
  const GuichetMay may = guichet_status_card_may (self->open, guichet_desk_get_clerk (self->desk));
  g_autofree char *act = g_strdup (guichet_desk_get_drafted (self->desk, reference_of (self)));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  const gboolean possible = act != NULL &&
                            g_action_parse_detailed_name (act, &name, &target, NULL) &&
                            is_possible (self, name, target);

  if (possible)
    gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
  else if (!may.note)
    _guichet_request_page_give_up (self);
  else if (act != NULL)
    save_as_note (self, act);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _guichet_request_page_move (GUICHET_REQUEST_PAGE (widget),
                              g_variant_get_string (parameter, NULL));
}

static void
main_move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (widget);
  GPtrArray *moves = guichet_open_request_get_moves (self->open);

  if (moves->len > 0)
    _guichet_request_page_move (self, ((const GuichetMove *) g_ptr_array_index (moves, 0))->to);
}

static void
claim_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (widget);

  guichet_acts_claim (widget, self->desk, reference_of (self));
}

static void
release_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (widget);

  guichet_acts_release (widget, self->desk, reference_of (self));
}

static void
assign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (widget);
  const GuichetRequest *request = guichet_open_request_get_request (self->open);

  present_sheet (self,
                 guichet_assign_sheet_new (window_of (self),
                                           self->desk,
                                           reference_of (self),
                                           request->department,
                                           request->assignee));
}

static void
block_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (widget);

  present_sheet (self, guichet_block_sheet_new (window_of (self), self->desk, reference_of (self)));
}

static void
unblock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (widget);

  guichet_acts_unblock (widget, self->desk, reference_of (self));
}

static void
attach_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (widget);

  g_clear_pointer (&self->wanted_move, g_free);
  guichet_documents_card_attach (self->documents_card);
}

static void
note_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (widget);

  adw_flap_set_reveal_flap (self->flap, TRUE);
  guichet_timeline_write (self->timeline);
}

static void
resend_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GuichetRequestPage *self = GUICHET_REQUEST_PAGE (widget);

  guichet_acts_resend (widget,
                       self->desk,
                       reference_of (self),
                       g_variant_get_string (parameter, NULL));
}

static void
why_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guichet_status_card_toggle_reasons (GUICHET_REQUEST_PAGE (widget)->status_card);
}

static void
copy_reference_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          reference_of (GUICHET_REQUEST_PAGE (widget)));
  gtk_widget_activate_action (widget, "win.toast", "s", _ ("Reference copied"));
}

static void
toggle_history_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwFlap *flap = GUICHET_REQUEST_PAGE (widget)->flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

void
_guichet_request_page_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "request.move", "s", move_action);
  gtk_widget_class_install_action (klass, "request.main-move", NULL, main_move_action);
  gtk_widget_class_install_action (klass, "request.claim", NULL, claim_action);
  gtk_widget_class_install_action (klass, "request.release", NULL, release_action);
  gtk_widget_class_install_action (klass, GUICHET_ASSIGN_SHEET_ACT, NULL, assign_action);
  gtk_widget_class_install_action (klass, GUICHET_BLOCK_SHEET_ACT, NULL, block_action);
  gtk_widget_class_install_action (klass, "request.unblock", NULL, unblock_action);
  gtk_widget_class_install_action (klass, "request.attach", NULL, attach_action);
  gtk_widget_class_install_action (klass, "request.note", NULL, note_action);
  gtk_widget_class_install_action (klass, "request.resend", "s", resend_action);
  gtk_widget_class_install_action (klass, "request.why", NULL, why_action);
  gtk_widget_class_install_action (klass, "request.copy-reference", NULL, copy_reference_action);
  gtk_widget_class_install_action (klass, "request.toggle-history", NULL, toggle_history_action);
}

void
_guichet_request_page_update_actions (GuichetRequestPage *self)
{
  const gboolean shown =
      self->open != NULL && guichet_open_request_get_request (self->open) != NULL;
  const GuichetMay may =
      shown ? guichet_status_card_may (self->open, guichet_desk_get_clerk (self->desk))
            : (GuichetMay){ FALSE };
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "request.move", may.move);
  gtk_widget_action_set_enabled (widget, "request.main-move", may.move);
  gtk_widget_action_set_enabled (widget, "request.claim", may.claim);
  gtk_widget_action_set_enabled (widget, "request.release", may.release);
  gtk_widget_action_set_enabled (widget, "request.assign", may.assign);
  gtk_widget_action_set_enabled (widget, "request.block", may.block);
  gtk_widget_action_set_enabled (widget, "request.unblock", may.unblock);
  gtk_widget_action_set_enabled (widget, "request.attach", may.attach);
  gtk_widget_action_set_enabled (widget, "request.note", may.note);
  gtk_widget_action_set_enabled (widget, "request.resend", may.note);
  gtk_widget_action_set_enabled (widget, "request.read-card", shown);
  gtk_widget_action_set_enabled (widget, "request.why", shown);
  gtk_widget_action_set_enabled (widget, "request.copy-reference", shown);
}
