/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a request stands and what can be done.
 */
#define G_LOG_DOMAIN "guichet-status-card"

#include "config.h"

#include "guichet-status-card.h"
#include "guichet-date-words.h"
#include "guichet-due-row.h"
#include "guichet-enum-words.h"
#include "guichet-event-words.h"
#include "guichet-locale.h"
#include "guichet-move-buttons.h"
#include "guichet-wrap-box.h"
#include "guichet-wrap-layout.h"

#include <glib/gi18n.h>

struct _GuichetStatusCard
{
  AdwBin parent_instance;

  const char *phase_class; /* static (nullable): the one the pill has */

  /* Template widgets */
  GtkLabel *phase;
  GtkLabel *stage;
  GuichetDueRow *promise_row;
  GuichetDueRow *legal_row;
  GtkWidget *charge_row;
  GtkLabel *charge;
  GtkWidget *claim_button;
  GtkWidget *release_button;
  GtkWidget *assign_button;
  GtkWidget *blocked_row;
  GtkLabel *blocked;
  GtkWidget *unblock_button;
  GtkWidget *failed_row;
  GtkLabel *failed;
  GtkWidget *steps;
  GuichetMoveButtons *move_buttons;
  GtkLabel *hint;
};

G_DEFINE_FINAL_TYPE (GuichetStatusCard, guichet_status_card, ADW_TYPE_BIN)

static const char *const phase_classes[] = {
  [GUICHET_PHASE_NONE] = "received",      [GUICHET_PHASE_RECEIVED] = "received",
  [GUICHET_PHASE_PROCESSING] = "working", [GUICHET_PHASE_WAITING] = "waiting",
  [GUICHET_PHASE_DECIDED] = "decided",    [GUICHET_PHASE_CLOSED] = "closed",
};

/* Who will have the request once what this clerk did has reached the server. */
static const char *
expected_owner (GuichetOpenRequest *open, const GuichetClerk *clerk)
{
  return guichet_command_owner_after (guichet_open_request_get_pending (open),
                                      guichet_open_request_get_request (open)->assignee,
                                      clerk->login);
}

static gboolean
is_pending (GuichetOpenRequest *open, GuichetCommandKind kind)
{
  GPtrArray *pending = guichet_open_request_get_pending (open);

  for (guint i = 0; i < pending->len; i++)
    if (((const GuichetCommand *) g_ptr_array_index (pending, i))->kind == kind)
      return TRUE;
  return FALSE;
}

GuichetMay
guichet_status_card_may (GuichetOpenRequest *open, const GuichetClerk *clerk)
{
  const GuichetRequest *request = guichet_open_request_get_request (open);
  GuichetMay may = { FALSE };
  GuichetCapability can;
  const char *owner;
  gboolean alive, mine, works, blocked;

  if (request == NULL || clerk == NULL)
    return may;

  can = guichet_clerk_capabilities (clerk, request->department);
  owner = expected_owner (open, clerk);
  alive = request->phase != GUICHET_PHASE_CLOSED;
  mine = g_strcmp0 (owner, clerk->login) == 0;
  works = (can & GUICHET_CAN_WORK) != 0;
  blocked = request->blocker != GUICHET_BLOCKER_NONE;
  if (is_pending (open, GUICHET_COMMAND_BLOCK))
    blocked = TRUE;
  else if (is_pending (open, GUICHET_COMMAND_UNBLOCK))
    blocked = FALSE;

  may.claim = alive && works && owner == NULL;
  may.release =
      alive && owner != NULL && ((mine && works) || (can & GUICHET_CAN_ASSIGN_OTHERS) != 0);
  may.assign = alive && (can & GUICHET_CAN_ASSIGN_OTHERS) != 0;
  may.block = alive && works && mine && !blocked && request->phase == GUICHET_PHASE_PROCESSING;
  may.unblock = alive && works && mine && blocked;
  may.note = works;
  may.attach = alive && works && mine;
  may.move =
      !is_pending (open, GUICHET_COMMAND_MOVE) && guichet_open_request_get_moves (open)->len > 0;
  return may;
}

static void
show_stage (GuichetStatusCard *self,
            const GuichetRequest *request,
            const GuichetProcedure *procedure)
{
  const GuichetStage *stage =
      procedure != NULL ? guichet_procedure_find_stage (procedure, request->stage) : NULL;
  const char *name = stage != NULL
                         ? guichet_localized_get (&stage->names, guichet_locale_language ())
                         : request->stage;
  const char *phase = request->phase == GUICHET_PHASE_WAITING
                          ? guichet_enum_words_waiting (request->waiting)
                          : guichet_enum_words_phase (request->phase);
  g_autofree char *text = NULL;

  if (self->phase_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->phase), self->phase_class);
  self->phase_class = phase_classes[request->phase];
  gtk_widget_add_css_class (GTK_WIDGET (self->phase), self->phase_class);
  gtk_label_set_label (self->phase, phase);
  if (request->result != GUICHET_RESULT_NONE &&
      g_utf8_collate (name, guichet_enum_words_result (request->result)) != 0)
    /* Translators: %1$s is a stage, %2$s how the request ended. */
    text = g_strdup_printf (_ ("%1$s (result: %2$s)"),
                               name,
                               guichet_enum_words_result (request->result));
  gtk_label_set_label (self->stage, text != NULL ? text : name);
  /* Many a stage is called like its phase. */
  gtk_widget_set_visible (GTK_WIDGET (self->stage), text != NULL || !g_str_equal (name, phase));
}

static void
show_charge (GuichetStatusCard *self,
             GuichetOpenRequest *open,
             const GuichetClerk *clerk,
             const GuichetMay *may)
{
  const char *owner = expected_owner (open, clerk);
  const gboolean sure = g_strcmp0 (owner, guichet_open_request_get_request (open)->assignee) == 0;
  const char *name = owner == NULL ? _ ("Nobody yet")
                                   : g_str_equal (owner, clerk->login)
      ? _ ("You")
      : guichet_open_request_name_of (open, owner);
  g_autofree char *text =
      /* Translators: %s is a name; the server does not know of it yet. */
      sure ? g_strdup (name) : g_strdup_printf (_ ("%s (on its way)"), name);
  g_autofree char *row = g_strdup_printf ("%s: %s", _ ("In charge"), text);

  gtk_label_set_label (self->charge, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->charge_row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  row,
                                  -1);
  gtk_widget_set_visible (self->claim_button, may->claim);
  gtk_widget_set_visible (self->release_button, may->release);
  gtk_widget_set_visible (self->assign_button, may->assign);
}

static void
show_blocked (GuichetStatusCard *self, const GuichetRequest *request, const GuichetMay *may)
{
  g_autofree char *text = NULL;
  g_autofree char *row = NULL;

  gtk_widget_set_visible (self->blocked_row, request->blocker != GUICHET_BLOCKER_NONE);
  if (request->blocker == GUICHET_BLOCKER_NONE)
    return;

  if (request->blocked_until != GUICHET_DAY_NONE)
    {
      g_autofree char *day = guichet_date_words_full (request->blocked_until);

      /* Translators: %1$s is whom the request waits for, %2$s a date. */
      text = g_strdup_printf (_ ("%1$s, expected until %2$s"),
                                 guichet_enum_words_blocker (request->blocker),
                                 day);
    }
  else
    {
      text = g_strdup (guichet_enum_words_blocker (request->blocker));
    }
  row = g_strdup_printf ("%s: %s", _ ("Blocked"), text);
  gtk_label_set_label (self->blocked, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->blocked_row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  row,
                                  -1);
  gtk_widget_set_visible (self->unblock_button, may->unblock);
}

/* A mail that did not arrive is the request's business, not the mail server's. */
static void
show_failed (GuichetStatusCard *self, const GuichetRequest *request)
{
  const guint n = request->notifications->len;
  const GuichetNotification *last =
      n > 0 ? g_ptr_array_index (request->notifications, n - 1) : NULL;
  const gboolean failed = last != NULL && last->delivery == GUICHET_DELIVERY_FAILED;

  gtk_widget_set_visible (self->failed_row, failed);
  if (failed)
    {
      g_autofree char *text =
          g_strdup_printf (_ ("The last e-mail could not be delivered to %s. See the history."),
                              last->address);

      gtk_label_set_label (self->failed, text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->failed_row),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      text,
                                      -1);
    }
}

static const char *
hint_for (GuichetOpenRequest *open, const GuichetClerk *clerk, const GuichetMay *may)
{
  const GuichetRequest *request = guichet_open_request_get_request (open);

  if (is_pending (open, GUICHET_COMMAND_MOVE))
    return _ ("The request is on its way to the next stage.");
  if (may->move)
    return NULL;
  if (request->phase == GUICHET_PHASE_CLOSED)
    return _ ("The request is closed; nothing more has to be done.");
  if (may->claim)
    return _ ("Take the request in charge to work on it.");
  if (expected_owner (open, clerk) != NULL &&
      g_strcmp0 (expected_owner (open, clerk), clerk->login) != 0)
    return _ ("A colleague has it in charge.");
  return _ ("Nothing that your role allows.");
}

static void
guichet_status_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_STATUS_CARD);

  G_OBJECT_CLASS (guichet_status_card_parent_class)->dispose (object);
}

static void
guichet_status_card_class_init (GuichetStatusCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_status_card_dispose;

  g_type_ensure (GUICHET_TYPE_DUE_ROW);
  g_type_ensure (GUICHET_TYPE_MOVE_BUTTONS);
  g_type_ensure (GUICHET_TYPE_WRAP_BOX);
  g_type_ensure (GUICHET_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-status-card.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, phase);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, stage);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, promise_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, legal_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, charge_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, charge);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, claim_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, release_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, assign_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, blocked_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, blocked);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, unblock_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, failed_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, failed);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, steps);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, move_buttons);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusCard, hint);
}

static void
guichet_status_card_init (GuichetStatusCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
guichet_status_card_show (GuichetStatusCard *self, GuichetOpenRequest *open, GuichetDesk *desk)
{
  const GuichetClerk *clerk = guichet_desk_get_clerk (desk);
  const GuichetRequest *request = guichet_open_request_get_request (open);
  const GuichetDeadline *deadline = guichet_open_request_get_deadline (open);
  const GuichetDay today = guichet_desk_today (desk);
  const char *hint;
  GuichetMay may;

  g_return_if_fail (GUICHET_IS_STATUS_CARD (self));

  if (request == NULL || clerk == NULL)
    return;
  may = guichet_status_card_may (open, clerk);
  show_stage (self, request, guichet_open_request_get_procedure (open));
  guichet_due_row_show (self->promise_row,
                        deadline != NULL ? &deadline->promise : NULL,
                        GUICHET_TERM_PROMISE,
                        deadline != NULL && deadline->met,
                        today);
  guichet_due_row_show (self->legal_row,
                        deadline != NULL ? &deadline->legal : NULL,
                        GUICHET_TERM_LEGAL,
                        deadline != NULL && deadline->met,
                        today);
  show_charge (self, open, clerk, &may);
  show_blocked (self, request, &may);
  show_failed (self, request);
  guichet_move_buttons_show (self->move_buttons, open, may.block);
  hint = hint_for (open, clerk, &may);
  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
}

void
guichet_status_card_toggle_reasons (GuichetStatusCard *self)
{
  g_return_if_fail (GUICHET_IS_STATUS_CARD (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->promise_row)))
    guichet_due_row_toggle (self->promise_row);
  if (gtk_widget_get_visible (GTK_WIDGET (self->legal_row)))
    guichet_due_row_toggle (self->legal_row);
}
