/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the keyboard is.
 */
#define G_LOG_DOMAIN "guichet-focus"

#include "config.h"

#include "guichet-focus.h"

gboolean
guichet_focus_is_in (GtkWidget *whole)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_WIDGET (whole), FALSE);

  root = gtk_widget_get_root (whole);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && gtk_widget_is_ancestor (focus, whole);
}
