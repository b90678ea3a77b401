/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-event.h"
#include "guichet-json-reader.h"

G_BEGIN_DECLS

/**
 * GuichetProblem:
 *
 * What the server says when it does not do what it was asked (RFC 9457).
 */
typedef struct
{
  guint status;
  gboolean
      told;     /* by the server itself, and not by something on the way that knows only statuses */
  char *word;   /* last part of its type: `conflict`, `expiredAccessToken`… */
  char *detail; /* (nullable): a sentence for a person, in their language */
  gint64 retry_after; /* seconds; 0 if the server did not say */
  GPtrArray *changes; /* of GuichetEvent: with `conflict`, what happened since */
  GPtrArray
      *issues; /* of GuichetIssue: what is wrong with what was sent; details are for a person */
} GuichetProblem;

/**
 * guichet_problem_new:
 * @status: of the answer
 * @retry_after: (nullable): the header, in its form of seconds
 * @body: the answer's body, a problem or anything else
 *
 * Reads a problem. An answer that has none gets the word that belongs to its status.
 */
GuichetProblem *guichet_problem_new (guint status, const char *retry_after, GBytes *body);
void guichet_problem_free (GuichetProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetProblem, guichet_problem_free)

/**
 * guichet_problem_to_error:
 *
 * The one table of what a status means to the desk. An error that the server did not tell itself
 * means that it was not reached, whatever the status; what is too large is too large for anybody.
 *
 * Returns: (transfer full): an error of the domain GUICHET_DESK_ERROR
 */
GError *guichet_problem_to_error (const GuichetProblem *self);

/**
 * guichet_problem_is_passing:
 *
 * Whether the same call may succeed later as it is: the server is busy or going down.
 */
gboolean guichet_problem_is_passing (const GuichetProblem *self);

G_END_DECLS
