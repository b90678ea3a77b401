/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-text.h"

G_BEGIN_DECLS

/**
 * GuichetdEnvelope:
 * @from: address of the sender, without a name
 * @from_name: (nullable): name shown beside it
 * @reply_to: (nullable): where answers go
 * @to: address of the citizen
 * @message_id: without angle brackets; the same at every attempt, so that a copy sent twice
 *   can be recognised
 * @instant: of the Date header, microseconds
 */
typedef struct
{
  const char *from;
  const char *from_name;
  const char *reply_to;
  const char *to;
  const char *message_id;
  gint64 instant;
} GuichetdEnvelope;

/**
 * guichetd_message_compose:
 * @rendering: subject, text and HTML
 * @zone: for the Date header
 *
 * Composes an Internet message (RFC 5322) with the text in both forms, marked as written by
 * a program (`Auto-Submitted`, RFC 3834), lines ended by CR LF. Any thread.
 *
 * Returns: (transfer full) (nullable): the bytes; @error is G_IO_ERROR_INVALID_ARGUMENT if an
 *   address cannot stand in a header
 */
GBytes *guichetd_message_compose (const GuichetdEnvelope *envelope,
                                  const GuichetRendering *rendering,
                                  GTimeZone *zone,
                                  GError **error);

G_END_DECLS
