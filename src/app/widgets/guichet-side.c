/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Side bars that are as they were left.
 */
#define G_LOG_DOMAIN "guichet-side"

#include "config.h"

#include "guichet-side.h"
#include "guichet-focus.h"
#include "guichet-front.h"

typedef struct
{
  GSettings *settings; /* (owned) */
  char *key;           /* (owned) */
} Side;

static void
side_free (Side *side)
{
  g_object_unref (side->settings);
  g_free (side->key);
  g_free (side);
}

static void
folded_cb (AdwFlap *flap, GParamSpec *pspec, Side *side)
{
  adw_flap_set_reveal_flap (flap,
                            !adw_flap_get_folded (flap) &&
                                g_settings_get_boolean (side->settings, side->key));
}

/* Over the content it is shown for the moment: that is not what the clerk wants for good. */
static void
revealed_cb (AdwFlap *flap, GParamSpec *pspec, Side *side)
{
  const gboolean shown = adw_flap_get_reveal_flap (flap);
  GtkWidget *bar = adw_flap_get_flap (flap);

  guichet_front_set (bar, shown);
  if (!shown && guichet_focus_is_in (bar))
    gtk_widget_child_focus (adw_flap_get_content (flap), GTK_DIR_TAB_FORWARD);
  if (!adw_flap_get_folded (flap))
    g_settings_set_boolean (side->settings, side->key, shown);
}

void
guichet_side_follow (AdwFlap *flap, GSettings *settings, const char *key)
{
  Side *side;

  g_return_if_fail (ADW_IS_FLAP (flap) && adw_flap_get_locked (flap));
  g_return_if_fail (G_IS_SETTINGS (settings) && key != NULL);

  side = g_new (Side, 1);
  side->settings = g_object_ref (settings);
  side->key = g_strdup (key);
  g_object_set_data_full (G_OBJECT (flap), "guichet-side", side, (GDestroyNotify) side_free);
  g_signal_connect (flap, "notify::folded", G_CALLBACK (folded_cb), side);
  g_signal_connect (flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), side);
  adw_flap_set_reveal_flap (flap, g_settings_get_boolean (settings, key));
  guichet_front_set (adw_flap_get_flap (flap), adw_flap_get_reveal_flap (flap));
}
