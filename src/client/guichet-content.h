/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-request.h"

G_BEGIN_DECLS

/**
 * GuichetContent:
 *
 * All of one request: what it is and what happened to it. Immutable; any thread.
 */
typedef struct
{
  GuichetRequest *request;
  GPtrArray *events; /* of GuichetEvent, oldest first */
} GuichetContent;

/**
 * guichet_content_read:
 * @request: the answer of `/v1/requests/{reference}`
 * @events: the answer of `/v1/requests/{reference}/events`
 *
 * Returns: (transfer full): the content, or %NULL with GUICHET_DESK_ERROR_PROTOCOL
 */
GuichetContent *guichet_content_read (GBytes *request, GBytes *events, GError **error);
GuichetContent *guichet_content_ref (GuichetContent *self);
void guichet_content_unref (GuichetContent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetContent, guichet_content_unref)

/** GUICHET_CONTENT_MAX: bytes of each of the two answers. */
#define GUICHET_CONTENT_MAX (16 * 1024 * 1024)

G_END_DECLS
