/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Staff who sign in with their card.
 */
#define G_LOG_DOMAIN "guichetd-routes"

#include "config.h"

#include "guichetd-routes-private.h"

#include "guichet-challenge.h"

#include <sodium.h>

/* One card on its way. */
typedef struct
{
  const GuichetdApi *api;     /* (borrowed) */
  GuichetdExchange *exchange; /* (owned) */
  GBytes *body;               /* (owned) */
  GuichetdCard *card;         /* (owned) (nullable) */
  GPtrArray *issues;          /* (owned) (nullable) */
} Call;

static void read_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
call_free (Call *self)
{
  guichetd_exchange_unref (self->exchange);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->card, guichetd_card_free);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* Nobody is signed in yet: a challenge belongs to where it was asked for. */
static char *
owner_of (GuichetdExchange *exchange)
{
  return g_strconcat ("from ", guichetd_exchange_get_source (exchange), NULL);
}

void
guichetd_routes_post_sign_in_challenge (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autofree char *owner = owner_of (exchange);

  guichetd_routes_answer_nonce (exchange, api, api->sign_in_challenges, owner, NULL);
}

/* In the reader */
static void
read_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Call *call = task_data;
  GuichetJsonLimits limits = { GUICHETD_CARD_BODY, GUICHETD_ROUTES_DEPTH };
  GError *error = NULL;
  g_autoptr (JsonNode) root = guichet_json_parse (call->body, &limits, &error);
  g_autoptr (GuichetJsonReader) reader = NULL;

  sodium_memzero ((guint8 *) g_bytes_get_data (call->body, NULL), g_bytes_get_size (call->body));
  if (root == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  call->card = guichetd_card_read (reader, GUICHET_JSON_REQUIRED);
  if (guichet_json_reader_finish (reader, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  call->issues = guichetd_routes_copy_issues (guichet_json_reader_get_issues (reader));
  g_task_return_error (task, error);
}

void
guichetd_routes_post_card_session (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autoptr (GTask) task = NULL;
  Call *call = g_new0 (Call, 1);

  call->api = api;
  call->exchange = guichetd_exchange_ref (exchange);
  call->body = g_bytes_ref (guichetd_exchange_get_body (exchange));
  task = g_task_new (NULL, NULL, read_cb, call);
  g_task_set_source_tag (task, guichetd_routes_post_card_session);
  g_task_set_task_data (task, call, NULL);
  guichet_worker_push (api->reader, G_PRIORITY_DEFAULT, task, read_in_thread);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *owner = owner_of (call->exchange);
  const GuichetdApi *api = call->api;
  GuichetdCard *card;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (call->issues != NULL)
        guichetd_routes_refuse_issues (call->exchange, call->issues);
      else
        guichetd_routes_refuse_json (call->exchange, error);
      return;
    }

  /* Without a challenge nothing proves the PIN: the answer is then that of any wrong card. */
  card = g_steal_pointer (&call->card);
  if (guichetd_challenges_take (api->sign_in_challenges,
                                card->nonce,
                                owner,
                                NULL,
                                NULL,
                                guichet_clock_now (api->clock)))
    card->challenge = guichet_challenge_for_sign_in (api->town, card->nonce);
  guichetd_auth_sign_in_card_async (api->auth,
                                    api->judge,
                                    card,
                                    guichetd_exchange_get_source (call->exchange),
                                    guichetd_exchange_get_cancellable (call->exchange),
                                    guichetd_routes_signed_in_cb,
                                    guichetd_exchange_ref (call->exchange));
}
