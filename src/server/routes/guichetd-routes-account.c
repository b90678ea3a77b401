/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accounts: found, read, opened by a card, changed.
 *
 * A card is judged here as for a check of identity, but bound to no challenge: opening an account gives nobody
 * access to anything, so it is enough that the state says through the card whom it is about. That presence was
 * not proved is kept as the method.
 */
#define G_LOG_DOMAIN "guichetd-routes"

#include "config.h"

#include "guichetd-routes-private.h"

#include "guichet-account-decide.h"
#include "guichet-account-name.h"
#include "guichet-card-profile.h"
#include "guichet-niss.h"

#include <sodium.h>

/* One command on its way. */
typedef struct
{
  /* Input */
  const GuichetdApi *api;     /* (borrowed) */
  GuichetdExchange *exchange; /* (owned) */
  GBytes *body;               /* (owned) */
  char *account;              /* (owned) (nullable): not of one to be opened */
  char *key;                  /* (owned) */

  /* Output of reading */
  GuichetAccountCommand *command; /* (owned) (nullable) */
  GuichetdCard *card;             /* (owned) (nullable) */
  GPtrArray *issues;              /* (owned) (nullable) */
} Call;

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void judged_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void give_to_engine (Call *call);
static void done_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void read_json_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
call_free (Call *self)
{
  guichetd_exchange_unref (self->exchange);
  g_bytes_unref (self->body);
  g_free (self->account);
  g_free (self->key);
  g_clear_pointer (&self->command, guichet_account_command_unref);
  g_clear_pointer (&self->card, guichetd_card_free);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* Whoever has nothing to do with accounts hears only that, before anything is looked at. */
static gboolean
admit (GuichetdExchange *exchange, const GuichetdApi *api)
{
  g_autoptr (GError) error = NULL;

  if (guichetd_engine_may_assist (api->engine, guichetd_exchange_get_actor (exchange), &error))
    return TRUE;
  guichetd_routes_refuse_error (exchange, error, NULL);
  return FALSE;
}

/* (nullable): refused already, like one that does not exist. */
static char *
account_of (GuichetdExchange *exchange)
{
  char *account = guichet_account_name_parse (guichetd_exchange_get_param (exchange, "account"));

  if (account == NULL)
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_RESOURCE_NOT_FOUND, NULL);
  else
    guichetd_exchange_note_reference (exchange, account);
  return account;
}

/* Reading */

void
guichetd_routes_get_account (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autofree char *account = NULL;

  if (!admit (exchange, api))
    return;
  account = account_of (exchange);
  if (account != NULL)
    guichetd_engine_account_async (api->engine,
                                   guichetd_exchange_get_actor (exchange),
                                   account,
                                   guichetd_exchange_get_cancellable (exchange),
                                   read_json_cb,
                                   guichetd_exchange_ref (exchange));
}

void
guichetd_routes_search_accounts (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = NULL;
  const char *niss;

  if (!admit (exchange, api))
    return;
  reader = guichetd_routes_read_body (exchange, &root);
  if (reader == NULL)
    return;

  niss = guichet_json_reader_string (reader, "niss", GUICHET_JSON_REQUIRED, 11);
  if (niss != NULL && !guichet_niss_is_valid (niss))
    guichet_json_reader_refuse (reader, "niss", "invalidInput", "must be a national number");
  if (guichetd_routes_finish (exchange, reader))
    guichetd_engine_search_accounts_async (api->engine,
                                           guichetd_exchange_get_actor (exchange),
                                           niss,
                                           guichetd_exchange_get_cancellable (exchange),
                                           read_json_cb,
                                           guichetd_exchange_ref (exchange));
}

static void
read_json_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *body = guichetd_engine_read_finish (GUICHETD_ENGINE (source), result, &error);

  if (body != NULL)
    guichetd_exchange_answer_json (exchange, 200, body);
  else
    guichetd_routes_refuse_error (exchange, error, NULL);
}

/* Commands */

static GuichetAccountCommandKind
read_kind (Call *call, GuichetJsonReader *reader)
{
  GuichetAccountCommandKind kind;

  if (call->account == NULL)
    return GUICHET_ACCOUNT_COMMAND_OPEN;

  kind = guichet_json_reader_enum (reader,
                                   "kind",
                                   GUICHET_JSON_REQUIRED,
                                   GUICHET_TYPE_ACCOUNT_COMMAND_KIND);
  if (kind == GUICHET_ACCOUNT_COMMAND_OPEN || kind == GUICHET_ACCOUNT_COMMAND_PURGE)
    {
      guichet_json_reader_refuse (reader, "kind", "invalidInput", "not a command for this place");
      kind = GUICHET_ACCOUNT_COMMAND_NONE;
    }
  return kind;
}

static void
read_members (Call *call, GuichetJsonReader *reader)
{
  const GuichetAccountCommandKind kind = read_kind (call, reader);

  call->command = guichet_account_command_new (kind);
  if (call->account != NULL)
    call->command->expected_version = guichet_json_reader_integer (reader,
                                                                   "expectedVersion",
                                                                   GUICHET_JSON_REQUIRED,
                                                                   1,
                                                                   G_MAXINT64);
  if ((kind == GUICHET_ACCOUNT_COMMAND_OPEN || kind == GUICHET_ACCOUNT_COMMAND_CHANGE_CONTACT) &&
      guichet_json_reader_enter (reader, "contact", GUICHET_JSON_REQUIRED))
    {
      call->command->contact = guichet_contact_read (reader);
      guichet_json_reader_leave (reader);
    }
  if (kind == GUICHET_ACCOUNT_COMMAND_OPEN || kind == GUICHET_ACCOUNT_COMMAND_RENEW_PERSON)
    call->card = guichetd_card_read_files (reader);
}

/* In the reader */
static gboolean
read_command (Call *call, GError **error)
{
  GuichetJsonLimits limits = { GUICHETD_CARD_BODY, GUICHETD_ROUTES_DEPTH };
  g_autoptr (JsonNode) root = guichet_json_parse (call->body, &limits, error);
  g_autoptr (GuichetJsonReader) reader = NULL;

  sodium_memzero ((guint8 *) g_bytes_get_data (call->body, NULL), g_bytes_get_size (call->body));
  if (root == NULL)
    return FALSE;

  reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  read_members (call, reader);
  if (!guichet_json_reader_finish (reader, error))
    {
      call->issues = guichetd_routes_copy_issues (guichet_json_reader_get_issues (reader));
      return FALSE;
    }

  g_free (call->command->key);
  call->command->key = g_steal_pointer (&call->key);
  call->command->account = g_strdup (call->account);
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

static Call *
call_new (GuichetdExchange *exchange, const GuichetdApi *api)
{
  Call *call = g_new0 (Call, 1);

  call->api = api;
  call->exchange = guichetd_exchange_ref (exchange);
  call->body = g_bytes_ref (guichetd_exchange_get_body (exchange));
  call->key = g_strdup (guichetd_exchange_get_header (exchange, "Idempotency-Key"));
  return call;
}

static void
begin (GuichetdExchange *exchange, const GuichetdApi *api, char *account)
{
  g_autoptr (GTask) task = NULL;
  Call *call = call_new (exchange, api);

  call->account = account;
  task = g_task_new (NULL, NULL, read_cb, call);
  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, call, NULL);
  guichet_worker_push (api->reader, G_PRIORITY_DEFAULT, task, read_in_thread);
}

/* Whoever has nothing to do with accounts any more: their body is not looked at, but their key may be one of what they
 * did. The engine refuses the rest. */
static void
begin_unread (GuichetdExchange *exchange,
              const GuichetdApi *api,
              GuichetAccountCommandKind answered_as)
{
  Call *call = call_new (exchange, api);

  call->command = guichet_account_command_new (answered_as);
  g_free (call->command->key);
  call->command->key = g_steal_pointer (&call->key);
  give_to_engine (call);
}

static gboolean
may_assist (GuichetdExchange *exchange, const GuichetdApi *api)
{
  return guichetd_engine_may_assist (api->engine, guichetd_exchange_get_actor (exchange), NULL);
}

void
guichetd_routes_post_account (GuichetdExchange *exchange, gpointer user_data)
{
  if (may_assist (exchange, user_data))
    begin (exchange, user_data, NULL);
  else
    begin_unread (exchange, user_data, GUICHET_ACCOUNT_COMMAND_OPEN);
}

void
guichetd_routes_post_account_command (GuichetdExchange *exchange, gpointer user_data)
{
  char *account;

  if (!may_assist (exchange, user_data))
    {
      begin_unread (exchange, user_data, GUICHET_ACCOUNT_COMMAND_CHANGE_CONTACT);
      return;
    }
  account = account_of (exchange);
  if (account != NULL)
    begin (exchange, user_data, account);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      Call *kept = g_steal_pointer (&call);

      if (kept->card != NULL)
        guichetd_card_judge_judge_async (kept->api->judge,
                                         g_steal_pointer (&kept->card),
                                         NULL,
                                         guichetd_exchange_get_cancellable (kept->exchange),
                                         judged_cb,
                                         kept);
      else
        give_to_engine (kept);
    }
  else if (call->issues != NULL)
    guichetd_routes_refuse_issues (call->exchange, call->issues);
  else if (error->domain == GUICHET_JSON_ERROR)
    guichetd_routes_refuse_json (call->exchange, error);
  else
    guichetd_routes_refuse_error (call->exchange, error, NULL);
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GuichetCardPerson) person = NULL;
  g_autoptr (GError) error = NULL;

  call->command->check =
      guichetd_card_judge_judge_finish (GUICHETD_CARD_JUDGE (source), result, &person, &error);
  if (call->command->check == NULL)
    {
      guichetd_routes_refuse_error (call->exchange, error, NULL);
      return;
    }
  if (person != NULL)
    {
      call->command->citizen = guichet_card_profile_new (person);
      call->command->citizen->level = GUICHET_LEVEL_COUNTER;
    }
  give_to_engine (g_steal_pointer (&call));
}

static void
give_to_engine (Call *call)
{
  guichetd_engine_account_command_async (call->api->engine,
                                         guichetd_exchange_get_actor (call->exchange),
                                         call->command,
                                         guichetd_exchange_get_cancellable (call->exchange),
                                         done_cb,
                                         call);
}

static void
answer_receipt (Call *call, const GuichetdReceipt *receipt)
{
  const gboolean created = call->command->kind == GUICHET_ACCOUNT_COMMAND_OPEN;
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  if (created)
    {
      g_autofree char *location = g_strconcat ("/v1/accounts/", receipt->reference, NULL);

      guichetd_exchange_note_reference (call->exchange, receipt->reference);
      guichetd_exchange_set_header (call->exchange, "Location", location);
    }
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "account", receipt->reference);
  guichet_json_writer_integer (writer, "version", receipt->version);
  if (receipt->number > 0)
    guichet_json_writer_integer (writer, "event", receipt->number);
  guichet_json_writer_end_object (writer);
  guichetd_exchange_answer_json (call->exchange,
                                 created ? 201 : 200,
                                 guichet_json_writer_end (writer));
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GuichetdReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  GuichetdRefused refused = { 0 };

  receipt =
      guichetd_engine_account_command_finish (GUICHETD_ENGINE (source), result, &refused, &error);
  if (receipt != NULL)
    answer_receipt (call, receipt);
  else
    guichetd_routes_refuse_error (call->exchange, error, &refused);
  guichetd_refused_clear (&refused);
}
