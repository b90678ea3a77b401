/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The holder's PIN.
 */
#define G_LOG_DOMAIN "guichet-pin-sheet"

#include "config.h"

#include "guichet-pin-sheet.h"
#include "guichet-pin-entry.h"
#include "guichet-slot-words.h"

#include "eid-error.h"

#include <glib/gi18n.h>

#ifdef GDK_WINDOWING_X11
#  include <gdk/x11/gdkx.h>
#endif

struct _GuichetPinSheet
{
  AdwWindow parent_instance;

  /* Given */
  char *reader;      /* (owned) */
  EidFiles *files;   /* (owned) */
  GBytes *challenge; /* (owned) */

  /* Owned */
  GCancellable *cancellable;
  EidProofs *proofs; /* (nullable) */

  gboolean asked; /* the tries are known */
  gboolean busy;
  gboolean has_pin_pad;
  int tries;

  /* Template widgets */
  GtkLabel *tries_label;
  GtkLabel *advice;
  GtkWidget *entry;
  GtkWidget *last_check;
  GtkLabel *x11_label;
  GtkLabel *problem;
  GtkWidget *go_button;
};

enum
{
  PROVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetPinSheet, guichet_pin_sheet, ADW_TYPE_WINDOW)

/* What became of a PIN, where the sheet stays open. */
/* clang-format off */
static const struct
{
  EidPinOutcome outcome;
  const char *words;
} outcomes[] = {
  { EID_PIN_WRONG, N_ ("The PIN was wrong.") },
  { EID_PIN_BLOCKED,
    N_ ("The PIN is blocked. The holder can have it unblocked with their PUK code.") },
  { EID_PIN_GIVEN_UP, N_ ("No PIN was given at the reader.") },
  { EID_PIN_LAST_TRY, N_ ("One try is left: say first that it may be taken.") },
  { EID_PIN_FAILED, N_ ("The card could not decide about the PIN. Try once more.") },
};
/* clang-format on */

static gboolean
is_last_try (GuichetPinSheet *self)
{
  return self->asked && (self->tries == 1 || self->tries == EID_TRIES_UNKNOWN);
}

static gboolean
may_go (GuichetPinSheet *self)
{
  return self->asked && !self->busy && self->tries != 0 &&
         (self->has_pin_pad || guichet_pin_entry_is_complete (GUICHET_PIN_ENTRY (self->entry))) &&
         (!is_last_try (self) || gtk_check_button_get_active (GTK_CHECK_BUTTON (self->last_check)));
}

static void
show_tries (GuichetPinSheet *self)
{
  g_autofree char *text = NULL;

  if (!self->asked)
    text = g_strdup (_ ("Asking the card how many tries are left…"));
  else if (self->tries == EID_TRIES_UNKNOWN)
    text = g_strdup (_ ("The card does not say how many tries are left."));
  else
    text = g_strdup_printf (ngettext ("%d try left", "%d tries left", (gulong) self->tries),
                            self->tries);
  gtk_label_set_label (self->tries_label, text);
}

static void
update (GuichetPinSheet *self)
{
  const gboolean typed = self->asked && !self->has_pin_pad && self->tries != 0;
  const char *advice = "";

  if (self->busy && self->asked)
    advice = self->has_pin_pad ? _ ("The person types their PIN on the keys of the reader now.")
                               : _ ("The card is asked…");
  else if (self->asked && self->tries != 0)
    advice = self->has_pin_pad
        ? _ ("The person types their PIN on the keys of the reader: it never comes to "
                      "this computer.")
        : _ ("Let the person type their PIN here, and look away.");
  show_tries (self);
  gtk_label_set_label (self->advice, advice);
  gtk_widget_set_visible (self->entry, typed);
  gtk_widget_set_sensitive (self->entry, !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->x11_label),
                          typed && GDK_IS_X11_DISPLAY (gtk_widget_get_display (self->entry)));
  gtk_widget_set_visible (self->last_check, is_last_try (self));
  gtk_widget_set_sensitive (self->last_check, !self->busy);
  gtk_widget_set_sensitive (self->go_button, may_go (self));
}

static void
show_problem (GuichetPinSheet *self, const char *words)
{
  gtk_label_set_label (self->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

static const char *
outcome_words (EidPinOutcome outcome)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (outcomes[i].outcome == outcome)
      return _ (outcomes[i].words);
  return NULL;
}

/* Asking the card */

static void
take_proofs (GuichetPinSheet *self, EidProofs *proofs)
{
  self->has_pin_pad = proofs->has_pin_pad;
  self->tries = proofs->pin_attempt.tries_left;
  self->asked = TRUE;
  if (proofs->pin_attempt.outcome == EID_PIN_RIGHT)
    {
      self->proofs = proofs;
      g_signal_emit (self, signals[PROVED], 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  show_problem (self,
                self->tries == 0 ? outcome_words (EID_PIN_BLOCKED)
                                 : outcome_words (proofs->pin_attempt.outcome));
  eid_proofs_free (proofs);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->last_check), FALSE);
  update (self);
  if (self->has_pin_pad)
    gtk_widget_grab_focus (self->go_button);
  else
    gtk_widget_grab_focus (self->entry);
}

static void
proved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetPinSheet) self = user_data;
  g_autoptr (GError) error = NULL;
  EidProofs *proofs = eid_prove_finish (result, NULL, NULL, &error);

  self->busy = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (proofs != NULL)
    {
      take_proofs (self, proofs);
      return;
    }
  g_message ("the card was not asked for its PIN: %s", error->message);
  show_problem (self,
                g_error_matches (error, EID_ERROR, EID_ERROR_CARD_REMOVED)
                ? _ ("The card is out, or another one is in. Close this and begin again.")
                : guichet_slot_words_failure (error));
  update (self);
}

static void
ask (GuichetPinSheet *self, EidPinEntry entry, EidPin *pin)
{
  const EidProveRequest request = { .challenge =
                                        entry != EID_PIN_ENTRY_NONE ? self->challenge : NULL,
                                    .files = self->files,
                                    .chip = entry != EID_PIN_ENTRY_NONE,
                                    .entry = entry,
                                    .pin = pin,
                                    .accept_last_try = is_last_try (self) };

  self->busy = TRUE;
  show_problem (self, NULL);
  update (self);
  eid_prove_async (self->reader,
                   &request,
                   0,
                   NULL,
                   NULL,
                   self->cancellable,
                   proved_cb,
                   g_object_ref (self));
}

static void
go_cb (GuichetPinSheet *self)
{
  g_autoptr (EidPin) pin = NULL;

  if (!may_go (self))
    return;
  if (!self->has_pin_pad)
    pin = guichet_pin_entry_take (GUICHET_PIN_ENTRY (self->entry));
  ask (self, self->has_pin_pad ? EID_PIN_ENTRY_PAD : EID_PIN_ENTRY_TYPED, pin);
}

static void
typed_cb (GuichetPinSheet *self)
{
  gtk_widget_set_sensitive (self->go_button, may_go (self));
}

static void
guichet_pin_sheet_dispose (GObject *object)
{
  GuichetPinSheet *self = GUICHET_PIN_SHEET (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_PIN_SHEET);

  G_OBJECT_CLASS (guichet_pin_sheet_parent_class)->dispose (object);
}

static void
guichet_pin_sheet_finalize (GObject *object)
{
  GuichetPinSheet *self = GUICHET_PIN_SHEET (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->proofs, eid_proofs_free);
  g_free (self->reader);
  g_clear_pointer (&self->files, eid_files_unref);
  g_clear_pointer (&self->challenge, g_bytes_unref);

  G_OBJECT_CLASS (guichet_pin_sheet_parent_class)->finalize (object);
}

static void
guichet_pin_sheet_class_init (GuichetPinSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guichet_pin_sheet_dispose;
  object_class->finalize = guichet_pin_sheet_finalize;
  signals[PROVED] = g_signal_new ("proved",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
  g_type_ensure (GUICHET_TYPE_PIN_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-pin-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, tries_label);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, advice);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, entry);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, last_check);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, x11_label);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, problem);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, go_button);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
}

static void
guichet_pin_sheet_init (GuichetPinSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->tries = EID_TRIES_UNKNOWN;
}

GuichetPinSheet *
guichet_pin_sheet_new (GtkWindow *parent, const char *reader, EidFiles *files, GBytes *challenge)
{
  GuichetPinSheet *self = g_object_new (GUICHET_TYPE_PIN_SHEET, "transient-for", parent, NULL);

  self->reader = g_strdup (reader);
  self->files = eid_files_ref (files);
  self->challenge = g_bytes_ref (challenge);
  ask (self, EID_PIN_ENTRY_NONE, NULL);
  return self;
}

EidProofs *
guichet_pin_sheet_take_proofs (GuichetPinSheet *self)
{
  g_return_val_if_fail (GUICHET_IS_PIN_SHEET (self), NULL);

  return g_steal_pointer (&self->proofs);
}
