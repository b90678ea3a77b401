/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where no keyring keeps the token: for the session only, said so, and never waited for.
 */
#include "config.h"

#include "seat.h"

#define SECRETS "org.freedesktop.secrets"

static Town town;

/* A bus that starts nobody. */
static const char bus_config[] =
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
    " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
    "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>\n"
    "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\n"
    "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>\n";

typedef struct
{
  GDBusConnection *mute; /* (nullable): who has the keyring's name, and never answers */
  Seat seat;
} Fixture;

/* Whatever it is asked, it says nothing. */
static GDBusMessage *
swallow (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    g_clear_object (&message);
  return message;
}

static void
own_name (Fixture *self)
{
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (GError) error = NULL;

  self->mute =
      g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL,
                                              NULL,
                                              &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (self->mute, swallow, NULL, NULL);
  owned = g_dbus_connection_call_sync (self->mute,
                                       "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus",
                                       "RequestName",
                                       g_variant_new ("(su)", SECRETS, 0),
                                       NULL,
                                       G_DBUS_CALL_FLAGS_NONE,
                                       -1,
                                       NULL,
                                       &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  if (GPOINTER_TO_INT (user_data))
    own_name (self);
  seat_open (&self->seat);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  seat_close (&self->seat);
  if (self->mute != NULL)
    g_dbus_connection_close_sync (self->mute, NULL, NULL);
  g_clear_object (&self->mute);
}

/* Ends with the test. */
static GSubprocess *
start_bus (void)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *path = g_build_filename (town.folder, "bus.conf", NULL);
  g_autofree char *option = g_strconcat ("--config-file=", path, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *bus;

  g_file_set_contents (path, bus_config, -1, &error);
  g_assert_no_error (error);
  g_subprocess_launcher_set_child_setup (launcher, town_die_with_parent, NULL, NULL);
  bus = g_subprocess_launcher_spawn (launcher,
                                     &error,
                                     "dbus-daemon",
                                     option,
                                     "--nofork",
                                     "--print-address",
                                     NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus));
  address = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  return bus;
}

static gboolean
has (Fixture *self, const char *property)
{
  gboolean value;

  g_object_get (self->seat.desk, property, &value, NULL);
  return value;
}

static void
test_for_the_session (Fixture *self, gconstpointer user_data)
{
  g_autofree char *reference = town_submit (&town, "luc.lefebvre", "POP-TST");
  const gint64 begun = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  seat_sit_down (&self->seat, town.address, "marie.dubois");
  /* Before it has answered nothing is said of it. */
  if (self->mute != NULL)
    g_assert_false (has (self, "keyring-missing"));
  else
    wait_until (has (self, "keyring-missing"));
  g_free (seat_type (&self->seat, seat_note (reference, "Vu")));
  wait_until (seat_pending (&self->seat) == 0);
  g_assert_false (has (self, "keyring"));
  seat_sign_out (&self->seat, FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (has (self, "keyring-missing"));
  g_assert_cmpuint (seat_files (&self->seat, "mirrors"), ==, 0);
  /* D-Bus itself would have waited longer for who does not answer. */
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 20 * G_USEC_PER_SEC);
}

static void
test_nothing_to_resume (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  seat_sit_down (&self->seat, town.address, "marie.dubois");
  seat_leave (&self->seat);
  seat_return (&self->seat);
  g_assert_cmpstr (guichet_desk_get_login (self->seat.desk), ==, "marie.dubois");
  g_assert_false (seat_resume (&self->seat, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SIGNED_OUT);
  /* The mirror is still theirs when they sign in again. */
  seat_sit_down (&self->seat, town.address, "marie.dubois");
}

static void
test_nothing_is_made (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  seat_sit_down (&self->seat, town.address, "marie.dubois");
  seat_sign_out (&self->seat, FALSE, &error);
  g_assert_no_error (error);
  seat_leave (&self->seat);
  seat_return (&self->seat);
  g_assert_cmpstr (guichet_desk_get_login (self->seat.desk), ==, "marie.dubois");
  g_assert_false (seat_resume (&self->seat, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SIGNED_OUT);
  g_assert_cmpuint (seat_files (&self->seat, "mirrors"), ==, 0);
}

/* Whoever does not want to wait for a keyring that does not answer signs in instead. */
static void
test_resume_given_up (Fixture *self, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result;
  Reply reply = { 0 };

  seat_sit_down (&self->seat, town.address, "marie.dubois");
  seat_leave (&self->seat);
  seat_return (&self->seat);
  guichet_desk_resume_async (self->seat.desk, cancellable, reply_cb, &reply);
  for (guint i = 0; i < 50; i++)
    town_wait_turn (G_MAXINT64, G_STRLOC, "");
  g_assert_cmpuint (reply.calls, ==, 0);
  g_cancellable_cancel (cancellable);
  result = reply_wait (&reply);
  g_assert_false (guichet_desk_resume_finish (self->seat.desk, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (result);
  seat_sit_down (&self->seat, town.address, "marie.dubois");
}

#define ADD(path, mute, func) \
  g_test_add ("/no-keyring/" path, Fixture, GINT_TO_POINTER (mute), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (GSubprocess) bus = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);
  bus = start_bus ();

  ADD ("none/for-the-session", FALSE, test_for_the_session);
  ADD ("none/nothing-to-resume", FALSE, test_nothing_to_resume);
  ADD ("none/nothing-is-made", FALSE, test_nothing_is_made);
  ADD ("mute/for-the-session", TRUE, test_for_the_session);
  ADD ("mute/resume-given-up", TRUE, test_resume_given_up);

  status = g_test_run ();
  town_close (&town);
  return status;
}
