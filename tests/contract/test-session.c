/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Coming, staying and going.
 */
#include "config.h"

#include "seat.h"

#include <glib/gstdio.h>

static Town town;

/* A port where nobody listens. */
static char *
find_nobody (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  const guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  return g_strdup_printf ("http://127.0.0.1:%u", port);
}

static void
test_sign_in (void)
{
  Seat seat;
  const GuichetClerk *clerk;
  GPtrArray *colleagues;

  seat_open (&seat);
  g_assert_true (seat_is (&seat, GUICHET_DESK_SIGNED_OUT));
  seat_sit_down (&seat, town.address, "Marie.Dubois");

  clerk = guichet_desk_get_clerk (seat.desk);
  g_assert_cmpstr (clerk->login, ==, "marie.dubois");
  g_assert_cmpstr (clerk->name, ==, "Marie Dubois");
  g_assert_true ((guichet_clerk_capabilities (clerk, GUICHET_DEPARTMENT_POPULATION) &
                  GUICHET_CAN_DECIDE) != 0);
  g_assert_cmpstr (guichet_desk_get_login (seat.desk), ==, "marie.dubois");
  g_assert_cmpstr (guichet_desk_get_server (seat.desk), ==, town.address);
  g_assert_nonnull (guichet_catalogue_find (guichet_desk_get_catalogue (seat.desk), "POP-TST"));
  g_assert_cmpstr (g_time_zone_get_identifier (guichet_desk_get_zone (seat.desk)),
                   ==,
                   "Europe/Brussels");
  colleagues = guichet_desk_get_colleagues (seat.desk, GUICHET_DEPARTMENT_POPULATION);
  g_assert_cmpuint (colleagues->len, >=, 2);
  seat_close (&seat);
}

static gboolean
is_among (GPtrArray *clerks, const char *login)
{
  for (guint i = 0; i < clerks->len; i++)
    if (g_str_equal (((GuichetClerk *) g_ptr_array_index (clerks, i))->login, login))
      return TRUE;
  return FALSE;
}

/* Who once did something keeps their name: barred since, at the reception, or of another department.
 * None of them is given anything. */
static void
test_names (void)
{
  static const struct
  {
    const char *login;
    const char *name;
    gboolean works; /* for Population */
  } cases[] = {
    { "luc.lefebvre", "Luc Lefebvre", TRUE },
    { "bea.barree", "Béa Barrée", FALSE },
    { "rik.onthaal", "Rik Onthaal", FALSE },
    { "sofia.peeters", "Sofia Peeters", FALSE },
    { "nobody", "nobody", FALSE },
  };
  Seat seat;

  town_control (&town,
                "staff",
                "add",
                "bea.barree",
                "--name",
                "Béa Barrée",
                "--post",
                "population:officer",
                "--password-file",
                "-",
                NULL);
  town_control (&town,
                "staff",
                "add",
                "rik.onthaal",
                "--name",
                "Rik Onthaal",
                "--post",
                "population:reception",
                "--password-file",
                "-",
                NULL);
  town_control (&town, "staff", "change", "bea.barree", "--bar", NULL);
  seat_open (&seat);
  seat_sit_down (&seat, town.address, "marie.dubois");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GPtrArray *colleagues =
          guichet_desk_get_colleagues (seat.desk, GUICHET_DEPARTMENT_POPULATION);

      g_assert_cmpstr (guichet_desk_name_of (seat.desk, cases[i].login), ==, cases[i].name);
      g_assert_cmpint (is_among (colleagues, cases[i].login), ==, cases[i].works);
    }
  seat_close (&seat);
}

/* Somebody begins, and somebody leaves, while others sit at their desks. */
static void
test_staff_changes (void)
{
  Seat seat;

  seat_open (&seat);
  seat_sit_down (&seat, town.address, "marie.dubois");
  town_control (&town,
                "staff",
                "add",
                "nora.nouvelle",
                "--name",
                "Nora Nouvelle",
                "--post",
                "population:clerk",
                "--password-file",
                "-",
                NULL);
  wait_until (is_among (guichet_desk_get_colleagues (seat.desk, GUICHET_DEPARTMENT_POPULATION),
                        "nora.nouvelle"));
  g_assert_cmpstr (guichet_desk_name_of (seat.desk, "nora.nouvelle"), ==, "Nora Nouvelle");
  town_control (&town, "staff", "change", "nora.nouvelle", "--bar", NULL);
  wait_until (!is_among (guichet_desk_get_colleagues (seat.desk, GUICHET_DEPARTMENT_POPULATION),
                         "nora.nouvelle"));
  seat_close (&seat);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *server; /* NULL: the town's */
    const char *login;
    const char *password;
    GuichetDeskError code;
  } cases[] = {
    { NULL, "marie.dubois", "wrong", GUICHET_DESK_ERROR_CREDENTIALS },
    { NULL, "nobody", TOWN_PASSWORD, GUICHET_DESK_ERROR_CREDENTIALS },
    { NULL, "", "", GUICHET_DESK_ERROR_CREDENTIALS },
    { "http://guichet.example", "marie.dubois", TOWN_PASSWORD, GUICHET_DESK_ERROR_ADDRESS },
    { "ftp://127.0.0.1", "marie.dubois", TOWN_PASSWORD, GUICHET_DESK_ERROR_ADDRESS },
    { "https://", "marie.dubois", TOWN_PASSWORD, GUICHET_DESK_ERROR_ADDRESS },
    { "https://no-such-host.invalid",
      "marie.dubois",
      TOWN_PASSWORD,
      GUICHET_DESK_ERROR_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *server = cases[i].server != NULL ? cases[i].server : town.address;
      g_autoptr (GError) error = NULL;
      Seat seat;

      seat_open (&seat);
      g_assert_false (seat_try_sign_in (&seat, server, cases[i].login, cases[i].password, &error));
      g_assert_error (error, GUICHET_DESK_ERROR, (int) cases[i].code);
      g_assert_true (seat_is (&seat, GUICHET_DESK_SIGNED_OUT));
      g_assert_null (guichet_desk_get_clerk (seat.desk));
      /* Nothing is made on the disk for who did not come in, and another try may follow. */
      g_assert_cmpuint (seat_files (&seat, "mirrors"), ==, 0);
      g_assert_cmpuint (seat_files (&seat, "outboxes"), ==, 0);
      seat_sign_in (&seat, town.address, "marie.dubois");
      seat_close (&seat);
    }
}

static void
test_away (void)
{
  g_autofree char *nobody = find_nobody ();
  g_autoptr (GError) error = NULL;
  Seat seat;

  seat_open (&seat);
  g_assert_false (seat_try_sign_in (&seat, nobody, "marie.dubois", TOWN_PASSWORD, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
  seat_close (&seat);
}

static void
test_locked_out (void)
{
  g_autoptr (GError) error = NULL;
  guint attempts = 0;
  Seat seat;

  seat_open (&seat);
  do
    {
      g_clear_error (&error);
      g_assert_false (seat_try_sign_in (&seat, town.address, "anne.mercier", "wrong", &error));
    }
  while (g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_CREDENTIALS) &&
         ++attempts < 20);
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SLOW_DOWN);
  /* The right password has to wait as well; colleagues do not. */
  g_clear_error (&error);
  g_assert_false (seat_try_sign_in (&seat, town.address, "anne.mercier", TOWN_PASSWORD, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SLOW_DOWN);
  seat_sign_in (&seat, town.address, "luc.lefebvre");
  seat_close (&seat);
}

/* A desk that cannot keep what is typed lets nobody in, and leaves no session open. */
static void
test_no_storage (void)
{
  g_autofree char *outboxes = NULL;
  g_autoptr (GError) error = NULL;
  Seat seat;

  seat_open (&seat);
  outboxes = g_build_filename (seat.folder, "outboxes", NULL);
  g_rmdir (outboxes);
  g_file_set_contents (outboxes, "", 0, &error);
  g_assert_no_error (error);
  g_assert_false (seat_try_sign_in (&seat, town.address, "sofia.peeters", TOWN_PASSWORD, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_STORAGE);
  g_assert_true (seat_is (&seat, GUICHET_DESK_SIGNED_OUT));
  wait_until (town_count (&town, "SELECT count (*) FROM session WHERE login = 'sofia.peeters'") ==
              0);
  seat_close (&seat);
}

static void
test_only_one (void)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *first;
  Reply reply = { 0 };
  Seat seat;

  seat_open (&seat);
  guichet_desk_sign_in_async (seat.desk,
                              town.address,
                              "marie.dubois",
                              TOWN_PASSWORD,
                              NULL,
                              reply_cb,
                              &reply);
  g_assert_false (seat_try_sign_in (&seat, town.address, "luc.lefebvre", TOWN_PASSWORD, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  first = reply_wait (&reply);
  g_assert_true (guichet_desk_sign_in_finish (seat.desk, first, NULL));
  g_object_unref (first);
  g_assert_cmpstr (guichet_desk_get_login (seat.desk), ==, "marie.dubois");
  seat_close (&seat);
}

/* The token that outlives the program */

static void
test_kept (void)
{
  g_autoptr (GError) error = NULL;
  Seat seat;

  seat_open (&seat);
  seat_sit_down (&seat, town.address, "marie.dubois");
  wait_until (seat_is_kept (&seat));
  seat_leave (&seat);

  seat_return (&seat);
  g_assert_cmpstr (guichet_desk_get_server (seat.desk), ==, town.address);
  g_assert_cmpstr (guichet_desk_get_login (seat.desk), ==, "marie.dubois");
  seat_resume (&seat, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (guichet_desk_get_clerk (seat.desk)->name, ==, "Marie Dubois");
  g_assert_true (seat_is_kept (&seat));
  wait_until (seat_is (&seat, GUICHET_DESK_ONLINE));
  seat_close (&seat);
}

/* What the mirror knows is enough to begin with. */
static void
test_kept_without_server (void)
{
  g_autofree char *reference = town_submit (&town, "marie.dubois", "POP-TST");
  g_autoptr (GError) error = NULL;
  Seat seat;

  seat_open (&seat);
  seat_sit_down (&seat, town.address, "marie.dubois");
  wait_until (seat_is_kept (&seat) && seat_version (&seat, reference) > 0);
  seat_leave (&seat);
  town_stop (&town);

  seat_return (&seat);
  seat_resume (&seat, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (guichet_desk_get_clerk (seat.desk)->name, ==, "Marie Dubois");
  g_assert_nonnull (guichet_desk_get_catalogue (seat.desk));
  g_assert_cmpint (seat_version (&seat, reference), >, 0);
  g_assert_cmpint (seat_count (&seat, GUICHET_VIEW_ALL), >, 0);
  wait_until (seat_is (&seat, GUICHET_DESK_OFFLINE));

  town_start (&town);
  guichet_desk_refresh (seat.desk);
  wait_until (seat_is (&seat, GUICHET_DESK_ONLINE));
  seat_close (&seat);
}

static void
test_nothing_kept (void)
{
  g_autoptr (GError) error = NULL;
  Seat seat;

  seat_open (&seat);
  g_assert_false (seat_resume (&seat, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SIGNED_OUT);
  g_clear_error (&error);

  seat_sit_down (&seat, town.address, "marie.dubois");
  wait_until (seat_is_kept (&seat));
  seat_sign_out (&seat, FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (seat_is_kept (&seat));
  /* Neither now nor the next time. */
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (seat_resume (&seat, &error));
      g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SIGNED_OUT);
      g_clear_error (&error);
      g_assert_cmpstr (guichet_desk_get_server (seat.desk), ==, town.address);
      g_assert_cmpstr (guichet_desk_get_login (seat.desk), ==, "marie.dubois");
      seat_leave (&seat);
      seat_return (&seat);
    }
  seat_close (&seat);
}

/* A session that ends while it is in use */

static void
test_revoked (void)
{
  g_autoptr (GError) error = NULL;
  Seat seat;

  seat_open (&seat);
  seat_sit_down (&seat, town.address, "luc.lefebvre");
  wait_until (seat_is_kept (&seat));
  town_control (&town, "staff", "change", "luc.lefebvre", "--bar", NULL);
  wait_until (seat_is (&seat, GUICHET_DESK_SIGNED_OUT));
  g_assert_null (guichet_desk_get_clerk (seat.desk));
  wait_until (seat_files (&seat, "mirrors") == 0);
  g_assert_cmpuint (seat_files (&seat, "outboxes"), ==, 1);

  g_assert_false (seat_try_sign_in (&seat, town.address, "luc.lefebvre", TOWN_PASSWORD, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_CREDENTIALS);
  town_control (&town, "staff", "change", "luc.lefebvre", "--unbar", NULL);
  seat_sit_down (&seat, town.address, "luc.lefebvre");
  seat_close (&seat);
}

/* The same clerk takes up again what was theirs: mirror and catalogue do not come again. */
static void
test_expired (void)
{
  g_autofree char *reference = town_submit (&town, "marie.dubois", "POP-TST");
  Seat seat;

  seat_open (&seat);
  seat_sit_down (&seat, town.address, "marie.dubois");
  wait_until (seat_version (&seat, reference) > 0);
  town_stop (&town);
  town_sql (&town, "UPDATE session SET expires = created + 1000000");
  g_hash_table_remove_all (town.tokens);
  town_start (&town);
  guichet_desk_refresh (seat.desk);
  wait_until (seat_is (&seat, GUICHET_DESK_SIGNED_OUT));
  g_assert_cmpuint (seat_files (&seat, "mirrors"), ==, 1);
  g_assert_true (guichet_desk_has_expired (seat.desk));

  seat_sign_in (&seat, town.address, "marie.dubois");
  g_assert_false (guichet_desk_has_expired (seat.desk));
  g_assert_cmpint (seat_version (&seat, reference), >, 0);
  wait_until (town_n_exchanges (&town, "GET", "/v1/catalogue", 304) > 0);
  g_assert_cmpuint (town_n_exchanges (&town, "GET", "/v1/catalogue", 200), ==, 0);
  seat_close (&seat);
}

/* Whoever signs in next finds nothing of who was there before. */
static void
test_somebody_else (void)
{
  Seat seat;

  seat_open (&seat);
  seat_sit_down (&seat, town.address, "marie.dubois");
  town_stop (&town);
  town_sql (&town, "UPDATE session SET expires = created + 1000000");
  g_hash_table_remove_all (town.tokens);
  town_start (&town);
  guichet_desk_refresh (seat.desk);
  wait_until (seat_is (&seat, GUICHET_DESK_SIGNED_OUT));
  g_assert_cmpuint (seat_files (&seat, "mirrors"), ==, 1);

  seat_sign_in (&seat, town.address, "luc.lefebvre");
  g_assert_cmpstr (guichet_desk_get_clerk (seat.desk)->login, ==, "luc.lefebvre");
  /* A program that ends as soon as it may has nothing left of the other one. */
  wait_until (!guichet_desk_is_unfinished (seat.desk));
  g_assert_cmpuint (seat_files (&seat, "mirrors"), ==, 1);
  g_assert_cmpuint (seat_files (&seat, "outboxes"), ==, 2);
  seat_close (&seat);
}

/* Going */

static void
test_sign_out (void)
{
  g_autofree char *reference = town_submit (&town, "marie.dubois", "POP-TST");
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  Seat seat;

  seat_open (&seat);
  seat_sit_down (&seat, town.address, "marie.dubois");
  wait_until (seat_version (&seat, reference) > 0);
  town_stop (&town);
  wait_until (seat_is (&seat, GUICHET_DESK_OFFLINE));
  key = seat_type (&seat, seat_note (reference, "Vu le dossier"));

  g_assert_false (seat_sign_out (&seat, FALSE, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNSENT);
  g_assert_cmpuint (guichet_desk_get_n_unsent (seat.desk), ==, 1);
  g_assert_true (seat_is (&seat, GUICHET_DESK_OFFLINE));
  g_clear_error (&error);
  seat_sign_out (&seat, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (seat_is (&seat, GUICHET_DESK_SIGNED_OUT));
  g_assert_false (guichet_desk_has_expired (seat.desk));
  g_assert_cmpuint (seat_files (&seat, "mirrors"), ==, 0);
  g_assert_cmpuint (seat_files (&seat, "outboxes"), ==, 1);

  /* It waited for its clerk. */
  town_start (&town);
  seat_sit_down (&seat, town.address, "marie.dubois");
  wait_until (seat_pending (&seat) == 0);
  g_assert_cmpuint (town_n_events (&town, reference, "noteWritten"), ==, 1);
  seat_sign_out (&seat, FALSE, &error);
  g_assert_no_error (error);
  seat_close (&seat);
}

/* The token is no longer good, whoever has it. */
static void
test_sign_out_revokes (void)
{
  g_autoptr (GError) error = NULL;
  Seat seat;

  seat_open (&seat);
  seat_sit_down (&seat, town.address, "sofia.peeters");
  g_assert_cmpint (town_count (&town,
                               "SELECT count (*) FROM session WHERE login = 'sofia.peeters'"),
                   ==,
                   1);
  seat_sign_out (&seat, FALSE, &error);
  g_assert_no_error (error);
  wait_until (town_count (&town, "SELECT count (*) FROM session WHERE login = 'sofia.peeters'") ==
              0);
  seat_close (&seat);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);

  g_test_add_func ("/session/sign-in", test_sign_in);
  g_test_add_func ("/session/names", test_names);
  g_test_add_func ("/session/staff-changes", test_staff_changes);
  g_test_add_func ("/session/refused", test_refused);
  g_test_add_func ("/session/away", test_away);
  g_test_add_func ("/session/locked-out", test_locked_out);
  g_test_add_func ("/session/no-storage", test_no_storage);
  g_test_add_func ("/session/only-one", test_only_one);
  g_test_add_func ("/session/kept", test_kept);
  g_test_add_func ("/session/kept-without-server", test_kept_without_server);
  g_test_add_func ("/session/nothing-kept", test_nothing_kept);
  g_test_add_func ("/session/revoked", test_revoked);
  g_test_add_func ("/session/expired", test_expired);
  g_test_add_func ("/session/somebody-else", test_somebody_else);
  g_test_add_func ("/session/sign-out", test_sign_out);
  g_test_add_func ("/session/sign-out-revokes", test_sign_out_revokes);

  status = g_test_run ();
  town_close (&town);
  return status;
}
