/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signing out, offline, given back, no keyring: said once, at the foot of the window.
 */
#define G_LOG_DOMAIN "guichet-status-strip"

#include "config.h"

#include "guichet-status-strip.h"
#include "guichet-date-words.h"
#include "guichet-front.h"

#include <glib/gi18n.h>

struct _GuichetStatusStrip
{
  AdwBin parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) (nullable) */

  gboolean understood; /* the line about the keyring was read */

  /* Template widgets */
  GtkRevealer *leaving_revealer;
  GtkRevealer *held_revealer;
  GtkLabel *held_label;
  GtkRevealer *offline_revealer;
  GtkLabel *offline_label;
  GtkRevealer *keyring_revealer;
};

G_DEFINE_FINAL_TYPE (GuichetStatusStrip, guichet_status_strip, ADW_TYPE_BIN)

static void
reveal (GtkRevealer *revealer, gboolean shown)
{
  gtk_revealer_set_reveal_child (revealer, shown);
  guichet_front_set (GTK_WIDGET (revealer), shown);
}

static char *
offline_text (GuichetDesk *desk)
{
  g_autofree char *since = NULL;
  gint64 instant;
  guint pending;

  g_object_get (desk, "offline-since", &instant, "pending", &pending, NULL);
  since = guichet_date_words_time (instant, guichet_desk_get_zone (desk));
  if (pending == 0)
    /* Translators: %s is a time: "10:42". */
    return g_strdup_printf (_ ("Offline since %s. What you do is kept and sent later."), since);
  return g_strdup_printf (ngettext ("Offline since %1$s. %2$u action waits to be sent.",
                                    "Offline since %1$s. %2$u actions wait to be sent.",
                                    pending),
                          since,
                          pending);
}

static void
update_cb (GuichetStatusStrip *self)
{
  const GuichetDeskState state = guichet_desk_get_state (self->desk);
  const gboolean offline = state == GUICHET_DESK_OFFLINE;
  const gboolean signed_in = state != GUICHET_DESK_SIGNED_OUT;
  const guint held = guichet_desk_get_held (self->desk)->len;
  gboolean no_keyring;

  g_object_get (self->desk, "keyring-missing", &no_keyring, NULL);
  /* Whoever signs in next has read nothing yet. */
  if (!signed_in)
    self->understood = FALSE;
  if (offline)
    {
      g_autofree char *text = offline_text (self->desk);

      gtk_label_set_label (self->offline_label, text);
    }
  if (held > 0)
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("%u action was given back to you: it could not be done.",
                                     "%u actions were given back to you: they could not be done.",
                                     held),
                           held);

      gtk_label_set_label (self->held_label, text);
    }
  reveal (self->leaving_revealer, guichet_desk_is_signing_out (self->desk));
  reveal (self->offline_revealer, offline);
  reveal (self->held_revealer, held > 0);
  reveal (self->keyring_revealer, signed_in && no_keyring && !self->understood);
}

static void
understood_cb (GuichetStatusStrip *self)
{
  self->understood = TRUE;
  update_cb (self);
}

static void
guichet_status_strip_dispose (GObject *object)
{
  GuichetStatusStrip *self = GUICHET_STATUS_STRIP (object);

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_STATUS_STRIP);

  G_OBJECT_CLASS (guichet_status_strip_parent_class)->dispose (object);
}

static void
guichet_status_strip_class_init (GuichetStatusStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guichet_status_strip_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-status-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusStrip, leaving_revealer);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusStrip, held_revealer);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusStrip, held_label);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusStrip, offline_revealer);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusStrip, offline_label);
  gtk_widget_class_bind_template_child (widget_class, GuichetStatusStrip, keyring_revealer);
  gtk_widget_class_bind_template_callback (widget_class, understood_cb);
}

static void
guichet_status_strip_init (GuichetStatusStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_front_set (GTK_WIDGET (self->leaving_revealer), FALSE);
  guichet_front_set (GTK_WIDGET (self->held_revealer), FALSE);
  guichet_front_set (GTK_WIDGET (self->offline_revealer), FALSE);
  guichet_front_set (GTK_WIDGET (self->keyring_revealer), FALSE);
}

void
guichet_status_strip_set_desk (GuichetStatusStrip *self, GuichetDesk *desk)
{
  static const char *const followed[] = {
    "notify::state",           "notify::pending",     "notify::offline-since",
    "notify::keyring-missing", "notify::signing-out", "held-changed",
  };

  g_return_if_fail (GUICHET_IS_STATUS_STRIP (self));
  g_return_if_fail (GUICHET_IS_DESK (desk) && self->desk == NULL);

  self->desk = g_object_ref (desk);
  for (gsize i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_connect_object (desk, followed[i], G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  update_cb (self);
}
