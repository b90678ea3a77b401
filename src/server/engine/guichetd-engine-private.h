/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-engine.h"
#include "guichetd-listing.h"
#include "guichetd-receipts.h"
#include "guichetd-recent.h"
#include "guichetd-requests.h"
#include "guichetd-store-private.h"

G_BEGIN_DECLS

/* Requests that the writer remembers: what a town's clerks have before them, and more. */
#define GUICHETD_ENGINE_RECENT 1024

struct _GuichetdEngine
{
  GObject parent_instance;

  /* Given */
  GuichetdStore *store;        /* (owned) */
  GuichetCatalogue *catalogue; /* (owned) */
  GuichetTexts *texts;         /* (owned) (nullable) */
  char *town;
  char *link;
  char *contact;
  GuichetClock *clock; /* (owned) */
  GTimeZone *zone;     /* (owned) */

  /* Owned */
  GMainContext *context; /* where signals are emitted */

  GuichetdRecent *recent; /* the writer's own */
};

/* Rights, in guichetd-engine-rights.c: the only place of the engine that asks guichet_clerk_can() */

/** guichetd_engine_can: a procedure that left the catalogue counts as restricted. */
gboolean guichetd_engine_can (GuichetdEngine *self,
                              const GuichetClerk *actor,
                              GuichetCapability wanted,
                              GuichetDepartment department,
                              const char *procedure);

/** guichetd_engine_admit: fails with NOT_FOUND if @actor may not even list it, with NOT_ALLOWED if not what is @wanted. */
gboolean guichetd_engine_admit (GuichetdEngine *self,
                                const GuichetClerk *actor,
                                GuichetCapability wanted,
                                GuichetDepartment department,
                                const char *procedure,
                                GError **error);

/** guichetd_engine_may_know: whether @actor may list the request @name, or has to do with accounts if it is one of an account. */
gboolean guichetd_engine_may_know (GuichetdEngine *self,
                                   GuichetDb *db,
                                   const GuichetClerk *actor,
                                   const char *name,
                                   gboolean *ret_may,
                                   GError **error);

/** guichetd_engine_not_found: the one error that an unknown and a hidden request have in common; always %FALSE. */
gboolean guichetd_engine_not_found (GError **error);

/** guichetd_engine_rights: what @actor may list. */
void
guichetd_engine_rights (GuichetdEngine *self, const GuichetClerk *actor, GuichetdRights *rights);

/* Lines, in guichetd-engine-lines.c */

/** guichetd_engine_line: the queue line of @request as of now. (transfer full) */
GuichetLine *guichetd_engine_line (GuichetdEngine *self,
                                   GuichetDb *db,
                                   const GuichetRequest *request,
                                   gint64 now,
                                   GError **error);

GuichetDay guichetd_engine_day (GuichetdEngine *self, gint64 instant);

/* Receipts, in guichetd-engine-receipt.c */

/** guichetd_engine_receipt: what is told of what was kept. (transfer full) */
GuichetdReceipt *guichetd_engine_receipt (const GuichetdKept *kept);

/**
 * guichetd_engine_find_receipt: in the writer, before anything else is looked at
 * @actor: (nullable): %NULL for the daemon
 * @digest: of what is asked now, %GUICHETD_DIGEST_BYTES
 * @ret_receipt: (out) (transfer full): set if the command came before: the same answer again, and nothing else
 *
 * What was done stays so for who did it, whatever they may see by now. Fails with KEY_REUSED if another one came
 * with that key. Whoever may not know of what that one was about gets its receipt in any case: what it asked is
 * forgotten with a purge, so that they would learn of it.
 */
gboolean guichetd_engine_find_receipt (GuichetdEngine *self,
                                       GuichetDb *db,
                                       const GuichetClerk *actor,
                                       const char *key,
                                       const guint8 *digest,
                                       GuichetdReceipt **ret_receipt,
                                       GError **error);

/* Commands, in guichetd-engine-command.c */

/** What a command needs and what comes of it; part of a job. */
typedef struct
{
  GuichetdEngine *engine;  /* borrowed */
  GuichetClerk *actor;     /* (owned) (nullable) */
  GuichetCommand *command; /* (owned) */
  gboolean digested;
  guint8 digest[32];

  GPtrArray *events;        /* (owned) (nullable): what was appended */
  gboolean queued;          /* a notification */
  GuichetdReceipt *receipt; /* (owned) (nullable) */
  GuichetdRefused refused;
} GuichetdAct;

void guichetd_act_init (GuichetdAct *self,
                        GuichetdEngine *engine,
                        GuichetClerk *actor,
                        GuichetCommand *command);
void guichetd_act_clear (GuichetdAct *self);

/** guichetd_act_digest: what tells the command from another; a GuichetdWork that needs no database. */
gboolean guichetd_act_digest (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error);

/** guichetd_act_perform: authorise, decide, append; a GuichetdWork for the writer. @data is the act. */
gboolean guichetd_act_perform (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error);

/* Commands about accounts, in guichetd-engine-account.c */

/** What such a command needs and what comes of it; part of a job. */
typedef struct
{
  GuichetdEngine *engine;         /* borrowed */
  GuichetClerk *actor;            /* (owned) (nullable): NULL for the tool */
  GuichetAccountCommand *command; /* (owned) */

  GuichetdReceipt *receipt; /* (owned) (nullable) */
  GuichetdRefused refused;
  GError *refusal; /* (owned) (nullable): one that is told only when it is recorded */
} GuichetdAccountAct;

void guichetd_account_act_init (GuichetdAccountAct *self,
                                GuichetdEngine *engine,
                                GuichetClerk *actor,
                                GuichetAccountCommand *command);
void guichetd_account_act_clear (GuichetdAccountAct *self);

/** guichetd_account_act_perform: authorise, decide, append; a GuichetdWork for the writer. @data is the act. */
gboolean
guichetd_account_act_perform (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error);

/** guichetd_engine_announce: tells of what was made durable, in the engine's context; any thread. */
void guichetd_engine_announce (GuichetdEngine *self, GPtrArray *events, gboolean queued);

G_END_DECLS
