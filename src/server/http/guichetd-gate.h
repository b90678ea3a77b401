/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "guichetd-exchange.h"
#include "guichetd-listener.h"

G_BEGIN_DECLS

/** What a listener's questions are held against; all borrowed. */
typedef struct
{
  const GuichetdRouter *router;
  GuichetdDoor door; /* (nullable) */
  gpointer api;      /* (nullable) */
  const GuichetdLimits *limits;
} GuichetdGate;

/**
 * guichetd_gate_check:
 * @length: of the body, as far as it is declared
 *
 * Looks at a question whose head is there and whose body is not: sizes, route, who asks, what
 * kind of body, key, query, in this order. What does not pass is refused.
 */
void guichetd_gate_check (const GuichetdGate *self,
                          GuichetdExchange *exchange,
                          SoupEncoding encoding,
                          goffset length);

/** guichetd_gate_refuse_size: the body is larger than @limit. */
void guichetd_gate_refuse_size (GuichetdExchange *exchange, gsize limit);

G_END_DECLS
