/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A real server for the client's tests.
 */
#include "config.h"

#include "town.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/prctl.h>

/* Seconds, unless GUICHET_TEST_PATIENCE says otherwise. */
#define PATIENCE 60
/* How often what the main loop does not hear of is looked at. */
#define LOOK 5
#define READY "listening on "

static const struct
{
  const char *login;
  const char *name;
  const char *posts;
} staff[] = {
  { "marie.dubois", "Marie Dubois", "population:officer" },
  { "luc.lefebvre", "Luc Lefebvre", "population:clerk civilStatus:clerk" },
  { "sofia.peeters", "Sofia Peeters", "civilStatus:officer" },
  { "anne.mercier",
    "Anne Mercier",
    "population:supervisor civilStatus:supervisor planning:supervisor archives:supervisor" },
};

/* Waiting */

static gboolean
look_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

gint64
town_wait_begin (void)
{
  const char *patience = g_getenv ("GUICHET_TEST_PATIENCE");
  const guint64 seconds = patience != NULL ? g_ascii_strtoull (patience, NULL, 10) : PATIENCE;

  return g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
}

void
town_wait_turn (gint64 end, const char *where, const char *condition)
{
  guint look;

  if (g_get_monotonic_time () > end)
    g_error ("%s: waited in vain for %s", where, condition);
  look = g_timeout_add (LOOK, look_cb, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_source_remove (look);
}

/* The programs */

void
town_die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
write_config (Town *self)
{
  g_autofree char *catalogue = g_test_build_filename (G_TEST_DIST, "data", "catalogue", NULL);
  g_autofree char *texts = g_test_build_filename (G_TEST_DIST, "data", "texts", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  text = g_strdup_printf ("[server]\n"
                          "listen=127.0.0.1:%u\n"
                          "data=%s/server\n"
                          "catalogue=%s\n"
                          "texts=%s\n"
                          "link=https://e-guichet.example/demandes/\n"
                          "contact=065 00 00 00\n"
                          "log-exchanges=true\n"
                          "[mail]\n"
                          "maildir=%s/mail\n"
                          "from=no-reply-e-guichet@mons.be\n"
                          "[passwords]\n"
                          "memory-mib=8\n"
                          "passes=1\n"
                          "%s",
                          self->port,
                          self->folder,
                          catalogue,
                          texts,
                          self->folder,
                          self->extra != NULL ? self->extra : "");
  g_file_set_contents (self->config, text, -1, &error);
  g_assert_no_error (error);
}

/* One a life: GSubprocessLauncher writes over what there is. */
static char *
log_path (Town *self)
{
  return g_strdup_printf ("%s/guichetd-%u.log", self->folder, self->lives);
}

static void
learn_address (Town *self)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  if (line == NULL || !g_str_has_prefix (line, READY))
    {
      g_autofree char *path = log_path (self);
      g_autofree char *log = NULL;

      g_file_get_contents (path, &log, NULL, NULL);
      g_error ("guichetd did not start: %s", log);
    }
  g_free (self->address);
  self->address = g_strdup (line + strlen (READY));
  if (self->port == 0)
    {
      self->port = (guint16) g_ascii_strtoull (strrchr (self->address, ':') + 1, NULL, 10);
      write_config (self);
    }
}

void
town_start (Town *self)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *log = NULL;
  g_autoptr (GError) error = NULL;

  self->lives++;
  log = log_path (self);
  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  g_subprocess_launcher_set_child_setup (launcher, town_die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher,
                                               &error,
                                               g_getenv ("GUICHETD"),
                                               "--config",
                                               self->config,
                                               NULL);
  g_assert_no_error (error);
  learn_address (self);
}

static void
end_process (Town *self, int number)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->process, number);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  /* Connections of its former life are of no use. */
  soup_session_abort (self->session);
}

void
town_stop (Town *self)
{
  end_process (self, SIGTERM);
  g_assert_true (g_subprocess_get_successful (self->process));
  g_clear_object (&self->process);
}

void
town_kill (Town *self)
{
  end_process (self, SIGKILL);
  g_clear_object (&self->process);
}

/* @words: (transfer none): NULL-terminated */
static void
control (Town *self, char **words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;

  g_strv_builder_add_many (builder, g_getenv ("GUICHETCTL"), "--config", self->config, NULL);
  g_strv_builder_addv (builder, (const char **) words);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char *const *) argv,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                   G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, TOWN_PASSWORD "\n", NULL, NULL, &output, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("guichetctl %s: %s", words[0], output);
}

void
town_control (Town *self, const char *word, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  va_list args;

  va_start (args, word);
  for (const char *w = word; w != NULL; w = va_arg (args, const char *))
    g_strv_builder_add (builder, w);
  va_end (args);
  words = g_strv_builder_end (builder);
  control (self, words);
}

static void
add_staff (Town *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (staff); i++)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) posts = g_strsplit (staff[i].posts, " ", -1);
      g_auto (GStrv) words = NULL;

      g_strv_builder_add_many (builder, "staff", "add", staff[i].login, NULL);
      g_strv_builder_add_many (builder, "--name", staff[i].name, "--password-file", "-", NULL);
      for (guint j = 0; posts[j] != NULL; j++)
        g_strv_builder_add_many (builder, "--post", posts[j], NULL);
      words = g_strv_builder_end (builder);
      control (self, words);
    }
}

void
town_open (Town *self)
{
  g_autoptr (GError) error = NULL;

  *self = (Town){ .extra = self->extra };
  self->folder = g_dir_make_tmp ("guichet-town-XXXXXX", &error);
  g_assert_no_error (error);
  self->config = g_build_filename (self->folder, "guichetd.conf", NULL);
  self->session = soup_session_new ();
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  write_config (self);
  town_start (self);
  add_staff (self);
}

void
town_close (Town *self)
{
  if (self->process != NULL)
    town_stop (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  folder_remove (self->folder);
  g_free (self->folder);
  g_free (self->config);
  g_free (self->address);
}

guint
town_n_exchanges (Town *self, const char *method, const char *route, guint status)
{
  g_autofree char *wanted =
      g_strdup_printf ("exchange method=%s route=%s status=%u ", method, route, status);
  g_autofree char *path = log_path (self);
  g_autofree char *log = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_file_get_contents (path, &log, NULL, NULL);
  lines = g_strsplit (log, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    n += g_str_has_prefix (lines[i], wanted) ? 1 : 0;
  return n;
}

/* Its data */

static void
copy (Town *self, const char *from, const char *to)
{
  g_autofree char *source = g_build_filename (self->folder, from, NULL);
  g_autofree char *target = g_build_filename (self->folder, to, NULL);
  const char *argv[] = { "cp", "-a", source, target, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (self->process);
  folder_remove (target);
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

void
town_set_aside (Town *self)
{
  copy (self, "server", "aside");
}

void
town_put_back (Town *self)
{
  copy (self, "aside", "server");
}

static sqlite3 *
open_database (Town *self, int flags)
{
  g_autofree char *path = g_build_filename (self->folder, "server", "journal.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, flags, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 10000);
  return db;
}

void
town_sql (Town *self, const char *sql)
{
  sqlite3 *db = open_database (self, SQLITE_OPEN_READWRITE);

  g_assert_null (self->process);
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  sqlite3_close (db);
}

gint64
town_count (Town *self, const char *sql)
{
  sqlite3 *db = open_database (self, SQLITE_OPEN_READONLY);
  sqlite3_stmt *statement = NULL;
  gint64 count;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  count = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return count;
}

/* Who speaks to it without a desk */

static JsonObject *
read_object (GBytes *bytes, JsonParser *parser)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, data, (gssize) length, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static GBytes *
send (Town *self,
      const char *token,
      const char *method,
      const char *path,
      const char *body,
      guint *ret_status)
{
  g_autofree char *uri = g_strconcat (self->address, path, NULL);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GError) error = NULL;
  GBytes *answer;

  if (token != NULL)
    soup_message_headers_replace (headers, "Authorization", bearer);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_headers_replace (headers, "Idempotency-Key", key);
      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  *ret_status = soup_message_get_status (message);
  return answer;
}

static const char *
find_token (Town *self, const char *login)
{
  const char *token = g_hash_table_lookup (self->tokens, login);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *body = NULL;
  g_autoptr (GBytes) answer = NULL;
  guint status;

  if (token != NULL)
    return token;

  body = g_strdup_printf ("{\"login\":\"%s\",\"password\":\"" TOWN_PASSWORD "\"}", login);
  answer = send (self, NULL, "POST", "/v1/sessions", body, &status);
  g_assert_cmpuint (status, ==, 201);
  g_hash_table_insert (self->tokens,
                       g_strdup (login),
                       g_strdup (
                           json_object_get_string_member (read_object (answer, parser), "token")));
  return g_hash_table_lookup (self->tokens, login);
}

GBytes *
town_call (Town *self,
           const char *login,
           const char *method,
           const char *path,
           const char *body,
           guint *ret_status)
{
  return send (self, find_token (self, login), method, path, body, ret_status);
}

char *
town_submit (Town *self, const char *login, const char *procedure)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *body = NULL;
  g_autoptr (GBytes) answer = NULL;
  guint status;

  body = g_strdup_printf (
      "{\"kind\":\"submit\",\"procedure\":\"%s\",\"channel\":\"counter\",\"citizen\":{"
      "\"familyName\":\"Vandenbroucke\",\"givenNames\":\"Éléonore\",\"niss\":\"" TOWN_NISS "\","
      "\"birthDate\":\"1985-07-30\",\"email\":\"eleonore.vandenbroucke@example.org\","
      "\"language\":\"fr\",\"level\":\"counter\"},\"answers\":{\"familyName\":\"Vandenbroucke\","
      "\"email\":\"eleonore.vandenbroucke@example.org\",\"reason\":\"Pour la mutuelle\"}}",
      procedure);
  answer = town_call (self, login, "POST", "/v1/requests", body, &status);
  if (status != 201)
    g_error ("submitting: %u %s", status, (const char *) g_bytes_get_data (answer, NULL));
  return g_strdup (json_object_get_string_member (read_object (answer, parser), "reference"));
}

static gint64
find_version (Town *self, const char *login, const char *reference)
{
  g_autofree char *path = g_strconcat ("/v1/requests/", reference, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) answer = NULL;
  guint status;

  answer = town_call (self, login, "GET", path, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  return json_object_get_int_member (json_object_get_object_member (read_object (answer, parser),
                                                                    "request"),
                                     "version");
}

void
town_command (Town *self,
              const char *login,
              const char *reference,
              const char *kind,
              const char *members)
{
  g_autofree char *path = g_strconcat ("/v1/requests/", reference, "/commands", NULL);
  g_autofree char *body = NULL;
  g_autoptr (GBytes) answer = NULL;
  guint status;

  body = g_strdup_printf ("{\"kind\":\"%s\",\"expectedVersion\":%" G_GINT64_FORMAT "%s}",
                          kind,
                          find_version (self, login, reference),
                          members != NULL ? members : "");
  answer = town_call (self, login, "POST", path, body, &status);
  if (status != 200)
    g_error ("%s: %u %s", kind, status, (const char *) g_bytes_get_data (answer, NULL));
}

/* A member of each event that has it. */
static GPtrArray *
list_members (Town *self, const char *reference, const char *member, const char *kind)
{
  g_autofree char *path = g_strconcat ("/v1/requests/", reference, "/events", NULL);
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) answer = NULL;
  JsonArray *items;
  guint status;

  answer = town_call (self, "anne.mercier", "GET", path, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  items = json_object_get_array_member (read_object (answer, parser), "items");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *event = json_array_get_object_element (items, i);

      if (kind == NULL || g_str_equal (json_object_get_string_member (event, "kind"), kind))
        g_ptr_array_add (values, g_strdup (json_object_get_string_member (event, member)));
    }
  return values;
}

GPtrArray *
town_events (Town *self, const char *reference)
{
  return list_members (self, reference, "kind", NULL);
}

GPtrArray *
town_texts (Town *self, const char *reference)
{
  return list_members (self, reference, "text", "noteWritten");
}

guint
town_n_events (Town *self, const char *reference, const char *kind)
{
  g_autoptr (GPtrArray) kinds = town_events (self, reference);
  guint n = 0;

  for (guint i = 0; i < kinds->len; i++)
    n += g_str_equal (g_ptr_array_index (kinds, i), kind) ? 1 : 0;
  return n;
}
