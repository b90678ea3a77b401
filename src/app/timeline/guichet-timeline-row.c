/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An entry of the history.
 */
#define G_LOG_DOMAIN "guichet-timeline-row"

#include "config.h"

#include "guichet-timeline-row.h"
#include "guichet-date-words.h"

struct _GuichetTimelineRow
{
  AdwBin parent_instance;

  GuichetTimelineItem *item; /* (owned) (nullable) */

  /* Template widgets */
  GtkLabel *heading;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *byline;
  GtkLabel *detail;
  GtkLabel *delivery;
  GtkWidget *resend_button;
};

G_DEFINE_FINAL_TYPE (GuichetTimelineRow, guichet_timeline_row, ADW_TYPE_BIN)

static void
guichet_timeline_row_dispose (GObject *object)
{
  g_clear_object (&GUICHET_TIMELINE_ROW (object)->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_TIMELINE_ROW);

  G_OBJECT_CLASS (guichet_timeline_row_parent_class)->dispose (object);
}

static void
guichet_timeline_row_class_init (GuichetTimelineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_timeline_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-timeline-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetTimelineRow, heading);
  gtk_widget_class_bind_template_child (widget_class, GuichetTimelineRow, icon);
  gtk_widget_class_bind_template_child (widget_class, GuichetTimelineRow, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetTimelineRow, byline);
  gtk_widget_class_bind_template_child (widget_class, GuichetTimelineRow, detail);
  gtk_widget_class_bind_template_child (widget_class, GuichetTimelineRow, delivery);
  gtk_widget_class_bind_template_child (widget_class, GuichetTimelineRow, resend_button);
}

static void
guichet_timeline_row_init (GuichetTimelineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
guichet_timeline_row_new (void)
{
  return g_object_new (GUICHET_TYPE_TIMELINE_ROW, NULL);
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

static void
set_class (GuichetTimelineRow *self, const char *name, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

void
guichet_timeline_row_show (GuichetTimelineRow *self, GuichetTimelineItem *item, gint64 now)
{
  const char *notification;

  g_return_if_fail (GUICHET_IS_TIMELINE_ROW (self));

  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  notification = guichet_timeline_item_get_notification (item);
  gtk_image_set_from_icon_name (self->icon, guichet_timeline_item_get_icon (item));
  show_text (self->heading, guichet_timeline_item_get_heading (item));
  show_text (self->title, guichet_timeline_item_get_title (item));
  show_text (self->detail, guichet_timeline_item_get_detail (item));
  show_text (self->delivery, guichet_timeline_item_get_delivery (item));
  set_class (self, "pending", guichet_timeline_item_get_pending (item));
  set_class (self, "failed", guichet_timeline_item_get_failed (item));
  set_class (self, "note", guichet_timeline_item_get_kind (item) == GUICHET_TIMELINE_NOTE);
  gtk_widget_set_visible (self->resend_button, notification != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->resend_button),
                                    "s",
                                    notification != NULL ? notification : "");
  guichet_timeline_row_tick (self, now);
}

void
guichet_timeline_row_tick (GuichetTimelineRow *self, gint64 now)
{
  const char *moment, *who;
  gint64 instant;

  g_return_if_fail (GUICHET_IS_TIMELINE_ROW (self));

  if (self->item == NULL)
    return;
  instant = guichet_timeline_item_get_instant (self->item);
  moment = guichet_timeline_item_get_moment (self->item);
  who = guichet_timeline_item_get_who (self->item);
  if (instant == 0)
    {
      show_text (self->byline, moment);
    }
  else
    {
      g_autofree char *ago = guichet_date_words_ago (instant, now);
      g_autofree char *text = g_strdup_printf ("%s · %s · %s", who, moment, ago);

      show_text (self->byline, text);
    }
}
