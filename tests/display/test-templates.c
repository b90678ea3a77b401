/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Builds every template, with criticals fatal, and looks at what a screen reader would be
 * told of each control in it.
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "guichet-account-person.h"
#include "guichet-account-sheet.h"
#include "guichet-answer-group.h"
#include "guichet-assign-sheet.h"
#include "guichet-block-sheet.h"
#include "guichet-card-offer.h"
#include "guichet-choice-input.h"
#include "guichet-compared-row.h"
#include "guichet-compose-sheet.h"
#include "guichet-counter-page.h"
#include "guichet-document-row.h"
#include "guichet-documents-card.h"
#include "guichet-due-row.h"
#include "guichet-field-group.h"
#include "guichet-field-row.h"
#include "guichet-filing-form.h"
#include "guichet-form-view.h"
#include "guichet-held-row.h"
#include "guichet-held-sheet.h"
#include "guichet-identity-panel.h"
#include "guichet-line-input.h"
#include "guichet-lines-input.h"
#include "guichet-locale.h"
#include "guichet-message-preview.h"
#include "guichet-move-buttons.h"
#include "guichet-note-box.h"
#include "guichet-pin-sheet.h"
#include "guichet-preferences-window.h"
#include "guichet-procedure-list.h"
#include "guichet-questions.h"
#include "guichet-queue-page.h"
#include "guichet-reader-sign.h"
#include "guichet-request-page.h"
#include "guichet-resources.h"
#include "guichet-sidebar.h"
#include "guichet-sign-in-card.h"
#include "guichet-sign-in-page.h"
#include "guichet-status-card.h"
#include "guichet-status-strip.h"
#include "guichet-tick-input.h"
#include "guichet-timeline-row.h"
#include "guichet-timeline.h"
#include "guichet-verdict-row.h"
#include "guichet-view-row.h"
#include "guichet-window.h"

/* What a window must do with, for those who read large or side by side. */
#define NARROW 360

typedef GType (*TypeFunc) (void);

static const struct
{
  const char *name;
  TypeFunc type;
} templates[] = {
  { "account-person", guichet_account_person_get_type },
  { "account-sheet", guichet_account_sheet_get_type },
  { "answer-group", guichet_answer_group_get_type },
  { "answer-row", guichet_answer_row_get_type },
  { "assign-sheet", guichet_assign_sheet_get_type },
  { "block-sheet", guichet_block_sheet_get_type },
  { "card-offer", guichet_card_offer_get_type },
  { "choice-input", guichet_choice_input_get_type },
  { "compared-row", guichet_compared_row_get_type },
  { "compose-sheet", guichet_compose_sheet_get_type },
  { "counter-page", guichet_counter_page_get_type },
  { "document-row", guichet_document_row_get_type },
  { "documents-card", guichet_documents_card_get_type },
  { "due-row", guichet_due_row_get_type },
  { "field-group", guichet_field_group_get_type },
  { "field-row", guichet_field_row_get_type },
  { "filing-form", guichet_filing_form_get_type },
  { "form-view", guichet_form_view_get_type },
  { "held-row", guichet_held_row_get_type },
  { "held-sheet", guichet_held_sheet_get_type },
  { "identity-panel", guichet_identity_panel_get_type },
  { "line-input", guichet_line_input_get_type },
  { "lines-input", guichet_lines_input_get_type },
  { "message-preview", guichet_message_preview_get_type },
  { "move-buttons", guichet_move_buttons_get_type },
  { "note-box", guichet_note_box_get_type },
  { "pin-sheet", guichet_pin_sheet_get_type },
  { "preferences-window", guichet_preferences_window_get_type },
  { "procedure-list", guichet_procedure_list_get_type },
  { "questions", guichet_questions_get_type },
  { "queue-page", guichet_queue_page_get_type },
  { "reader-sign", guichet_reader_sign_get_type },
  { "request-page", guichet_request_page_get_type },
  { "sidebar", guichet_sidebar_get_type },
  { "sign-in-card", guichet_sign_in_card_get_type },
  { "sign-in-page", guichet_sign_in_page_get_type },
  { "status-card", guichet_status_card_get_type },
  { "status-strip", guichet_status_strip_get_type },
  { "tick-input", guichet_tick_input_get_type },
  { "timeline", guichet_timeline_get_type },
  { "timeline-row", guichet_timeline_row_get_type },
  { "verdict-row", guichet_verdict_row_get_type },
  { "view-row", guichet_view_row_get_type },
  { "window", guichet_window_get_type },
};

static gboolean
is_named (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* What GTK calls after its type unless it is given a name. */
static gboolean
wants_name (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    return gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)) == NULL;
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL;
  return GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) ||
         GTK_IS_SWITCH (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_LIST_VIEW (widget) ||
         GTK_IS_COLUMN_VIEW (widget) || GTK_IS_PROGRESS_BAR (widget);
}

/* Inside these, GTK and libadwaita answer for themselves. */
static gboolean
is_closed (GtkWidget *widget)
{
  return GTK_IS_MENU_BUTTON (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_SEARCH_ENTRY (widget) ||
         GTK_IS_ENTRY (widget) || ADW_IS_ENTRY_ROW (widget) || ADW_IS_COMBO_ROW (widget) ||
         GTK_IS_COLUMN_VIEW (widget) || GTK_IS_WINDOW_CONTROLS (widget);
}

static void
check_names (GtkWidget *widget, const char *within, gboolean theirs)
{
  if (!theirs && wants_name (widget) && !is_named (widget))
    {
      g_test_message ("%s in %s has no name (%s)",
                      G_OBJECT_TYPE_NAME (widget),
                      within,
                      gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)));
      g_test_fail ();
    }
  if (is_closed (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_names (child, within, theirs);
}

/* What is too wide, and what in it is so. */
static void
check_width (GtkWidget *widget, const char *within)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (width <= NARROW)
    return;
  g_test_message ("%s in %s needs %d pixels", G_OBJECT_TYPE_NAME (widget), within, width);
  g_test_fail ();
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_width (child, within);
}

/* GTK 4.8 gives a window its role when it is shown, and not any more if a screen reader was told
 * of something in it before: that it can be focused is enough. */
static void
check_role (GtkWidget *window)
{
  gtk_widget_set_focusable (window, !gtk_widget_get_focusable (window));
  switch ((int) gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (window)))
    {
    case GTK_ACCESSIBLE_ROLE_WINDOW:
    case GTK_ACCESSIBLE_ROLE_DIALOG:
      break;
    default:
      g_test_fail_printf ("%s is no window to a screen reader", G_OBJECT_TYPE_NAME (window));
    }
}

static void
test_template (gconstpointer data)
{
  const guint at = GPOINTER_TO_UINT (data);
  GtkWidget *widget = g_object_new (templates[at].type (), NULL);

  g_object_ref_sink (widget);
  /* Those of libadwaita's own windows are its own affair: we have put nothing into them. */
  check_names (widget, templates[at].name, ADW_IS_PREFERENCES_WINDOW (widget));
  /* Sheets stand before the window, and are as wide as their buttons ask. */
  if (GUICHET_IS_WINDOW (widget))
    check_width (adw_application_window_get_content (ADW_APPLICATION_WINDOW (widget)),
                 templates[at].name);
  else if (!GTK_IS_WINDOW (widget))
    check_width (widget, templates[at].name);
  if (GTK_IS_WINDOW (widget))
    {
      check_role (widget);
      gtk_window_destroy (GTK_WINDOW (widget));
    }
  else
    g_object_run_dispose (G_OBJECT (widget));
  g_object_unref (widget);
}

/* Every template of the resources is in the table above. */
static void
test_complete (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names =
      g_resources_enumerate_children ("/be/mons/Guichetier", G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  guint n_templates = 0;

  g_assert_no_error (error);
  for (guint i = 0; names[i] != NULL; i++)
    n_templates += g_str_has_prefix (names[i], "guichet-") ? 1 : 0;
  g_assert_cmpuint (n_templates, ==, G_N_ELEMENTS (templates));
}

static void
test_help (void)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/be/mons/Guichetier/gtk/help-overlay.ui");
  GtkWidget *help = GTK_WIDGET (gtk_builder_get_object (builder, "help_overlay"));

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (help));
  gtk_window_destroy (GTK_WINDOW (help));
}

/* The pages that are not in front are not there for a screen reader. */
static void
test_front (void)
{
  g_autofree char *folder = g_dir_make_tmp ("guichet-templates-XXXXXX", NULL);
  g_autoptr (AdwApplication) application =
      adw_application_new ("be.mons.Guichetier.Test", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GuichetClock) clock = guichet_clock_new ();
  g_autoptr (GuichetDesk) desk = guichet_desk_new (clock, folder);
  g_autoptr (EidRoots) roots = eid_roots_new ();
  const GuichetCardPolicy policy = { .roots = roots };
  g_autoptr (GuichetCardSlot) slot = guichet_card_slot_new (&policy);
  g_autoptr (GError) error = NULL;
  GuichetWindow *window;
  GtkWidget *root, *front;
  guint n_pages = 0;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  window = guichet_window_new (application, desk, slot);
  guichet_window_sign_in (window, "http://127.0.0.1:1", NULL, NULL);
  g_assert_nonnull (strstr (gtk_window_get_title (GTK_WINDOW (window)), _ ("Sign in")));
  root = gtk_widget_get_first_child (
      adw_application_window_get_content (ADW_APPLICATION_WINDOW (window)));
  g_assert_true (GTK_IS_STACK (root));
  front = gtk_stack_get_visible_child (GTK_STACK (root));
  for (GtkWidget *page = gtk_widget_get_first_child (root); page != NULL;
       page = gtk_widget_get_next_sibling (page), n_pages++)
    g_assert_cmpint (gtk_test_accessible_has_state (GTK_ACCESSIBLE (page),
                                                    GTK_ACCESSIBLE_STATE_HIDDEN),
                     ==,
                     page != front);
  g_assert_cmpuint (n_pages, ==, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  guichet_locale_setup (NULL);
  g_resources_register (guichet_get_resource ());

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autofree char *path = g_strdup_printf ("/display/templates/%s", templates[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_template);
    }
  g_test_add_func ("/display/templates/complete", test_complete);
  g_test_add_func ("/display/templates/help", test_help);
  g_test_add_func ("/display/templates/front", test_front);
  return g_test_run ();
}
