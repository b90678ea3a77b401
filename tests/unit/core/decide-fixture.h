/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue-fixture.h"
#include "guichet-decide.h"

/* A request to decide about, and who decides. */

G_BEGIN_DECLS

#define NOW (G_GINT64_CONSTANT (1795521600) * G_USEC_PER_SEC)
#define TODAY (guichet_day_new (2026, 11, 24))

typedef struct
{
  GuichetCatalogue *catalogue;
  GuichetClerk *me;        /* a clerk */
  GuichetClerk *chief;     /* a supervisor */
  GuichetRequest *request; /* (nullable) */
  GuichetDecision decision;
  GError *error;
} Fixture;

typedef struct
{
  const char *path;
  void (*test) (Fixture *self, gconstpointer data);
} FixtureTest;

void fixture_add_tests (const FixtureTest *tests, guint n_tests);

/* The request of the small catalogue's POP-TST, at @stage. */
void stand (Fixture *self, const char *stage, const char *owner, gboolean document);

/* How many events came of it; what they do to the request is taken over. */
guint decide (Fixture *self, GuichetCommand *command, const GuichetClerk *actor);
guint decide_for (Fixture *self,
                  GuichetCommand *command,
                  const GuichetClerk *actor,
                  const GuichetClerk *target);
const GuichetEvent *event_at (Fixture *self, guint index);

void assert_refused (Fixture *self, GuichetRefusal refusal);
/* `type name` of every issue, one a line. */
void assert_issues (Fixture *self, const char *expected);

/* With whatever any kind of command may need. */
GuichetCommand *complete_command (GuichetCommandKind kind);

G_END_DECLS
