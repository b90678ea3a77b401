/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card in the reader, beside the request.
 */
#define G_LOG_DOMAIN "guichet-identity-panel"

#include "config.h"

#include "guichet-identity-panel.h"
#include "guichet-check-record.h"
#include "guichet-compared-row.h"
#include "guichet-error-words.h"
#include "guichet-person-facts.h"
#include "guichet-person-words.h"
#include "guichet-pin-sheet.h"
#include "guichet-slot-words.h"
#include "guichet-verdict-row.h"
#include "guichet-whole-words.h"

#include "eid-error.h"

#include <glib/gi18n.h>

struct _GuichetIdentityPanel
{
  AdwBin parent_instance;

  /* Given */
  GuichetCardSlot *slot;       /* (owned) (nullable) */
  GuichetDesk *desk;           /* (owned) (nullable) */
  GuichetOpenRequest *request; /* (owned) (nullable) */

  /* Owned */
  GCancellable *recording; /* (nullable): while the check is being recorded */

  gboolean recorded;
  GuichetSlotState shown; /* the state that was shown last */

  /* Template widgets */
  GtkWidget *state_box;
  GtkImage *state_icon;
  GtkLabel *state_title;
  GtkLabel *state_advice;
  GtkLabel *state_detail;
  GtkWidget *read_button;
  GtkWidget *stop_button;
  GtkProgressBar *progress;
  GtkWidget *whole_box;
  GtkImage *whole_icon;
  GtkLabel *whole_title;
  GtkLabel *whole_advice;
  GtkWidget *acts_box;
  GtkWidget *record_button;
  GtkWidget *pin_button;
  GtkWidget *recorded_box;
  GtkImage *recorded_icon;
  GtkLabel *recorded_label;
  GtkWidget *person_box;
  GtkPicture *photo;
  GtkLabel *name;
  GtkGrid *facts;
  GtkListBox *verdicts;
  GtkWidget *asking_label;
  GtkWidget *compared_box;
  GtkListBox *compared;
  GtkSizeGroup *titles;
};

G_DEFINE_FINAL_TYPE (GuichetIdentityPanel, guichet_identity_panel, ADW_TYPE_BIN)

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static const GuichetCitizen *
citizen_of (GuichetIdentityPanel *self)
{
  const GuichetRequest *request =
      self->request != NULL ? guichet_open_request_get_request (self->request) : NULL;

  return request != NULL ? request->citizen : NULL;
}

/* The reader, and how far the card is read */

static void
show_state (GuichetIdentityPanel *self)
{
  const GuichetSlotState state = guichet_card_slot_get_state (self->slot);
  const GuichetSlotWords words = guichet_slot_words (state);
  const GError *error = guichet_card_slot_get_error (self->slot);
  const char *advice =
      state == GUICHET_SLOT_FAILED ? guichet_slot_words_failure (error) : words.advice;
  const gboolean reading = state == GUICHET_SLOT_READING;

  gtk_widget_set_visible (self->state_box, state != GUICHET_SLOT_READ);
  gtk_image_set_from_icon_name (self->state_icon, words.icon);
  gtk_label_set_label (self->state_title, words.title);
  gtk_label_set_label (self->state_advice, advice);
  gtk_widget_set_visible (GTK_WIDGET (self->state_advice), *advice != '\0');
  /* Which file, and where in it: for whoever is asked for help. */
  gtk_label_set_label (self->state_detail,
                       state == GUICHET_SLOT_FAILED && error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state_detail), state == GUICHET_SLOT_FAILED);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), reading);
  gtk_progress_bar_set_fraction (self->progress, guichet_card_slot_get_progress (self->slot));
  gtk_widget_set_visible (self->stop_button, reading);
  gtk_widget_set_visible (self->read_button,
                          !reading && guichet_card_slot_get_reader (self->slot) != NULL);
}

/* What can be done with it */

static void
show_acts (GuichetIdentityPanel *self)
{
  EidFiles *files = guichet_card_slot_get_files (self->slot);
  EidReport *report = guichet_card_slot_get_report (self->slot);
  const gboolean signs = report != NULL && files != NULL && guichet_pin_sheet_can_ask (files);

  gtk_widget_set_visible (self->acts_box, report != NULL && self->request != NULL);
  gtk_widget_set_sensitive (self->acts_box, self->recording == NULL);
  gtk_widget_set_visible (self->record_button, !self->recorded);
  gtk_widget_set_visible (self->pin_button,
                          signs && eid_report_find (report, EID_VERDICT_PIN_PROVED) == NULL);
}

/* The person */

static void
show_person (GuichetIdentityPanel *self)
{
  const GuichetCardPerson *person = guichet_card_slot_get_person (self->slot);
  g_autofree char *name = person != NULL ? guichet_person_words_name (person) : NULL;

  gtk_widget_set_visible (self->person_box, person != NULL);
  gtk_label_set_label (self->name, name != NULL ? name : "");
  gtk_picture_set_paintable (self->photo, GDK_PAINTABLE (guichet_card_slot_get_photo (self->slot)));
  guichet_person_facts_show (self->facts,
                             person,
                             citizen_of (self) != NULL ? GUICHET_PERSON_FACTS_NOT_COMPARED
                                                       : GUICHET_PERSON_FACTS_ALL);
}

/* Held against the request */

static void
show_compared (GuichetIdentityPanel *self,
               const GuichetCardPerson *person,
               const GuichetCitizen *citizen,
               const GuichetComparison *comparison)
{
  clear_list (self->compared);
  gtk_widget_set_visible (self->compared_box, comparison != NULL);
  if (comparison == NULL)
    return;
  for (guint i = 0; i < GUICHET_N_COMPARED; i++)
    {
      g_autofree char *card = guichet_comparison_words_card (person, i);
      g_autofree char *request = guichet_comparison_words_request (citizen, i);

      if (card != NULL || request != NULL)
        gtk_list_box_append (self->compared,
                             guichet_compared_row_new (i,
                                                       comparison->fields[i],
                                                       card,
                                                       request,
                                                       self->titles));
    }
}

/* What was found out */

static void
show_verdicts (GuichetIdentityPanel *self, EidReport *report)
{
  clear_list (self->verdicts);
  gtk_widget_set_visible (GTK_WIDGET (self->verdicts), report != NULL);
  gtk_widget_set_visible (self->asking_label, guichet_card_slot_is_asking (self->slot));
  for (guint i = 0; report != NULL && i < eid_report_get_size (report); i++)
    {
      const EidVerdict *verdict = eid_report_get (report, i);
      g_autofree char *title = guichet_verdict_words_title (report, verdict);

      /* While it is asked, nothing says that it is not known. */
      if (verdict->kind == EID_VERDICT_REVOCATION_UNKNOWN &&
          guichet_card_slot_is_asking (self->slot))
        continue;
      if (title != NULL)
        gtk_list_box_append (self->verdicts, guichet_verdict_row_new (verdict, title));
    }
}

/* Of such a card a record does not prove what the clerk wants to prove. */
static gboolean
is_doubtful (const GuichetVerdictWords *words)
{
  return g_str_equal (words->style, "bad") || g_str_equal (words->style, "unsure");
}

/* What is not the expected thing to do can still be done. */
static void
suggest (GtkWidget *button, gboolean expected)
{
  if (expected)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
show_whole (GuichetIdentityPanel *self, EidReport *report, const GuichetComparison *comparison)
{
  static const char *const styles[] = { "good", "caution", "unsure", "bad" };
  GuichetVerdictWords words;
  g_autofree char *spoken = NULL;

  gtk_widget_set_visible (self->whole_box, report != NULL);
  if (report == NULL)
    return;
  words = guichet_whole_words (report, comparison);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (self->whole_box, styles[i]);
  gtk_widget_add_css_class (self->whole_box, words.style);
  suggest (self->record_button, !is_doubtful (&words));
  gtk_image_set_from_icon_name (self->whole_icon, words.icon);
  gtk_label_set_label (self->whole_title, words.title);
  gtk_label_set_label (self->whole_advice, words.advice);
  spoken = g_strdup_printf ("%s: %s. %s", words.weight, words.title, words.advice);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->whole_box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken,
                                  -1);
}

/* The verdict is read aloud where the keyboard is, unless somebody types. */
static void
go_to_verdict (GuichetIdentityPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!GTK_IS_EDITABLE (focus) && !GTK_IS_TEXT_VIEW (focus))
    gtk_widget_grab_focus (self->whole_box);
}

/* Recording */

static void
show_recorded (GuichetIdentityPanel *self, const char *icon, const char *words)
{
  gtk_widget_set_visible (self->recorded_box, words != NULL);
  if (words == NULL)
    return;
  gtk_image_set_from_icon_name (self->recorded_icon, icon);
  gtk_label_set_label (self->recorded_label, words);
}

/* With what is left for the PIN after it was right: whoever had typed a wrong one wants to know. */
static void
show_done (GuichetIdentityPanel *self, int tries, gboolean unasked)
{
  const char *done = _ ("The verification is in the history.");
  g_autofree char *more = NULL;
  g_autofree char *words = NULL;

  if (unasked)
    more = g_strdup (_ ("This card could not be asked to prove that it is no copy."));
  else if (tries != EID_TRIES_UNKNOWN)
    more = g_strdup_printf (ngettext ("The PIN was right: %d try left.",
                                      "The PIN was right: %d tries left.",
                                      (gulong) tries),
                            tries);
  words = g_strjoin (more != NULL ? " " : "", done, more, NULL);
  show_recorded (self, unasked ? "dialog-warning-symbolic" : "emblem-ok-symbolic", words);
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetIdentityPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  int tries;
  gboolean unasked;
  const gboolean recorded = guichet_check_record_finish (result, &tries, &unasked, &error);

  /* The card is out, or the panel closed: what had been sent shows in the history. */
  if (self->recording == NULL || g_cancellable_is_cancelled (self->recording))
    return;
  g_clear_object (&self->recording);
  self->recorded = recorded;
  if (recorded)
    show_done (self, tries, unasked);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_recorded (self, NULL, NULL);
  else
    {
      sentence = error->domain == EID_ERROR ? g_strdup (guichet_slot_words_failure (error))
                                            : guichet_error_words (error);
      show_recorded (self, "dialog-warning-symbolic", sentence);
    }
  show_acts (self);
}

static void
forget_recording (GuichetIdentityPanel *self)
{
  g_cancellable_cancel (self->recording);
  g_clear_object (&self->recording);
  self->recorded = FALSE;
  show_recorded (self, NULL, NULL);
}

static void
update (GuichetIdentityPanel *self)
{
  const GuichetSlotState state = guichet_card_slot_get_state (self->slot);
  const GuichetCardPerson *person = guichet_card_slot_get_person (self->slot);
  const GuichetCitizen *citizen = citizen_of (self);
  EidReport *report = guichet_card_slot_get_report (self->slot);
  GuichetComparison made, *comparison = NULL;

  if (person != NULL && citizen != NULL)
    {
      made = guichet_comparison_make (person, citizen);
      comparison = &made;
    }
  if (state != GUICHET_SLOT_READ)
    forget_recording (self);
  show_acts (self);
  show_state (self);
  show_person (self);
  show_compared (self, person, citizen, comparison);
  show_verdicts (self, report);
  show_whole (self, report, comparison);
  if (state == GUICHET_SLOT_READ && self->shown != GUICHET_SLOT_READ)
    go_to_verdict (self);
  self->shown = state;
}

static void
changed_cb (GuichetIdentityPanel *self)
{
  if (guichet_identity_panel_is_open (self))
    update (self);
}

static void
guichet_identity_panel_dispose (GObject *object)
{
  GuichetIdentityPanel *self = GUICHET_IDENTITY_PANEL (object);

  if (self->slot != NULL)
    g_signal_handlers_disconnect_by_data (self->slot, self);
  g_clear_object (&self->slot);
  g_clear_object (&self->desk);
  g_clear_object (&self->request);
  g_cancellable_cancel (self->recording);
  g_clear_object (&self->recording);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_IDENTITY_PANEL);

  G_OBJECT_CLASS (guichet_identity_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass,
                                               "/be/mons/Guichetier/guichet-identity-panel.ui");
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, state_box);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, state_icon);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, state_title);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, state_advice);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, state_detail);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, read_button);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, stop_button);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, progress);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, whole_box);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, whole_icon);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, whole_title);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, whole_advice);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, acts_box);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, record_button);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, pin_button);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, recorded_box);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, recorded_icon);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, recorded_label);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, person_box);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, photo);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, name);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, facts);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, verdicts);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, asking_label);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, compared_box);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, compared);
  gtk_widget_class_bind_template_child (klass, GuichetIdentityPanel, titles);
}

static void
guichet_identity_panel_class_init (GuichetIdentityPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_identity_panel_dispose;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
guichet_identity_panel_init (GuichetIdentityPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
guichet_identity_panel_set_up (GuichetIdentityPanel *self, GuichetCardSlot *slot, GuichetDesk *desk)
{
  g_return_if_fail (GUICHET_IS_IDENTITY_PANEL (self));
  g_return_if_fail (GUICHET_IS_CARD_SLOT (slot) && self->slot == NULL);
  g_return_if_fail (GUICHET_IS_DESK (desk));

  self->slot = g_object_ref (slot);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (slot, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

void
guichet_identity_panel_hold_against (GuichetIdentityPanel *self, GuichetOpenRequest *request)
{
  g_return_if_fail (GUICHET_IS_IDENTITY_PANEL (self));

  g_set_object (&self->request, request);
  changed_cb (self);
}

void
guichet_identity_panel_open (GuichetIdentityPanel *self)
{
  g_return_if_fail (GUICHET_IS_IDENTITY_PANEL (self));

  if (!guichet_identity_panel_is_open (self))
    {
      self->shown = GUICHET_SLOT_STARTING;
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
      update (self);
    }
  guichet_card_slot_read (self->slot,
                          guichet_desk_now (self->desk),
                          guichet_desk_get_zone (self->desk));
}

void
guichet_identity_panel_record (GuichetIdentityPanel *self, gboolean with_pin)
{
  const GuichetRequest *request;

  g_return_if_fail (GUICHET_IS_IDENTITY_PANEL (self));

  request = self->request != NULL ? guichet_open_request_get_request (self->request) : NULL;
  if (request == NULL || self->recording != NULL ||
      guichet_card_slot_get_files (self->slot) == NULL)
    return;
  forget_recording (self);
  self->recording = g_cancellable_new ();
  show_recorded (self, "document-save-symbolic", _ ("The verification is being recorded…"));
  show_acts (self);
  guichet_check_record_async (self->desk,
                              request->reference,
                              request->version,
                              self->slot,
                              with_pin ? GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)))
                                       : NULL,
                              self->recording,
                              recorded_cb,
                              g_object_ref (self));
}

void
guichet_identity_panel_stop (GuichetIdentityPanel *self)
{
  g_return_if_fail (GUICHET_IS_IDENTITY_PANEL (self));

  guichet_card_slot_stop (self->slot);
}

void
guichet_identity_panel_close (GuichetIdentityPanel *self)
{
  g_return_if_fail (GUICHET_IS_IDENTITY_PANEL (self));

  if (!guichet_identity_panel_is_open (self))
    return;
  guichet_card_slot_drop (self->slot);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

gboolean
guichet_identity_panel_is_open (GuichetIdentityPanel *self)
{
  g_return_val_if_fail (GUICHET_IS_IDENTITY_PANEL (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self));
}
