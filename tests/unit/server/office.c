/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A town hall for tests.
 */
#include "config.h"

#include "office.h"

#include "guichet-niss.h"
#include "guichetd-files.h"
#include "guichetd-staff-store.h"
#include "folder.h"

#include <glib/gstdio.h>
#include <string.h>

void
office_start (Office *self)
{
  const GuichetTown town = { "Ville de Mons", "https://guichet.example/", "065 40 51 11" };
  g_autoptr (GError) error = NULL;

  self->store = guichetd_store_open (self->folder, self->clock, NULL, &error);
  g_assert_no_error (error);
  self->engine = guichetd_engine_new (self->store,
                                      self->catalogue,
                                      self->texts,
                                      &town,
                                      self->clock,
                                      self->zone);
}

void
office_stop (Office *self)
{
  g_clear_object (&self->engine);
  if (self->store != NULL)
    guichetd_store_close (self->store);
  g_clear_object (&self->store);
}

void
office_reopen (Office *self)
{
  office_stop (self);
  office_start (self);
}

void
office_open (Office *self)
{
  g_autofree char *catalogue = g_test_build_filename (G_TEST_DIST, "data", "catalogue", NULL);
  g_autofree char *texts = g_test_build_filename (G_TEST_DIST, "data", "texts", NULL);
  g_autoptr (GError) error = NULL;

  *self = (Office){ 0 };
  self->folder = g_dir_make_tmp ("guichetd-XXXXXX", &error);
  g_assert_no_error (error);
  self->clock = guichet_clock_new_fixed (OFFICE_NOW);
  self->zone = g_time_zone_new_identifier ("Europe/Brussels");
  self->catalogue = guichetd_files_read_catalogue (catalogue, &error);
  g_assert_no_error (error);
  self->texts = guichetd_files_read_texts (texts, self->catalogue, &error);
  g_assert_no_error (error);
  office_start (self);

  self->anne = office_clerk (self, "anne", NULL, "population:clerk", NULL);
  self->bruno = office_clerk (self, "bruno", NULL, "population:officer", NULL);
  self->chloe = office_clerk (self,
                              "chloe",
                              "POP-SEC",
                              "population:supervisor",
                              "civilStatus:supervisor",
                              NULL);
  self->denis = office_clerk (self, "denis", NULL, "archives:clerk", NULL);
}

void
office_close (Office *self)
{
  office_stop (self);
  g_clear_pointer (&self->anne, guichet_clerk_unref);
  g_clear_pointer (&self->bruno, guichet_clerk_unref);
  g_clear_pointer (&self->chloe, guichet_clerk_unref);
  g_clear_pointer (&self->denis, guichet_clerk_unref);
  g_clear_pointer (&self->texts, guichet_texts_unref);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->clock);
  folder_remove (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

static gboolean
add_staff (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  return guichetd_staff_store_add (db,
                                   data,
                                   "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA",
                                   OFFICE_NOW,
                                   error);
}

GuichetClerk *
office_clerk (Office *self, const char *login, const char *restricted, ...)
{
  GuichetClerk *clerk = guichet_clerk_new ();
  g_autoptr (GError) error = NULL;
  const char *post;
  va_list args;

  clerk->login = g_strdup (login);
  clerk->name = g_strdup_printf ("%c%s Nom", g_ascii_toupper (login[0]), login + 1);
  if (restricted != NULL)
    {
      g_strfreev (clerk->restricted);
      clerk->restricted = g_strsplit (restricted, ",", -1);
    }

  va_start (args, restricted);
  while ((post = va_arg (args, const char *)) != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (post, ":", 2);
      int department, role;

      g_assert_true (guichet_enum_value (GUICHET_TYPE_DEPARTMENT, parts[0], &department));
      g_assert_true (guichet_enum_value (GUICHET_TYPE_ROLE, parts[1], &role));
      g_array_append_val (clerk->posts,
                          ((GuichetPost){ (GuichetDepartment) department, (GuichetRole) role }));
    }
  va_end (args);

  g_assert_true (guichetd_store_write (self->store, add_staff, clerk, &error));
  g_assert_no_error (error);
  return clerk;
}

GuichetCitizen *
office_citizen (const char *family_name, const char *given_names, guint serial)
{
  GuichetCitizen *citizen = guichet_citizen_new ();

  citizen->family_name = g_strdup (family_name);
  citizen->given_names = g_strdup (given_names);
  citizen->niss = guichet_niss_make (1985, 7, 30, serial);
  citizen->birth_date = guichet_day_new (1985, 7, 30);
  citizen->email = g_strdup_printf ("citoyen%u@example.be", serial);
  citizen->street = g_strdup ("Rue de la Clef");
  citizen->number = g_strdup_printf ("%u", serial);
  citizen->postcode = g_strdup ("7000");
  citizen->locality = g_strdup ("Mons");
  citizen->country = g_strdup ("BE");
  citizen->level = GUICHET_LEVEL_COUNTER;
  return citizen;
}

char *
office_submit_one (Office *self)
{
  g_autoptr (GuichetCitizen) citizen = office_citizen ("Dupont", "Marie Anne", 7);

  return office_submit (self, self->anne, "POP-TST", citizen);
}

GuichetCommand *
office_command (GuichetCommandKind kind, const char *reference, gint64 expected_version)
{
  GuichetCommand *command = guichet_command_new (kind);

  command->reference = g_strdup (reference);
  command->expected_version = expected_version;
  return command;
}

gint64
office_act (Office *self, GuichetClerk *actor, GuichetCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdReceipt) receipt =
      guichetd_engine_command (self->engine, actor, command, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (receipt);
  return receipt->version;
}

void
office_refused (Office *self, GuichetClerk *actor, GuichetCommand *command, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;
  GuichetdReceipt *receipt = guichetd_engine_command (self->engine, actor, command, NULL, &error);

  g_assert_error (error, domain, code);
  g_assert_null (receipt);
}

char *
office_submit (Office *self, GuichetClerk *actor, const char *procedure, GuichetCitizen *citizen)
{
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_SUBMIT);
  g_autoptr (GuichetdReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  command->procedure = g_strdup (procedure);
  command->channel = actor != NULL ? GUICHET_CHANNEL_COUNTER : GUICHET_CHANNEL_WEB;
  command->citizen = guichet_citizen_ref (citizen);
  command->answers = json_object_new ();
  json_object_set_string_member (command->answers, "reason", "pour la crèche des Épinettes");
  receipt = guichetd_engine_command (self->engine, actor, command, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (receipt);
  return g_strdup (receipt->reference);
}

/* Waiting for a reading */

typedef struct
{
  GBytes *answer;
  GError *error;
  gboolean done;
} Wait;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->answer = guichetd_engine_read_finish (GUICHETD_ENGINE (source), result, &wait->error);
  wait->done = TRUE;
}

static GBytes *
finish (Wait *wait, GError **error)
{
  while (!wait->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true ((wait->answer == NULL) == (wait->error != NULL));
  if (wait->error != NULL)
    g_propagate_error (error, wait->error);
  return wait->answer;
}

GBytes *
office_request (Office *self, GuichetClerk *actor, const char *reference, GError **error)
{
  Wait wait = { 0 };

  guichetd_engine_request_async (self->engine, actor, reference, NULL, read_cb, &wait);
  return finish (&wait, error);
}

GBytes *
office_events (Office *self, GuichetClerk *actor, const char *reference, GError **error)
{
  Wait wait = { 0 };

  guichetd_engine_events_async (self->engine, actor, reference, NULL, read_cb, &wait);
  return finish (&wait, error);
}

GBytes *
office_document (Office *self,
                 GuichetClerk *actor,
                 const char *reference,
                 const char *id,
                 GError **error)
{
  Wait wait = { 0 };

  guichetd_engine_document_async (self->engine, actor, reference, id, NULL, read_cb, &wait);
  return finish (&wait, error);
}

GBytes *
office_preview (Office *self,
                GuichetClerk *actor,
                const char *reference,
                const char *to,
                const char *reason,
                const char *sentence,
                GError **error)
{
  Wait wait = { 0 };

  guichetd_engine_preview_async (self->engine,
                                 actor,
                                 reference,
                                 to,
                                 reason,
                                 sentence,
                                 NULL,
                                 read_cb,
                                 &wait);
  return finish (&wait, error);
}

GBytes *
office_changes (Office *self, GuichetClerk *actor, gint64 after, guint limit, GError **error)
{
  Wait wait = { 0 };

  guichetd_engine_changes_async (self->engine, actor, after, limit, NULL, read_cb, &wait);
  return finish (&wait, error);
}

GBytes *
office_search (Office *self, GuichetClerk *actor, const GuichetdSearch *search, GError **error)
{
  GuichetdSearch *copy = g_memdup2 (search, sizeof *search);
  Wait wait = { 0 };

  copy->stage = g_strdup (search->stage);
  copy->procedure = g_strdup (search->procedure);
  copy->assignee = g_strdup (search->assignee);
  copy->text = g_strdup (search->text);
  copy->niss = g_strdup (search->niss);
  copy->sort = g_strdup (search->sort);
  copy->cursor = g_strdup (search->cursor);
  guichetd_engine_search_async (self->engine, actor, copy, NULL, read_cb, &wait);
  return finish (&wait, error);
}

JsonObject *
office_json (GBytes *bytes)
{
  static const GuichetJsonLimits limits = { 1 << 26, 16 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = guichet_json_parse (bytes, &limits, &error);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (root));
  return json_object_ref (json_node_get_object (root));
}

typedef struct
{
  const char *sql;
  gint64 number;
} Question;

static gboolean
ask (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  Question *question = data;
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (guichet_db_handle (db), question->sql, -1, &stmt, NULL),
                   ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  question->number = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return TRUE;
}

gint64
office_number (Office *self, const char *sql)
{
  Question question = { sql, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (guichetd_store_read (self->store, ask, &question, &error));
  g_assert_no_error (error);
  return question.number;
}

int
office_raw (Office *self, const char *sql)
{
  g_autofree char *path = g_build_filename (self->folder, "journal.db", NULL);
  sqlite3 *db = NULL;
  int code;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  code = sqlite3_exec (db, sql, NULL, NULL, NULL);
  sqlite3_close (db);
  return code;
}

gboolean
office_finds (const char *folder, const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *wanted = g_ascii_strdown (word, -1);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          if (office_finds (path, word))
            return TRUE;
          continue;
        }
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      for (gsize i = 0; i < length; i++)
        content[i] = g_ascii_tolower (content[i]);
      if (memmem (content, length, wanted, strlen (wanted)) != NULL)
        {
          g_test_message ("“%s” is in %s", word, path);
          return TRUE;
        }
    }
  return FALSE;
}
