/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "guichet-account-event.h"
#include "guichet-decide.h"
#include "guichet-json-writer.h"

G_BEGIN_DECLS

/**
 * GuichetdProblem:
 *
 * What can be wrong with an exchange: a closed table (RFC 9457 and the Belgif guide), each
 * line with type, title, status and a sentence for people in every language. Why a command
 * is refused (GUICHET_REFUSAL) follows from GUICHETD_PROBLEM_REFUSAL on, in the same order.
 */
typedef enum
{
  GUICHETD_PROBLEM_BAD_REQUEST,
  GUICHETD_PROBLEM_NO_ACCESS_TOKEN,
  GUICHETD_PROBLEM_INVALID_ACCESS_TOKEN,
  GUICHETD_PROBLEM_EXPIRED_ACCESS_TOKEN,
  GUICHETD_PROBLEM_INVALID_CREDENTIALS,
  GUICHETD_PROBLEM_RESOURCE_NOT_FOUND,
  GUICHETD_PROBLEM_METHOD_NOT_ALLOWED,
  GUICHETD_PROBLEM_AFTER_UNKNOWN,
  GUICHETD_PROBLEM_PAYLOAD_TOO_LARGE,
  GUICHETD_PROBLEM_URI_TOO_LONG,
  GUICHETD_PROBLEM_UNSUPPORTED_MEDIA_TYPE,
  GUICHETD_PROBLEM_IDEMPOTENCY_KEY_REUSED,
  GUICHETD_PROBLEM_TOO_MANY_FAILED_REQUESTS,
  GUICHETD_PROBLEM_TOO_MANY_REQUESTS,
  GUICHETD_PROBLEM_HEADERS_TOO_LARGE,
  GUICHETD_PROBLEM_INTERNAL_SERVER_ERROR,
  GUICHETD_PROBLEM_SERVICE_UNAVAILABLE,
  GUICHETD_PROBLEM_REFUSAL,
} GuichetdProblem;

/**
 * GuichetdProblemDetails:
 * @in: where the issues are: `body`, `query`, `path` or `header`
 * @issues: (nullable) (element-type GuichetIssue)
 * @changes: (nullable) (element-type GuichetEvent): what happened meanwhile, with a conflict
 * @account: (nullable): name of the account that is there already
 * @account_changes: (nullable) (element-type GuichetAccountEvent): what happened meanwhile to an account
 * @limit: bytes allowed; 0: not said
 * @retry_after: seconds; 0: not said
 *
 * What a problem says beside its line of the table.
 */
typedef struct
{
  const char *in;
  GPtrArray *issues;
  GPtrArray *changes;
  const char *account;
  GPtrArray *account_changes;
  gint64 limit;
  guint retry_after;
} GuichetdProblemDetails;

/** guichetd_problem_of_refusal: the line of a refused command. */
GuichetdProblem guichetd_problem_of_refusal (GuichetRefusal refusal);

guint guichetd_problem_status (GuichetdProblem self);

/** guichetd_problem_title: English, for who programs against the API. */
const char *guichetd_problem_title (GuichetdProblem self);

/** guichetd_problem_type: its URN. (transfer full) */
char *guichetd_problem_type (GuichetdProblem self);

/**
 * guichetd_problem_write:
 * @language: of the sentences
 * @trace: UUID of the exchange
 * @details: (nullable)
 *
 * Returns: (transfer full): the body, `application/problem+json`
 */
GBytes *guichetd_problem_write (GuichetdProblem self,
                                GuichetLanguage language,
                                const char *trace,
                                const GuichetdProblemDetails *details);

/**
 * guichetd_problem_language:
 * @accept: (nullable): value of Accept-Language
 *
 * Returns: the language of ours that is wanted most (RFC 9110, section 12.5.4), French if none
 */
GuichetLanguage guichetd_problem_language (const char *accept);

G_END_DECLS
