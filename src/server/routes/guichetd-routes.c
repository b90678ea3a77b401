/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of what the API answers, its door, and the answers that need nobody.
 */
#define G_LOG_DOMAIN "guichetd-routes"

#include "config.h"

#include "guichetd-routes.h"

#include "guichetd-api-resource.h"
#include "guichetd-routes-private.h"

#include <string.h>

#define KIB 1024
#define MIB (1024 * KIB)

static void checked_cb (GObject *source, GAsyncResult *result, gpointer user_data);

// clang-format off
const GuichetdRoute guichetd_routes[] = {
  { "POST", "/v1/sessions", "createSession", 4 * KIB, GUICHETD_ROUTE_OPEN, { NULL },
    guichetd_routes_post_session },
  { "POST", "/v1/signInChallenges", "createSignInChallenge", 0, GUICHETD_ROUTE_OPEN, { NULL },
    guichetd_routes_post_sign_in_challenge },
  { "POST", "/v1/cardSessions", "createCardSession", GUICHETD_CARD_BODY, GUICHETD_ROUTE_OPEN, { NULL },
    guichetd_routes_post_card_session },
  { "DELETE", "/v1/sessions/current", "deleteCurrentSession", 0, 0, { NULL },
    guichetd_routes_delete_session },
  { "GET", "/v1/me", "getMe", 0, 0, { NULL },
    guichetd_routes_get_me },
  { "GET", "/v1/catalogue", "getCatalogue", 0, 0, { NULL },
    guichetd_routes_get_catalogue },
  { "POST", "/v1/requests/search", "searchRequests", 64 * KIB, 0, { NULL },
    guichetd_routes_search },
  { "POST", "/v1/requests", "createRequest", 64 * KIB, GUICHETD_ROUTE_KEY, { NULL },
    guichetd_routes_post_request },
  { "GET", "/v1/requests/{reference}", "getRequest", 0, 0, { NULL },
    guichetd_routes_get_request },
  { "GET", "/v1/requests/{reference}/events", "getRequestEvents", 0, 0, { NULL },
    guichetd_routes_get_events },
  { "GET", "/v1/requests/{reference}/documents/{documentId}", "getRequestDocument", 0, 0, { NULL },
    guichetd_routes_get_document },
  { "POST", "/v1/requests/{reference}/commands", "createCommand", 12 * MIB, GUICHETD_ROUTE_KEY, { NULL },
    guichetd_routes_post_command },
  { "POST", "/v1/requests/{reference}/identityChallenges", "createIdentityChallenge", 0, 0, { NULL },
    guichetd_routes_post_challenge },
  { "POST", "/v1/requests/{reference}/identityChecks", "createIdentityCheck", GUICHETD_CARD_BODY, GUICHETD_ROUTE_KEY,
    { NULL }, guichetd_routes_post_check },
  { "POST", "/v1/requests/{reference}/notificationPreviews", "createNotificationPreview", 64 * KIB, 0, { NULL },
    guichetd_routes_preview },
  { "POST", "/v1/accounts/search", "searchAccounts", 4 * KIB, 0, { NULL },
    guichetd_routes_search_accounts },
  { "POST", "/v1/accounts", "createAccount", GUICHETD_CARD_BODY, GUICHETD_ROUTE_KEY, { NULL },
    guichetd_routes_post_account },
  { "GET", "/v1/accounts/{account}", "getAccount", 0, 0, { NULL },
    guichetd_routes_get_account },
  { "POST", "/v1/accounts/{account}/commands", "createAccountCommand", GUICHETD_CARD_BODY, GUICHETD_ROUTE_KEY,
    { NULL }, guichetd_routes_post_account_command },
  { "GET", "/v1/changes", "getChanges", 0, 0, { "after", "limit" },
    guichetd_routes_get_changes },
  { "GET", "/v1/feed", "getFeed", 0, 0, { "after" },
    guichetd_routes_get_feed },
  { "POST", "/v1/accesses", "createAccesses", 64 * KIB, 0, { NULL },
    guichetd_routes_post_accesses },
  { "GET", "/v1/health", "checkHealth", 0, GUICHETD_ROUTE_OPEN, { NULL },
    guichetd_routes_get_health },
  { "GET", "/v1/doc/openapi.yaml", "getOpenapi", 0, GUICHETD_ROUTE_OPEN, { NULL },
    guichetd_routes_get_openapi },
  { NULL, NULL, NULL, 0, 0, { NULL }, NULL },
};
// clang-format on

void
guichetd_routes_door (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  const char *header = guichetd_exchange_get_header (exchange, "Authorization");
  GuichetdSession *session = NULL;
  gboolean expired = FALSE;

  if (header == NULL)
    {
      guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_NO_ACCESS_TOKEN, NULL);
      return;
    }

  /* The scheme is case-insensitive: RFC 9110, section 11.1. */
  if (g_ascii_strncasecmp (header, "Bearer ", strlen ("Bearer ")) == 0)
    session = guichetd_auth_find (api->auth, header + strlen ("Bearer "), &expired);

  if (session != NULL)
    guichetd_exchange_set_session (exchange, session);
  else
    guichetd_exchange_refuse (exchange,
                              expired ? GUICHETD_PROBLEM_EXPIRED_ACCESS_TOKEN
                                      : GUICHETD_PROBLEM_INVALID_ACCESS_TOKEN,
                              NULL);
}

void
guichetd_routes_get_health (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;

  guichetd_engine_check_async (api->engine,
                               guichetd_exchange_get_cancellable (exchange),
                               checked_cb,
                               guichetd_exchange_ref (exchange));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GError) error = NULL;
  gboolean up = guichetd_engine_check_finish (GUICHETD_ENGINE (source), result, &error);

  /* Strangers are told no more than that. */
  if (!up && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("%s the journal cannot be read: %s",
               guichetd_exchange_get_trace (exchange),
               error->message);
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "status", up ? "UP" : "DOWN");
  guichet_json_writer_end_object (writer);
  guichetd_exchange_answer_json (exchange, up ? 200 : 503, guichet_json_writer_end (writer));
}

void
guichetd_routes_get_openapi (GuichetdExchange *exchange, gpointer api)
{
  g_autoptr (GBytes) document = g_resource_lookup_data (guichetd_api_get_resource (),
                                                        "/be/mons/Guichetier/api/openapi.yaml",
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                        NULL);

  g_assert (document != NULL);
  guichetd_exchange_answer (exchange, 200, "application/yaml", document);
}

void
guichetd_routes_get_catalogue (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  GuichetCatalogue *catalogue = guichetd_engine_get_catalogue (api->engine);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", guichet_catalogue_version (catalogue));
  const char *known = guichetd_exchange_get_header (exchange, "If-None-Match");

  guichetd_exchange_set_header (exchange, "ETag", tag);
  /* It holds nothing of anybody, but asking again is cheap and a stale one is not. */
  guichetd_exchange_set_header (exchange, "Cache-Control", "private, no-cache");
  if (known != NULL && strstr (known, tag) != NULL)
    guichetd_exchange_answer_empty (exchange, 304);
  else
    guichetd_exchange_answer (exchange,
                              200,
                              "application/json",
                              guichet_catalogue_bundle (catalogue));
}

void
guichetd_routes_get_feed (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  const char *last = guichetd_exchange_get_header (exchange, "Last-Event-ID");
  gint64 after = -1;

  if (!guichetd_routes_number (exchange, "after", 0, G_MAXINT64, &after))
    return;
  /* The header is what a stream that was cut off comes back with, so it is the newer of both. */
  if (last != NULL &&
      !g_ascii_string_to_unsigned (last, 10, 0, G_MAXINT64, (guint64 *) &after, NULL))
    {
      guichetd_exchange_refuse_one (exchange,
                                    GUICHETD_PROBLEM_BAD_REQUEST,
                                    "header",
                                    "invalidInput",
                                    "Last-Event-ID",
                                    "must be the number of an event");
      return;
    }
  guichetd_feed_subscribe (api->feed, exchange, after);
}
