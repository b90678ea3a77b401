/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Commands: read, given to the engine, answered when they are on disk.
 */
#define G_LOG_DOMAIN "guichetd-routes"

#include "config.h"

#include "guichetd-routes-private.h"

#include "guichet-command.h"

/* Bytes of a body from which on it is read in a thread: a document of 8 MiB takes a tenth of a second. */
#define LARGE_BODY (64 * 1024)

/* One command on its way. */
typedef struct
{
  /* Input */
  const GuichetdApi *api;     /* (borrowed) */
  GuichetdExchange *exchange; /* (owned) */
  GBytes *body;               /* (owned) */
  gsize max_bytes;
  char *key;       /* (owned) */
  char *reference; /* (owned) (nullable): not for submit */

  /* Output of reading */
  GuichetCommand *command; /* (owned) (nullable) */
  GPtrArray *issues;       /* (owned) (nullable) */
} Call;

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void give_to_engine (Call *call);
static void done_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
call_free (Call *self)
{
  guichetd_exchange_unref (self->exchange);
  g_bytes_unref (self->body);
  g_free (self->key);
  g_free (self->reference);
  g_clear_pointer (&self->command, guichet_command_unref);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* What the API lets through here; the rest is the daemon's own, or another route's. */
static gboolean
is_welcome (const Call *call, GuichetCommandKind kind)
{
  if (call->reference == NULL)
    return kind == GUICHET_COMMAND_SUBMIT;
  return kind != GUICHET_COMMAND_SUBMIT && kind != GUICHET_COMMAND_CHECK_IDENTITY &&
         kind != GUICHET_COMMAND_REPORT_NOTIFICATION && kind != GUICHET_COMMAND_PURGE;
}

/* In the main thread, or in the reader for a large body */
static gboolean
read_command (Call *call, GError **error)
{
  GuichetJsonLimits limits = { call->max_bytes, GUICHETD_ROUTES_DEPTH };
  g_autoptr (JsonNode) root = guichet_json_parse (call->body, &limits, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GuichetCommand) command = NULL;

  if (root == NULL)
    return FALSE;

  reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  command = guichet_command_read (reader);
  if (command != NULL && command->kind != GUICHET_COMMAND_NONE && !is_welcome (call, command->kind))
    guichet_json_reader_refuse (reader, "kind", "invalidInput", "not a command for this place");
  if (!guichet_json_reader_finish (reader, error))
    {
      call->issues = guichetd_routes_copy_issues (guichet_json_reader_get_issues (reader));
      return FALSE;
    }

  g_free (command->key);
  command->key = g_steal_pointer (&call->key);
  g_free (command->reference);
  command->reference = g_steal_pointer (&call->reference);
  call->command = g_steal_pointer (&command);
  return TRUE;
}

static void
read_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (read_command (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
refuse_content (Call *call, const GError *error)
{
  if (call->issues != NULL)
    guichetd_routes_refuse_issues (call->exchange, call->issues);
  else if (error->domain == GUICHET_JSON_ERROR)
    guichetd_routes_refuse_json (call->exchange, error);
  else
    guichetd_routes_refuse_error (call->exchange, error, NULL);
}

static void
begin (GuichetdExchange *exchange, const GuichetdApi *api, char *reference)
{
  g_autoptr (Call) call = g_new0 (Call, 1);
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  call->api = api;
  call->exchange = guichetd_exchange_ref (exchange);
  call->body = g_bytes_ref (guichetd_exchange_get_body (exchange));
  call->max_bytes = guichetd_exchange_get_route (exchange)->body;
  call->key = g_strdup (guichetd_exchange_get_header (exchange, "Idempotency-Key"));
  call->reference = reference;

  if (g_bytes_get_size (call->body) > LARGE_BODY)
    {
      task = g_task_new (NULL, NULL, read_cb, call);
      g_task_set_source_tag (task, begin);
      g_task_set_task_data (task, g_steal_pointer (&call), NULL);
      guichet_worker_push (api->reader, G_PRIORITY_DEFAULT, task, read_in_thread);
    }
  else if (read_command (call, &error))
    {
      give_to_engine (g_steal_pointer (&call));
    }
  else
    {
      refuse_content (call, error);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    give_to_engine (g_steal_pointer (&call));
  else
    refuse_content (call, error);
}

static void
give_to_engine (Call *call)
{
  guichetd_engine_command_async (call->api->engine,
                                 guichetd_exchange_get_actor (call->exchange),
                                 call->command,
                                 guichetd_exchange_get_cancellable (call->exchange),
                                 done_cb,
                                 call);
}

static void
answer_receipt (Call *call, const GuichetdReceipt *receipt)
{
  gboolean created = call->command->kind == GUICHET_COMMAND_SUBMIT;

  if (created)
    {
      g_autofree char *location = g_strconcat ("/v1/requests/", receipt->reference, NULL);

      guichetd_exchange_note_reference (call->exchange, receipt->reference);
      guichetd_exchange_set_header (call->exchange, "Location", location);
    }
  guichetd_routes_answer_receipt (call->exchange, created ? 201 : 200, receipt);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GuichetdReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  GuichetdRefused refused = { NULL, NULL };

  receipt = guichetd_engine_command_finish (GUICHETD_ENGINE (source), result, &refused, &error);
  if (receipt != NULL)
    answer_receipt (call, receipt);
  else
    guichetd_routes_refuse_error (call->exchange, error, &refused);
  guichetd_refused_clear (&refused);
}

void
guichetd_routes_post_command (GuichetdExchange *exchange, gpointer user_data)
{
  char *reference = guichetd_routes_reference (exchange);

  if (reference != NULL)
    begin (exchange, user_data, reference);
}

void
guichetd_routes_post_request (GuichetdExchange *exchange, gpointer user_data)
{
  begin (exchange, user_data, NULL);
}
