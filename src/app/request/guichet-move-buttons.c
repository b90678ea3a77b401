/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be done with a request now.
 */
#define G_LOG_DOMAIN "guichet-move-buttons"

#include "config.h"

#include "guichet-move-buttons.h"
#include "guichet-enum-words.h"
#include "guichet-locale.h"
#include "guichet-wrap-layout.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetMoveButtons
{
  GtkWidget parent_instance;

  GStrv shown; /* (owned) (nullable): where each button leads to and what it says */

  /* Template widgets */
  GtkWidget *block_button;
};

G_DEFINE_FINAL_TYPE (GuichetMoveButtons, guichet_move_buttons, GTK_TYPE_WIDGET)

static void
clear (GuichetMoveButtons *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != self->block_button)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->shown, g_strfreev);
}

static void
guichet_move_buttons_dispose (GObject *object)
{
  GuichetMoveButtons *self = GUICHET_MOVE_BUTTONS (object);

  if (self->block_button != NULL)
    clear (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_MOVE_BUTTONS);

  G_OBJECT_CLASS (guichet_move_buttons_parent_class)->dispose (object);
}

static void
guichet_move_buttons_class_init (GuichetMoveButtonsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_move_buttons_dispose;

  g_type_ensure (GUICHET_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-move-buttons.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetMoveButtons, block_button);
}

static void
guichet_move_buttons_init (GuichetMoveButtons *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A button is no wider than the window, whatever a move is called. */
static void
let_wrap (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_xalign (GTK_LABEL (widget), 0);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_wrap (child);
}

static GtkWidget *
button_new (const GuichetMove *move, GuichetLack lack)
{
  const char *label = guichet_localized_get (&move->labels, guichet_locale_language ());
  GtkWidget *button;

  if (move->notify == GUICHET_NOTIFY_NEVER && lack == GUICHET_LACK_NONE)
    {
      button = gtk_button_new_with_label (label);
    }
  else
    {
      GtkWidget *content = adw_button_content_new ();

      adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
      adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content),
                                        lack != GUICHET_LACK_NONE ? "changes-prevent-symbolic"
                                                                  : "mail-send-symbolic");
      button = gtk_button_new ();
      gtk_button_set_child (GTK_BUTTON (button), content);
      gtk_widget_set_tooltip_text (button,
                                   lack != GUICHET_LACK_NONE
                                       ? guichet_enum_words_lack (lack)
                                       : _ ("Tells the citizen by e-mail; you see it first"));
    }
  let_wrap (button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", move->to);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "request.move");
  return button;
}

void
guichet_move_buttons_show (GuichetMoveButtons *self, GuichetOpenRequest *open, gboolean may_block)
{
  GPtrArray *moves = guichet_open_request_get_moves (open);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) wanted = NULL;

  g_return_if_fail (GUICHET_IS_MOVE_BUTTONS (self));

  gtk_widget_set_visible (self->block_button, may_block);
  for (guint i = 0; i < moves->len; i++)
    {
      const GuichetMove *move = g_ptr_array_index (moves, i);
      g_autofree char *key =
          g_strdup_printf ("%s %d %s",
                           move->to,
                           (int) guichet_open_request_get_lack (open, move),
                           guichet_localized_get (&move->labels, guichet_locale_language ()));

      g_strv_builder_add (builder, key);
    }
  wanted = g_strv_builder_end (builder);

  /* A button that somebody is about to press must not be another one under their finger. */
  if (self->shown != NULL &&
      g_strv_equal ((const char *const *) self->shown, (const char *const *) wanted))
    return;
  clear (self);
  self->shown = g_steal_pointer (&wanted);
  for (guint i = 0; i < moves->len; i++)
    {
      const GuichetMove *move = g_ptr_array_index (moves, i);
      GtkWidget *button = button_new (move, guichet_open_request_get_lack (open, move));

      if (i == 0)
        gtk_widget_add_css_class (button, "main-move");
      gtk_widget_insert_before (button, GTK_WIDGET (self), self->block_button);
    }
}
