/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a clerk may choose for this computer.
 */
#define G_LOG_DOMAIN "guichet-preferences-window"

#include "config.h"

#include "guichet-preferences-window.h"

struct _GuichetPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  /* Owned */
  GSettings *settings;

  /* Template widgets */
  AdwComboRow *color_scheme_row;
  AdwComboRow *language_row;
  GtkSwitch *notifications_switch;
  GtkSwitch *single_keys_switch;
};

G_DEFINE_FINAL_TYPE (GuichetPreferencesWindow,
                     guichet_preferences_window,
                     ADW_TYPE_PREFERENCES_WINDOW)

/* Words of the settings in the order of the rows of the template. */
static const char *const color_schemes[] = { "system", "light", "dark", NULL };
static const char *const languages[] = { "", "fr", "nl", "de", "en", NULL };

static gboolean
word_to_position (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *const *words = user_data;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], g_variant_get_string (variant, NULL)))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  return FALSE;
}

static GVariant *
position_to_word (const GValue *value, const GVariantType *type, gpointer user_data)
{
  const char *const *words = user_data;

  return g_variant_new_string (words[g_value_get_uint (value)]);
}

static void
bind_row (GuichetPreferencesWindow *self, const char *key, AdwComboRow *row, gpointer words)
{
  g_settings_bind_with_mapping (self->settings,
                                key,
                                row,
                                "selected",
                                G_SETTINGS_BIND_DEFAULT,
                                word_to_position,
                                position_to_word,
                                words,
                                NULL);
}

static void
guichet_preferences_window_dispose (GObject *object)
{
  g_clear_object (&GUICHET_PREFERENCES_WINDOW (object)->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (guichet_preferences_window_parent_class)->dispose (object);
}

static void
guichet_preferences_window_class_init (GuichetPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_preferences_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetPreferencesWindow, color_scheme_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetPreferencesWindow, language_row);
  gtk_widget_class_bind_template_child (widget_class,
                                        GuichetPreferencesWindow,
                                        notifications_switch);
  gtk_widget_class_bind_template_child (widget_class, GuichetPreferencesWindow, single_keys_switch);
}

static void
guichet_preferences_window_init (GuichetPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (GUICHET_APPLICATION_ID);
  bind_row (self, "color-scheme", self->color_scheme_row, (gpointer) color_schemes);
  bind_row (self, "language", self->language_row, (gpointer) languages);
  g_settings_bind (self->settings,
                   "notifications",
                   self->notifications_switch,
                   "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings,
                   "single-keys",
                   self->single_keys_switch,
                   "active",
                   G_SETTINGS_BIND_DEFAULT);
}

GuichetPreferencesWindow *
guichet_preferences_window_new (GtkWindow *parent)
{
  return g_object_new (GUICHET_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);
}
