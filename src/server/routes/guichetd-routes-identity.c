/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who the person at the counter is: a challenge for their card, and what came of it.
 */
#define G_LOG_DOMAIN "guichetd-routes"

#include "config.h"

#include "guichetd-routes-private.h"

#include "guichet-challenge.h"

#include <sodium.h>
#include <string.h>

/* One card on its way. */
typedef struct
{
  /* Input */
  const GuichetdApi *api;     /* (borrowed) */
  GuichetdExchange *exchange; /* (owned) */
  GBytes *body;               /* (owned) (nullable): of a check */
  char *key;                  /* (owned) */
  char *reference;            /* (owned) */

  /* Output of reading */
  GuichetdCard *card;      /* (owned) (nullable) */
  gint64 expected_version; /* that the clerk was looking at */
  GPtrArray *issues;       /* (owned) (nullable) */

  /* In progress */
  char *challenge; /* (owned) (nullable): the nonce, as hex */
  GError *refusal; /* (owned) (nullable): told unless the check was accepted before */
} Call;

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void citizen_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void judged_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void record (Call *call, GuichetIdentityCheck *check);
static void recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void admitted_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
wipe_bytes (GBytes *bytes)
{
  sodium_memzero ((guint8 *) g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
call_free (Call *self)
{
  guichetd_exchange_unref (self->exchange);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->key);
  g_free (self->reference);
  g_clear_pointer (&self->card, guichetd_card_free);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_free (self->challenge);
  g_clear_error (&self->refusal);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* Whose challenges they are: one session's, of which only the digest is known here. */
static char *
owner_of (GuichetdExchange *exchange)
{
  const GuichetdSession *session = guichetd_exchange_get_session (exchange);

  return g_base64_encode (session->digest, sizeof session->digest);
}

/* What the desk knows of its session as well; the header is there, or there would be no session. */
static char *
session_of (GuichetdExchange *exchange)
{
  const char *header = guichetd_exchange_get_header (exchange, "Authorization");

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, header + strlen ("Bearer "), -1);
}

static char *
hex (GBytes *bytes)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  gsize size = g_bytes_get_size (bytes);
  char *text = g_malloc (2 * size + 1);

  return sodium_bin2hex (text, 2 * size + 1, data, size);
}

/* Giving a challenge */

void
guichetd_routes_post_challenge (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  char *reference = guichetd_routes_reference (exchange);
  Call *call;

  if (reference == NULL)
    return;
  call = g_new0 (Call, 1);
  call->api = api;
  call->exchange = guichetd_exchange_ref (exchange);
  call->reference = reference;
  guichetd_engine_may_check_async (api->engine,
                                   guichetd_exchange_get_actor (exchange),
                                   reference,
                                   guichetd_exchange_get_cancellable (exchange),
                                   admitted_cb,
                                   call);
}

void
guichetd_routes_answer_nonce (GuichetdExchange *exchange,
                              const GuichetdApi *api,
                              GuichetdChallenges *challenges,
                              const char *owner,
                              const char *subject)
{
  gint64 now = guichet_clock_now (api->clock);
  g_autoptr (GBytes) nonce = guichetd_challenges_give (challenges, owner, subject, now);
  g_autoptr (GuichetJsonWriter) writer = NULL;
  g_autofree char *text = NULL;

  if (nonce == NULL)
    {
      GuichetdProblemDetails details = { .retry_after = GUICHETD_CHALLENGE_LIFE };

      guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_SERVICE_UNAVAILABLE, &details);
      return;
    }

  text = g_base64_encode (g_bytes_get_data (nonce, NULL), g_bytes_get_size (nonce));
  writer = guichet_json_writer_new ();
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "nonce", text);
  guichet_json_writer_string (writer, "town", api->town);
  guichet_json_writer_instant (writer,
                               "expires",
                               now + GUICHETD_CHALLENGE_LIFE * G_TIME_SPAN_SECOND);
  guichet_json_writer_end_object (writer);
  guichetd_exchange_answer_json (exchange, 201, guichet_json_writer_end (writer));
}

static void
admitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *owner = NULL;

  if (!guichetd_engine_may_check_finish (GUICHETD_ENGINE (source), result, &error))
    {
      guichetd_routes_refuse_error (call->exchange, error, NULL);
      return;
    }
  owner = owner_of (call->exchange);
  guichetd_routes_answer_nonce (call->exchange,
                                call->api,
                                call->api->challenges,
                                owner,
                                call->reference);
}

/* Recording a check */

/* In the reader */
static gboolean
read_check (Call *call, GError **error)
{
  GuichetJsonLimits limits = { GUICHETD_CARD_BODY, GUICHETD_ROUTES_DEPTH };
  g_autoptr (JsonNode) root = guichet_json_parse (call->body, &limits, error);
  g_autoptr (GuichetJsonReader) reader = NULL;

  wipe_bytes (call->body);
  if (root == NULL)
    return FALSE;

  reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  call->expected_version =
      guichet_json_reader_integer (reader, "expectedVersion", GUICHET_JSON_REQUIRED, 1, G_MAXINT64);
  call->card = guichetd_card_read (reader, GUICHET_JSON_OPTIONAL);
  if (guichet_json_reader_finish (reader, error))
    return TRUE;
  call->issues = guichetd_routes_copy_issues (guichet_json_reader_get_issues (reader));
  return FALSE;
}

static void
read_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (read_check (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
guichetd_routes_post_check (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  char *reference = guichetd_routes_reference (exchange);
  g_autoptr (GTask) task = NULL;
  Call *call;

  if (reference == NULL)
    return;
  call = g_new0 (Call, 1);
  call->api = api;
  call->exchange = guichetd_exchange_ref (exchange);
  call->body = g_bytes_ref (guichetd_exchange_get_body (exchange));
  call->key = g_strdup (guichetd_exchange_get_header (exchange, "Idempotency-Key"));
  call->reference = reference;

  task = g_task_new (NULL, NULL, read_cb, call);
  g_task_set_source_tag (task, guichetd_routes_post_check);
  g_task_set_task_data (task, call, NULL);
  guichet_worker_push (api->reader, G_PRIORITY_DEFAULT, task, read_in_thread);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  Call *kept = call;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    guichetd_engine_citizen_async (kept->api->engine,
                                   guichetd_exchange_get_actor (kept->exchange),
                                   kept->reference,
                                   guichetd_exchange_get_cancellable (kept->exchange),
                                   citizen_cb,
                                   g_steal_pointer (&call));
  else if (call->issues != NULL)
    guichetd_routes_refuse_issues (call->exchange, call->issues);
  else if (error->domain == GUICHET_JSON_ERROR)
    guichetd_routes_refuse_json (call->exchange, error);
  else
    guichetd_routes_refuse_error (call->exchange, error, NULL);
}

static void
citizen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GuichetCitizen) citizen = NULL;
  g_autofree char *owner = owner_of (call->exchange);
  g_autofree char *session = session_of (call->exchange);
  const GuichetdApi *api = call->api;
  GCancellable *cancellable = guichetd_exchange_get_cancellable (call->exchange);
  GuichetdCard *card = g_steal_pointer (&call->card);

  call->challenge = hex (card->nonce);
  if (!guichetd_engine_citizen_finish (GUICHETD_ENGINE (source),
                                       result,
                                       &citizen,
                                       &call->refusal) ||
      !guichetd_challenges_take (api->challenges,
                                 card->nonce,
                                 owner,
                                 call->reference,
                                 call->key,
                                 guichet_clock_now (api->clock)))
    {
      /* Refused, unless it is a command that was accepted already. */
      guichetd_card_free (card);
      record (g_steal_pointer (&call), NULL);
      return;
    }

  card->challenge = guichet_challenge_for_check (api->town, call->reference, session, card->nonce);
  guichetd_card_judge_judge_async (api->judge,
                                   card,
                                   citizen,
                                   cancellable,
                                   judged_cb,
                                   g_steal_pointer (&call));
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetIdentityCheck) check = NULL;

  check = guichetd_card_judge_judge_finish (GUICHETD_CARD_JUDGE (source), result, NULL, &error);
  if (check != NULL)
    record (g_steal_pointer (&call), check);
  else
    guichetd_routes_refuse_error (call->exchange, error, NULL);
}

static void
record (Call *call, GuichetIdentityCheck *check)
{
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_CHECK_IDENTITY);

  g_free (command->key);
  command->key = g_steal_pointer (&call->key);
  command->reference = g_strdup (call->reference);
  command->expected_version = call->expected_version;
  command->challenge = g_steal_pointer (&call->challenge);
  command->check = check != NULL ? guichet_identity_check_ref (check) : NULL;
  guichetd_engine_command_async (call->api->engine,
                                 guichetd_exchange_get_actor (call->exchange),
                                 command,
                                 guichetd_exchange_get_cancellable (call->exchange),
                                 recorded_cb,
                                 call);
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GuichetdReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  GuichetdRefused refused = { NULL, NULL };

  receipt = guichetd_engine_command_finish (GUICHETD_ENGINE (source), result, &refused, &error);
  if (receipt != NULL)
    guichetd_routes_answer_receipt (call->exchange, 200, receipt);
  else if (call->refusal != NULL)
    guichetd_routes_refuse_error (call->exchange, call->refusal, NULL);
  else
    guichetd_routes_refuse_error (call->exchange, error, &refused);
  guichetd_refused_clear (&refused);
}
