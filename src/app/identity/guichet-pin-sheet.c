/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The holder's PIN.
 */
#define G_LOG_DOMAIN "guichet-pin-sheet"

#include "config.h"

#include "guichet-pin-sheet.h"
#include "guichet-pin-entry.h"

#include "eid-certificate.h"

#include <glib/gi18n.h>

#ifdef GDK_WINDOWING_X11
#  include <gdk/x11/gdkx.h>
#endif

struct _GuichetPinSheet
{
  AdwWindow parent_instance;

  /* Given */
  GuichetPinUse use;
  char *reader;      /* (owned) */
  EidFiles *files;   /* (owned) */
  GBytes *challenge; /* (owned) */
  GuichetPinRenew renew;
  gpointer renew_data; /* until it is answered */

  /* Owned */
  GTask *task; /* (nullable): until it is answered */
  GCancellable *cancellable;
  EidPin *pin; /* (nullable): given, until the card is asked */

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
  GtkWidget *cancel_button;
  GtkButton *go_button;
};

G_DEFINE_FINAL_TYPE (GuichetPinSheet, guichet_pin_sheet, ADW_TYPE_WINDOW)

/* In whose words the holder is spoken of. */
/* clang-format off */
static const struct
{
  gboolean takes_last_try;
  const char *typed;   /* before a PIN is typed */
  const char *at_pad;  /* before the keys of the reader are waited for */
  const char *now;     /* while they are */
  const char *blocked; /* there is no try left */
  const char *last;    /* (nullable): the next try could be the last, and is not taken */
  const char *go;
} uses[] = {
  [GUICHET_PIN_FOR_CHECK] = {
    TRUE,
    N_ ("Let the person type their PIN here, and look away."),
    N_ ("The person types their PIN on the keys of the reader: it never comes to this computer."),
    N_ ("The person types their PIN on the keys of the reader now."),
    N_ ("The PIN is blocked. The holder can have it unblocked with their PUK code."),
    NULL,
    N_ ("Ask the card") },
  [GUICHET_PIN_FOR_SIGN_IN] = {
    FALSE,
    N_ ("Type the PIN of your card."),
    N_ ("You type your PIN on the keys of the reader: it never comes to this computer."),
    N_ ("Type your PIN on the keys of the reader now."),
    N_ ("Your PIN is blocked. Sign in with your password, and have the PIN unblocked with your PUK "
        "code."),
    N_ ("A wrong PIN could now block your card, so it is not asked for here. Sign in with your "
        "password."),
    N_ ("Sign in") },
};

/* What became of a PIN, where another one can be given. */
static const struct
{
  EidPinOutcome outcome;
  const char *words;
} outcomes[] = {
  { EID_PIN_WRONG, N_ ("The PIN was wrong.") },
  { EID_PIN_GIVEN_UP, N_ ("No PIN was given at the reader.") },
  { EID_PIN_WRONG_LENGTH,
    N_ ("Too few or too many digits were typed at the reader. This did not count as a try.") },
  { EID_PIN_LAST_TRY, N_ ("One try is left: say first that it may be taken.") },
  { EID_PIN_FAILED, N_ ("The card could not decide about the PIN. Try once more.") },
};
/* clang-format on */

/* Whether a wrong PIN could block the card. */
static gboolean
is_last_try (GuichetPinSheet *self)
{
  return self->asked && (self->tries == 1 || self->tries == EID_TRIES_UNKNOWN);
}

/* Whether a PIN can be given at all. */
static gboolean
is_open (GuichetPinSheet *self)
{
  return self->asked && self->tries != 0 && (uses[self->use].takes_last_try || !is_last_try (self));
}

static gboolean
may_go (GuichetPinSheet *self)
{
  return is_open (self) && !self->busy &&
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
  const gboolean open = is_open (self);
  const gboolean typed = open && !self->has_pin_pad;
  const gboolean last = open && is_last_try (self);
  const char *advice = NULL;

  if (self->busy && self->asked)
    advice = self->has_pin_pad ? _ (uses[self->use].now) : _ ("The card is asked…");
  else if (open)
    advice = self->has_pin_pad ? _ (uses[self->use].at_pad) : _ (uses[self->use].typed);
  show_tries (self);
  gtk_label_set_label (self->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->advice), advice != NULL);
  gtk_widget_set_visible (self->entry, typed);
  gtk_widget_set_sensitive (self->entry, !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->x11_label),
                          typed && GDK_IS_X11_DISPLAY (gtk_widget_get_display (self->entry)));
  gtk_widget_set_visible (self->last_check, last);
  gtk_widget_set_sensitive (self->last_check, !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_button), may_go (self));
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

/* Where the keyboard goes once the card has said something. */
static GtkWidget *
next_focus (GuichetPinSheet *self)
{
  if (!is_open (self))
    return self->cancel_button;
  return self->has_pin_pad ? GTK_WIDGET (self->go_button) : self->entry;
}

/* Asking the card */

static void ask (GuichetPinSheet *self, EidPinEntry entry, EidPin *pin);

static void
show_outcome (GuichetPinSheet *self, EidPinOutcome outcome)
{
  const char *words = outcome_words (outcome);
  g_autofree char *both = NULL;

  if (self->tries == 0)
    words = _ (uses[self->use].blocked);
  else if (!is_open (self))
    {
      both = g_strjoin (words != NULL ? " " : "",
                        words != NULL ? words : "",
                        _ (uses[self->use].last), NULL);
      words = both;
    }
  show_problem (self, words);
}

static void
take_proofs (GuichetPinSheet *self, EidProofs *proofs)
{
  const gboolean first = !self->asked;
  const EidPinOutcome outcome = proofs->pin_attempt.outcome;

  self->has_pin_pad = proofs->has_pin_pad;
  self->tries = proofs->pin_attempt.tries_left;
  self->asked = TRUE;
  if (outcome == EID_PIN_RIGHT)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->task);

      gtk_window_destroy (GTK_WINDOW (self));
      g_task_return_pointer (task, proofs, (GDestroyNotify) eid_proofs_free);
      return;
    }
  eid_proofs_free (proofs);
  show_outcome (self, outcome);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->last_check), FALSE);
  update (self);
  gtk_widget_grab_focus (next_focus (self));
  /* Whoever signs in has the reader before them: nothing is left to press. */
  if (first && self->use == GUICHET_PIN_FOR_SIGN_IN && self->has_pin_pad && may_go (self))
    ask (self, EID_PIN_ENTRY_PAD, NULL);
}

static void
end_with (GuichetPinSheet *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  gtk_window_destroy (GTK_WINDOW (self));
  g_task_return_error (task, error);
}

static void
proved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetPinSheet) self = user_data;
  GError *error = NULL;
  EidProofs *proofs = eid_prove_finish (result, NULL, NULL, &error);

  self->busy = FALSE;
  if (self->task == NULL)
    {
      g_clear_pointer (&proofs, eid_proofs_free);
      g_clear_error (&error);
      return;
    }
  if (proofs != NULL)
    take_proofs (self, proofs);
  else
    end_with (self, error);
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
                                    .accept_last_try =
                                        uses[self->use].takes_last_try && is_last_try (self) };

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
  if (!may_go (self))
    return;
  if (!self->has_pin_pad)
    self->pin = guichet_pin_entry_take (GUICHET_PIN_ENTRY (self->entry));
  self->busy = TRUE;
  show_problem (self, NULL);
  update (self);
  self->renew (self, self->renew_data);
}

static void
typed_cb (GuichetPinSheet *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_button), may_go (self));
}

/* Whatever still holds the sheet: nothing more goes to the card. */
static void
give_up (GuichetPinSheet *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->pin, eid_pin_unref);
  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the sheet was closed");
}

static void
cancelled_cb (GuichetPinSheet *self)
{
  give_up (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
guichet_pin_sheet_close_request (GtkWindow *window)
{
  give_up (GUICHET_PIN_SHEET (window));
  return GTK_WINDOW_CLASS (guichet_pin_sheet_parent_class)->close_request (window);
}

static void
guichet_pin_sheet_dispose (GObject *object)
{
  give_up (GUICHET_PIN_SHEET (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_PIN_SHEET);

  G_OBJECT_CLASS (guichet_pin_sheet_parent_class)->dispose (object);
}

static void
guichet_pin_sheet_finalize (GObject *object)
{
  GuichetPinSheet *self = GUICHET_PIN_SHEET (object);

  g_clear_object (&self->cancellable);
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
  GTK_WINDOW_CLASS (klass)->close_request = guichet_pin_sheet_close_request;
  object_class->finalize = guichet_pin_sheet_finalize;
  g_type_ensure (GUICHET_TYPE_PIN_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-pin-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, tries_label);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, advice);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, entry);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, last_check);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, x11_label);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, problem);
  gtk_widget_class_bind_template_child (widget_class, GuichetPinSheet, cancel_button);
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

gboolean
guichet_pin_sheet_can_ask (EidFiles *files)
{
  GBytes *bytes = eid_files_get (files, EID_FILE_AUTHENTICATION_CERTIFICATE);
  g_autoptr (EidCertificate) certificate = NULL;

  /* The file of a card without a key is there, and empty. */
  if (bytes != NULL)
    certificate = eid_certificate_parse (bytes, EID_FILE_AUTHENTICATION_CERTIFICATE, NULL);
  return certificate != NULL;
}

void
guichet_pin_sheet_ask_async (GtkWindow *parent,
                             GuichetPinUse use,
                             const char *reader,
                             EidFiles *files,
                             GBytes *challenge,
                             GuichetPinRenew renew,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GuichetPinSheet *self;

  g_return_if_fail (reader != NULL && files != NULL && challenge != NULL && renew != NULL);

  g_task_set_source_tag (task, guichet_pin_sheet_ask_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  self = g_object_new (GUICHET_TYPE_PIN_SHEET, "transient-for", parent, NULL);
  self->use = use;
  self->reader = g_strdup (reader);
  self->files = eid_files_ref (files);
  self->challenge = g_bytes_ref (challenge);
  self->renew = renew;
  self->renew_data = user_data;
  self->task = g_steal_pointer (&task);
  gtk_button_set_label (self->go_button, _ (uses[use].go));
  if (cancellable != NULL)
    g_signal_connect_object (cancellable,
                             "cancelled",
                             G_CALLBACK (cancelled_cb),
                             self,
                             G_CONNECT_SWAPPED);
  ask (self, EID_PIN_ENTRY_NONE, NULL);
  gtk_window_present (GTK_WINDOW (self));
}

void
guichet_pin_sheet_go_on (GuichetPinSheet *self, GBytes *challenge, GError *error)
{
  g_autoptr (EidPin) pin = g_steal_pointer (&self->pin);

  g_return_if_fail (GUICHET_IS_PIN_SHEET (self));
  g_return_if_fail ((challenge == NULL) == (error != NULL));

  if (self->task == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (challenge == NULL)
    {
      end_with (self, error);
      return;
    }
  g_bytes_ref (challenge);
  g_bytes_unref (self->challenge);
  self->challenge = challenge;
  ask (self, self->has_pin_pad ? EID_PIN_ENTRY_PAD : EID_PIN_ENTRY_TYPED, pin);
}

EidProofs *
guichet_pin_sheet_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
