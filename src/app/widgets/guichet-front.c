/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a screen reader meets is what is on the screen.
 */
#define G_LOG_DOMAIN "guichet-front"

#include "config.h"

#include "guichet-front.h"

void
guichet_front_set (GtkWidget *widget, gboolean in_front)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (in_front)
    gtk_accessible_reset_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN);
  else
    gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

static void
visible_child_cb (GtkStack *stack)
{
  GtkWidget *front = gtk_stack_get_visible_child (stack);

  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    guichet_front_set (page, page == front);
}

void
guichet_front_follow (GtkStack *stack)
{
  g_return_if_fail (GTK_IS_STACK (stack));

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (visible_child_cb), NULL);
  visible_child_cb (stack);
}
