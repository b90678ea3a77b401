/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What guichetctl asks of a daemon that runs, through the socket in the data folder.
 */
#define G_LOG_DOMAIN "guichetd-admin"

#include "config.h"

#include "guichetd-backup.h"
#include "guichetd-journal-verify.h"
#include "guichetd-purge.h"
#include "guichetd-routes-private.h"
#include "guichetd-server.h"

#include <limits.h>
#include <sodium.h>
#include <string.h>

#define KIB 1024
#define REASON_MAX 1000

static void bound_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void put_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void verified_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void purged_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void purges_read_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* The tool is told what went wrong in the words of the error: who can ask here is trusted. */
static void
refuse (GuichetdExchange *exchange, const GError *error)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "detail", error->message);
  guichet_json_writer_end_object (writer);
  guichetd_exchange_answer_json (exchange, 409, guichet_json_writer_end (writer));
}

static void
get_staff (GuichetdExchange *exchange, gpointer user_data)
{
  GPtrArray *staff = guichetd_auth_get_staff (guichetd_server_get_auth (user_data));
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_begin_array (writer, "items");
  for (guint i = 0; i < staff->len; i++)
    guichet_clerk_write (g_ptr_array_index (staff, i), writer, NULL);
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  guichetd_exchange_answer_json (exchange, 200, guichet_json_writer_end (writer));
}

static void
put_staff (GuichetdExchange *exchange, gpointer user_data)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = guichetd_routes_read_body (exchange, &root);
  g_autoptr (GuichetClerk) clerk = NULL;
  GBytes *body = guichetd_exchange_get_body (exchange);
  const char *password;
  gboolean create;

  if (reader == NULL)
    return;

  create = guichet_json_reader_boolean (reader, "create", GUICHET_JSON_REQUIRED);
  password =
      guichet_json_reader_string (reader, "password", GUICHET_JSON_OPTIONAL, GUICHETD_PASSWORD_MAX);
  if (guichet_json_reader_enter (reader, "clerk", GUICHET_JSON_REQUIRED))
    {
      clerk = guichet_clerk_read (reader);
      guichet_json_reader_leave (reader);
    }
  if (guichetd_routes_finish (exchange, reader))
    guichetd_auth_put_staff_async (guichetd_server_get_auth (user_data),
                                   clerk,
                                   password,
                                   create,
                                   put_cb,
                                   guichetd_exchange_ref (exchange));
  if (password != NULL)
    sodium_memzero ((char *) password, strlen (password));
  sodium_memzero ((char *) g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;

  if (guichetd_auth_put_staff_finish (GUICHETD_AUTH (source), result, &error))
    guichetd_exchange_answer_empty (exchange, 204);
  else
    refuse (exchange, error);
}

static void
put_card (GuichetdExchange *exchange, gpointer user_data)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = guichetd_routes_read_body (exchange, &root);
  GBytes *body = guichetd_exchange_get_body (exchange);
  const char *login;
  const char *number;

  if (reader == NULL)
    return;

  login = guichet_json_reader_string (reader, "login", GUICHET_JSON_REQUIRED, 100);
  number = guichet_json_reader_string (reader, "number", GUICHET_JSON_OPTIONAL, 11);
  if (guichetd_routes_finish (exchange, reader))
    guichetd_auth_bind_card_async (guichetd_server_get_auth (user_data),
                                   login,
                                   number,
                                   bound_cb,
                                   guichetd_exchange_ref (exchange));
  if (number != NULL)
    sodium_memzero ((char *) number, strlen (number));
  sodium_memzero ((char *) g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
bound_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;

  if (guichetd_auth_bind_card_finish (GUICHETD_AUTH (source), result, &error))
    guichetd_exchange_answer_empty (exchange, 204);
  else
    refuse (exchange, error);
}

static void
backup_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (guichetd_backup_make (source, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
post_backup (GuichetdExchange *exchange, gpointer user_data)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = guichetd_routes_read_body (exchange, &root);
  g_autoptr (GTask) task = NULL;
  const char *folder;

  if (reader == NULL)
    return;

  folder = guichet_json_reader_string (reader, "folder", GUICHET_JSON_REQUIRED, PATH_MAX);
  if (!guichetd_routes_finish (exchange, reader))
    return;

  task = g_task_new (guichetd_server_get_store (user_data),
                     NULL,
                     backed_up_cb,
                     guichetd_exchange_ref (exchange));
  g_task_set_source_tag (task, post_backup);
  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, backup_work);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    guichetd_exchange_answer_empty (exchange, 204);
  else
    refuse (exchange, error);
}

static GBytes *
write_verdict (const GuichetdVerdict *verdict)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_integer (writer, "events", verdict->events);
  guichet_json_writer_integer (writer, "requests", verdict->requests);
  guichet_json_writer_integer (writer, "purged", verdict->purged);
  guichet_json_writer_integer (writer, "accesses", verdict->accesses);
  guichet_json_writer_integer (writer, "accountEvents", verdict->account_events);
  guichet_json_writer_integer (writer, "accounts", verdict->accounts);
  guichet_json_writer_integer (writer, "purgedAccounts", verdict->purged_accounts);
  guichet_json_writer_begin_array (writer, "problems");
  for (guint i = 0; i < verdict->problems->len; i++)
    guichet_json_writer_string (writer, NULL, g_ptr_array_index (verdict->problems, i));
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  return guichet_json_writer_end (writer);
}

static void
verify_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_auto (GuichetdVerdict) verdict = { 0 };
  GError *error = NULL;

  if (guichetd_journal_verify (source, cancellable, &verdict, &error))
    g_task_return_pointer (task, write_verdict (&verdict), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
post_verification (GuichetdExchange *exchange, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (guichetd_server_get_store (user_data),
                                       guichetd_exchange_get_cancellable (exchange),
                                       verified_cb,
                                       guichetd_exchange_ref (exchange));

  g_task_set_source_tag (task, post_verification);
  g_task_run_in_thread (task, verify_work);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *verdict = g_task_propagate_pointer (G_TASK (result), &error);

  if (verdict != NULL)
    guichetd_exchange_answer_json (exchange, 200, verdict);
  else
    refuse (exchange, error);
}

static void
post_purge (GuichetdExchange *exchange, gpointer user_data)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = guichetd_routes_read_body (exchange, &root);
  const char *reference;
  const char *by;
  const char *reason;

  if (reader == NULL)
    return;

  reference = guichet_json_reader_string (reader, "reference", GUICHET_JSON_REQUIRED, 20);
  /* Who asks through sudo is root to the socket: the tool knows better, and is trusted as they are. */
  by = guichet_json_reader_string (reader, "by", GUICHET_JSON_REQUIRED, GUICHET_BY_MAX);
  reason = guichet_json_reader_string (reader, "reason", GUICHET_JSON_REQUIRED, REASON_MAX);
  if (guichetd_routes_finish (exchange, reader))
    guichetd_engine_purge_async (guichetd_server_get_engine (user_data),
                                 reference,
                                 by,
                                 reason,
                                 guichetd_exchange_get_cancellable (exchange),
                                 purged_cb,
                                 guichetd_exchange_ref (exchange));
}

static void
purged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;

  if (guichetd_engine_purge_finish (GUICHETD_ENGINE (source), result, &error))
    guichetd_exchange_answer_empty (exchange, 204);
  else
    refuse (exchange, error);
}

/* A place for what a reader finds, and what is there. */
static void
purges_free (gpointer data)
{
  GPtrArray **purges = data;

  g_clear_pointer (purges, g_ptr_array_unref);
  g_free (purges);
}

static void
get_purges (GuichetdExchange *exchange, gpointer user_data)
{
  guichetd_store_read_async (guichetd_server_get_store (user_data),
                             guichetd_purge_list_work,
                             g_new0 (GPtrArray *, 1),
                             purges_free,
                             guichetd_exchange_get_cancellable (exchange),
                             purges_read_cb,
                             guichetd_exchange_ref (exchange));
}

static void
purges_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GuichetJsonWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *const *purges = guichetd_store_read_finish (GUICHETD_STORE (source), result, &error);

  if (purges == NULL)
    {
      refuse (exchange, error);
      return;
    }

  writer = guichet_json_writer_new ();
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_begin_array (writer, "items");
  for (guint i = 0; i < (*purges)->len; i++)
    guichetd_purge_write (g_ptr_array_index (*purges, i), writer, NULL);
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  guichetd_exchange_answer_json (exchange, 200, guichet_json_writer_end (writer));
}

// clang-format off
const GuichetdRoute guichetd_admin_routes[] = {
  { "GET", "/admin/staff", "getStaff", 0, GUICHETD_ROUTE_OPEN, { NULL }, get_staff },
  { "PUT", "/admin/staff", "putStaff", 64 * KIB, GUICHETD_ROUTE_OPEN, { NULL }, put_staff },
  { "PUT", "/admin/cards", "putCard", 4 * KIB, GUICHETD_ROUTE_OPEN, { NULL }, put_card },
  { "POST", "/admin/backups", "createBackup", 64 * KIB, GUICHETD_ROUTE_OPEN, { NULL }, post_backup },
  { "POST", "/admin/verifications", "createVerification", 0, GUICHETD_ROUTE_OPEN, { NULL }, post_verification },
  { "GET", "/admin/purges", "getPurges", 0, GUICHETD_ROUTE_OPEN, { NULL }, get_purges },
  { "POST", "/admin/purges", "createPurge", 64 * KIB, GUICHETD_ROUTE_OPEN, { NULL }, post_purge },
  { NULL, NULL, NULL, 0, 0, { NULL }, NULL },
};
// clang-format on
