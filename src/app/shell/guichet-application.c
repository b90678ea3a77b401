/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program's composition root.
 */
#define G_LOG_DOMAIN "guichet-application"

#include "config.h"

#include "guichet-application.h"
#include "guichet-application-private.h"
#include "guichet-card-policy.h"
#include "guichet-line-words.h"
#include "guichet-log.h"
#include "guichet-window.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* More than any password; what does not fit is not one. */
#define PASSWORD_MAX 1024

struct _GuichetApplication
{
  AdwApplication parent_instance;

  /* Owned */
  GSettings *settings;
  GuichetClock *clock;
  GuichetDesk *desk;
  GuichetCardSlot *slot;
  char *server;     /* (nullable): of the command line */
  char *login;      /* (nullable): idem */
  char *eid_config; /* (nullable): idem */
  char *password;   /* (nullable): read from a descriptor; wiped once used */

  GCancellable *cancellable; /* (owned) */
  gboolean resuming;         /* the session of last time */
  gboolean held;             /* goes on without a window: the desk is unfinished */

  guint n_arrived; /* requests that arrived since the window was last looked at */
};

G_DEFINE_FINAL_TYPE (GuichetApplication, guichet_application, ADW_TYPE_APPLICATION)

static GuichetWindow *
find_window (GuichetApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *at = windows; at != NULL; at = at->next)
    if (GUICHET_IS_WINDOW (at->data))
      return at->data;
  return NULL;
}

static void
wipe_password (GuichetApplication *self)
{
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_clear_pointer (&self->password, g_free);
}

static gboolean
read_password (int descriptor, char **ret_password)
{
  char buffer[PASSWORD_MAX];
  gsize length = 0;
  gssize got;

  while (length < sizeof buffer - 1)
    {
      got = read (descriptor, buffer + length, sizeof buffer - 1 - length);
      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        break;
      length += (gsize) got;
      if (memchr (buffer, '\n', length) != NULL)
        break;
    }
  buffer[length] = '\0';
  buffer[strcspn (buffer, "\n")] = '\0';
  *ret_password = g_strdup (buffer);
  explicit_bzero (buffer, sizeof buffer);
  return length > 0;
}

static void
color_scheme_cb (GuichetApplication *self)
{
  g_autofree char *scheme = g_settings_get_string (self->settings, "color-scheme");
  AdwColorScheme wanted = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (scheme, "light"))
    wanted = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (scheme, "dark"))
    wanted = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), wanted);
}

/* Nothing personal: a notification may be read over a shoulder or on a locked screen. */
static void
arrived_cb (GuichetApplication *self, const char *reference)
{
  GuichetWindow *window = find_window (self);
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = NULL;

  if (window == NULL || gtk_window_is_active (GTK_WINDOW (window)) ||
      !g_settings_get_boolean (self->settings, "notifications"))
    return;

  self->n_arrived++;
  title = g_strdup_printf (ngettext ("%u new request", "%u new requests", self->n_arrived),
                           self->n_arrived);
  notification = g_notification_new (title);
  if (self->n_arrived == 1)
    {
      g_notification_set_body (notification, reference);
      g_notification_set_default_action_and_target (notification,
                                                    "app.open-request",
                                                    "s",
                                                    reference);
    }
  else
    {
      g_notification_set_body (notification, _ ("They wait in your queue."));
    }
  g_application_send_notification (G_APPLICATION (self), "arrived", notification);
}

static void
window_active_cb (GuichetApplication *self, GParamSpec *pspec, GtkWindow *window)
{
  if (!gtk_window_is_active (window) || self->n_arrived == 0)
    return;
  self->n_arrived = 0;
  g_application_withdraw_notification (G_APPLICATION (self), "arrived");
}

static GuichetCardSlot *
make_slot (GuichetApplication *self)
{
  g_autoptr (GError) error = NULL;
  GuichetCardPolicy policy;
  GuichetCardSlot *slot;

  if (!guichet_card_policy_load (self->eid_config, &policy, &error))
    g_message ("only the State's own roots are known: %s", error->message);
  slot = guichet_card_slot_new (&policy);
  guichet_card_policy_clear (&policy);
  return slot;
}

static gboolean
is_told_who (GuichetApplication *self)
{
  return self->server != NULL || self->login != NULL || self->password != NULL;
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetApplication) self = user_data;
  GuichetWindow *window = find_window (self);
  g_autoptr (GError) error = NULL;

  self->resuming = FALSE;
  if (guichet_desk_resume_finish (GUICHET_DESK (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SIGNED_OUT))
    g_message ("could not go on with the session: %s", error->message);
  if (window != NULL)
    guichet_window_start (window);
}

/* Whoever closes the window does not wait for the disk; the program does. */
static void
unfinished_cb (GuichetApplication *self, GParamSpec *pspec, GuichetDesk *desk)
{
  const gboolean unfinished = guichet_desk_is_unfinished (desk);

  if (unfinished == self->held)
    return;
  self->held = unfinished;
  if (unfinished)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

/* Keyring and files are asked while the toolkit starts. */
static void
open_desk (GuichetApplication *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "guichetier", NULL);

  self->clock = guichet_clock_new ();
  self->desk = guichet_desk_new (self->clock, folder);
  g_signal_connect_object (self->desk, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk,
                           "notify::unfinished",
                           G_CALLBACK (unfinished_cb),
                           self,
                           G_CONNECT_SWAPPED);
  if (is_told_who (self))
    return;
  self->resuming = TRUE;
  guichet_desk_resume_async (self->desk, self->cancellable, resumed_cb, g_object_ref (self));
}

static void
guichet_application_startup (GApplication *application)
{
  GuichetApplication *self = GUICHET_APPLICATION (application);

  open_desk (self);
  G_APPLICATION_CLASS (guichet_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (GUICHET_APPLICATION_ID);
  _guichet_application_add_actions (self);
  g_signal_connect_object (self->settings,
                           "changed::color-scheme",
                           G_CALLBACK (color_scheme_cb),
                           self,
                           G_CONNECT_SWAPPED);
  color_scheme_cb (self);

  self->slot = make_slot (self);
}

static void
guichet_application_activate (GApplication *application)
{
  GuichetApplication *self = GUICHET_APPLICATION (application);
  GuichetWindow *window = find_window (self);

  if (window == NULL)
    {
      window = guichet_window_new (ADW_APPLICATION (self), self->desk, self->slot);
      g_signal_connect_object (window,
                               "notify::is-active",
                               G_CALLBACK (window_active_cb),
                               self,
                               G_CONNECT_SWAPPED);
      if (is_told_who (self) && guichet_desk_get_state (self->desk) == GUICHET_DESK_SIGNED_OUT)
        guichet_window_sign_in (window, self->server, self->login, self->password);
      else if (!self->resuming)
        guichet_window_start (window);
      wipe_password (self);
    }
  guichet_window_present_settled (window);
}

/* A window that is open already has its own server and its own clerk. To go on as if it had taken over what this
 * command line says would show somebody else's requests under that name. */
static gboolean
is_taken (GuichetApplication *self)
{
  GApplication *application = G_APPLICATION (self);
  g_autoptr (GError) error = NULL;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return TRUE;
    }
  if (!g_application_get_is_remote (application))
    return FALSE;
  g_application_activate (application);
  g_printerr ("%s\n",
              _ ("Guichetier is open here already, and its window goes on as it is: close it first, or "
                 "start this one with --gapplication-app-id and an ID of its own."));
  return TRUE;
}

static int
guichet_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  GuichetApplication *self = GUICHET_APPLICATION (application);
  int descriptor;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("guichetier %s\n", GUICHET_VERSION);
      return 0;
    }
  guichet_log_setup (g_variant_dict_contains (options, "verbose"));
  g_variant_dict_lookup (options, "server", "s", &self->server);
  g_variant_dict_lookup (options, "login", "s", &self->login);
  g_variant_dict_lookup (options, "eid-config", "^ay", &self->eid_config);
  if (g_variant_dict_lookup (options, "password-fd", "i", &descriptor) &&
      !read_password (descriptor, &self->password))
    {
      g_printerr (_ ("No password could be read from descriptor %d.\n"), descriptor);
      return 1;
    }
  return (is_told_who (self) || self->eid_config != NULL) && is_taken (self) ? 1 : -1;
}

static void
guichet_application_shutdown (GApplication *application)
{
  GuichetApplication *self = GUICHET_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->slot);
  g_clear_object (&self->desk);
  g_clear_object (&self->clock);

  G_APPLICATION_CLASS (guichet_application_parent_class)->shutdown (application);
}

static void
guichet_application_finalize (GObject *object)
{
  GuichetApplication *self = GUICHET_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->eid_config, g_free);
  wipe_password (self);

  G_OBJECT_CLASS (guichet_application_parent_class)->finalize (object);
}

static void
guichet_application_class_init (GuichetApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = guichet_application_finalize;
  application_class->startup = guichet_application_startup;
  application_class->activate = guichet_application_activate;
  application_class->shutdown = guichet_application_shutdown;
  application_class->handle_local_options = guichet_application_handle_local_options;
}

static void
guichet_application_init (GuichetApplication *self)
{
  static const GOptionEntry options[] = {
    { "server", 's', 0, G_OPTION_ARG_STRING, NULL, N_ ("Address of the server"), N_ ("ADDRESS") },
    { "login", 'l', 0, G_OPTION_ARG_STRING, NULL, N_ ("User name to sign in with"), N_ ("NAME") },
    { "password-fd",
      0,
      0,
      G_OPTION_ARG_INT,
      NULL,
      N_ ("Read the password from this inherited descriptor"),
      N_ ("NUMBER") },
    { "eid-config",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      NULL,
      N_ ("Roots of identity cards, instead of guichet-eid.conf"),
      N_ ("FILE") },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Say more in the log"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and end"), NULL },
    { NULL },
  };

  self->settings = g_settings_new (GUICHET_APPLICATION_ID);
  self->cancellable = g_cancellable_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

GuichetApplication *
guichet_application_new (void)
{
  /* The id can be overridden so that two clerks can work on one session bus, as demos do. */
  return g_object_new (GUICHET_TYPE_APPLICATION,
                       "application-id",
                       GUICHET_APPLICATION_ID,
                       "resource-base-path",
                       "/be/mons/Guichetier",
                       "flags",
                       G_APPLICATION_CAN_OVERRIDE_APP_ID,
                       NULL);
}
