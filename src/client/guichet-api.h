/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-problem.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_API (guichet_api_get_type ())

/**
 * GuichetApi:
 *
 * Calls of one server: the only place that knows HTTP statuses, headers and limits of what
 * is read. The feed has a session of its own.
 *
 * Signal `signed-out` (word): the server no longer knows the session; word is the API's,
 * `expiredAccessToken` or `invalidAccessToken`.
 *
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetApi, guichet_api, GUICHET, API, GObject)

/** guichet_api_new: @address: as guichet_address_read() gives it. */
GuichetApi *guichet_api_new (const char *address);

const char *guichet_api_get_address (GuichetApi *self);
/** guichet_api_set_token: (nullable): of the session; the old one is wiped from memory. */
void guichet_api_set_token (GuichetApi *self, const char *token);
const char *guichet_api_get_token (GuichetApi *self);

/**
 * guichet_api_set_patience:
 *
 * The interval at the end of which a call is looked at: after two on end in which hardly a byte
 * moved it ends as if nobody were there. That is twice the patience, and up to three times after
 * bytes that came in a burst. 20 seconds unless set. For calls made from now on.
 */
void guichet_api_set_patience (GuichetApi *self, guint milliseconds);

/** One call. What it points to is used only while it is being sent. */
typedef struct
{
  const char *method;
  const char *path;   /* `/v1/…`, escaped */
  GBytes *body;       /* (nullable): JSON */
  const char *key;    /* (nullable): Idempotency-Key */
  const char *etag;   /* (nullable): If-None-Match */
  const char *accept; /* (nullable): JSON if not given */
  gsize answer_max;   /* bytes; 0: GUICHET_API_ANSWER_MAX */
  gboolean anonymous; /* without the session's token */
} GuichetCall;

/** GUICHET_API_ANSWER_MAX: bytes of an answer for which nothing else is said. */
#define GUICHET_API_ANSWER_MAX (4 * 1024 * 1024)

/** What the server said: a status of success, or 304. */
typedef struct
{
  guint status;
  GBytes *body; /* empty if there is none */
  char *etag;   /* (nullable) */
  gint64 date;  /* instant, by the server's clock, to the second; 0 if it does not say */
} GuichetAnswer;

void guichet_answer_free (GuichetAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetAnswer, guichet_answer_free)

void guichet_api_send_async (GuichetApi *self,
                             const GuichetCall *call,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/**
 * guichet_api_send_finish:
 * @ret_problem: (out) (optional) (nullable) (transfer full): on failure, what the server said,
 *   %NULL if it was never reached
 *
 * Returns: (transfer full): the answer, or %NULL with an error of the domain
 *   GUICHET_DESK_ERROR, or %G_IO_ERROR_CANCELLED
 */
GuichetAnswer *guichet_api_send_finish (GuichetApi *self,
                                        GAsyncResult *result,
                                        GuichetProblem **ret_problem,
                                        GError **error);

/**
 * guichet_api_transport_error:
 * @error: (transfer full): what libsoup or GIO said
 *
 * Returns: (transfer full): the same as an error of the desk; cancellation stays what it is
 */
GError *guichet_api_transport_error (GError *error);

/**
 * guichet_api_wipe_body:
 * @body: (transfer full): held a secret
 *
 * Only once its call has ended: until then it may still be read.
 */
void guichet_api_wipe_body (GBytes *body);

/** guichet_api_path: `/v1/requests/{reference}` and what follows. (transfer full) */
char *guichet_api_path (const char *reference, const char *tail);

G_END_DECLS
