/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-json-reader.h"
#include "guichetd-exchange.h"
#include "guichetd-routes.h"

G_BEGIN_DECLS

/** Objects and arrays inside one another in a body, at most. */
#define GUICHETD_ROUTES_DEPTH 16

/* What the handlers share. */

/**
 * guichetd_routes_read_body:
 * @ret_root: (out): must outlive what the reader gives
 *
 * Returns: (transfer full) (nullable): a strict reader of the body; %NULL if it is no JSON: then
 *   the exchange is refused already
 */
GuichetJsonReader *guichetd_routes_read_body (GuichetdExchange *exchange, JsonNode **ret_root);

/** guichetd_routes_finish: whether all that was read is good; else the exchange is refused, with all issues. */
gboolean guichetd_routes_finish (GuichetdExchange *exchange, GuichetJsonReader *reader);

/** guichetd_routes_refuse_json: what guichet_json_parse() said. */
void guichetd_routes_refuse_json (GuichetdExchange *exchange, const GError *error);

/** guichetd_routes_refuse_issues: @issues: (element-type GuichetIssue) */
void guichetd_routes_refuse_issues (GuichetdExchange *exchange, GPtrArray *issues);

/**
 * guichetd_routes_refuse_error:
 * @refused: (nullable)
 *
 * The one table from errors to problems. What is nobody's fault but ours is logged with the trace.
 */
void guichetd_routes_refuse_error (GuichetdExchange *exchange,
                                   const GError *error,
                                   const GuichetdRefused *refused);

/** guichetd_routes_answer_receipt: what a command came to, with @status. */
void guichetd_routes_answer_receipt (GuichetdExchange *exchange,
                                     guint status,
                                     const GuichetdReceipt *receipt);

/** guichetd_routes_signed_in_cb: answers with the session, or why there is none. @user_data: (transfer full): the exchange */
void guichetd_routes_signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/** guichetd_routes_answer_nonce: a fresh one of @challenges for @owner about @subject. @subject: (nullable) */
void guichetd_routes_answer_nonce (GuichetdExchange *exchange,
                                   const GuichetdApi *api,
                                   GuichetdChallenges *challenges,
                                   const char *owner,
                                   const char *subject);

/** guichetd_routes_copy_issues: (transfer full): @issues outlive their reader. */
GPtrArray *guichetd_routes_copy_issues (GPtrArray *issues);

/** guichetd_routes_reference: (transfer full) (nullable): of the path; NULL: refused already, like one that does not exist. */
char *guichetd_routes_reference (GuichetdExchange *exchange);

/**
 * guichetd_routes_number:
 * @ret_number: (out): untouched if the parameter is absent
 *
 * Returns: %FALSE if the query's parameter is no number from @min to @max: refused already
 */
gboolean guichetd_routes_number (GuichetdExchange *exchange,
                                 const char *name,
                                 gint64 min,
                                 gint64 max,
                                 gint64 *ret_number);

/* Handlers, by file */

void guichetd_routes_get_health (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_get_openapi (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_get_catalogue (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_get_feed (GuichetdExchange *exchange, gpointer api);

void guichetd_routes_post_session (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_post_sign_in_challenge (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_post_card_session (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_delete_session (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_get_me (GuichetdExchange *exchange, gpointer api);

void guichetd_routes_search (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_get_request (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_get_events (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_get_document (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_preview (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_get_changes (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_post_accesses (GuichetdExchange *exchange, gpointer api);

void guichetd_routes_post_challenge (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_post_check (GuichetdExchange *exchange, gpointer api);

void guichetd_routes_search_accounts (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_post_account (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_get_account (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_post_account_command (GuichetdExchange *exchange, gpointer api);

void guichetd_routes_post_command (GuichetdExchange *exchange, gpointer api);
void guichetd_routes_post_request (GuichetdExchange *exchange, gpointer api);

G_END_DECLS
