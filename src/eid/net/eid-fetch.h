/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * eid_fetch_session:
 * @proxy: (nullable): `host:port` of an HTTP proxy; none otherwise
 *
 * Returns: (transfer full): a session that goes where it is sent, and nowhere else
 */
SoupSession *eid_fetch_session (const char *proxy);

/**
 * eid_fetch_async:
 * @request: (nullable): an OCSP request that is posted; %NULL to get what is there
 * @limit: bytes that the answer may have
 * @timeout: milliseconds until the whole answer is there
 *
 * One exchange. Whatever is not a plain answer in time ends in %EID_ERROR_UNANSWERED, with who
 * was asked and what happened.
 */
void eid_fetch_async (SoupSession *session,
                      const char *uri,
                      GBytes *request,
                      gsize limit,
                      guint timeout,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

/** eid_fetch_finish: (transfer full) (nullable) */
GBytes *eid_fetch_finish (GAsyncResult *result, GError **error);

G_END_DECLS
