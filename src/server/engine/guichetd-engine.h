/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-account-decide.h"
#include "guichet-catalogue.h"
#include "guichet-clerk.h"
#include "guichet-clock.h"
#include "guichet-command.h"
#include "guichet-decide.h"
#include "guichet-text.h"
#include "guichetd-store.h"

G_BEGIN_DECLS

#define GUICHETD_ENGINE_ERROR (guichetd_engine_error_quark ())
GQuark guichetd_engine_error_quark (void);

/** Beside those, commands fail with GUICHET_REFUSAL. */
typedef enum
{
  GUICHETD_ENGINE_ERROR_NOT_FOUND, /* no such request, or not this clerk's to know of: never told apart */
  GUICHETD_ENGINE_ERROR_KEY_REUSED,    /* the key came before with another content */
  GUICHETD_ENGINE_ERROR_AFTER_UNKNOWN, /* `after` names a command that was never accepted */
} GuichetdEngineError;

#define GUICHETD_TYPE_ENGINE (guichetd_engine_get_type ())

/**
 * GuichetdEngine:
 *
 * Authorise, decide, append: the one way in which a request changes and the one door
 * through which it is read. Every function asks guichet_clerk_can() before anything else and
 * puts the same rights into the SQL of lists; only what a clerk's command came to is theirs to
 * hear again without. Reads of a person's data come back only when their access record is on disk.
 *
 * Signal `appended` (gint64 number, GuichetDepartment department, const char *procedure):
 * emitted in the main context, once for each journal event that was made durable.
 *
 * Signal `mail-queued`: emitted in the main context: guichetd-mail-queue.h has something new.
 */
G_DECLARE_FINAL_TYPE (GuichetdEngine, guichetd_engine, GUICHETD, ENGINE, GObject)

/** guichetd_engine_new: @town's strings are copied. */
GuichetdEngine *guichetd_engine_new (GuichetdStore *store,
                                     GuichetCatalogue *catalogue,
                                     GuichetTexts *texts,
                                     const GuichetTown *town,
                                     GuichetClock *clock,
                                     GTimeZone *zone);

/**
 * guichetd_engine_note_catalogue:
 *
 * Before anything else is asked of the engine, and before sessions are read: where the catalogue
 * is another one than when it was noted last, draws the lines of open requests anew, with the days
 * that its terms and its calendar give them; and gives every desk a new epoch if that changed any, or
 * if other procedures are open to all.
 */
gboolean guichetd_engine_note_catalogue (GuichetdEngine *self, GError **error);

GuichetCatalogue *guichetd_engine_get_catalogue (GuichetdEngine *self);

/** guichetd_engine_check_async: whether the journal can be read, for who watches over the server. */
void guichetd_engine_check_async (GuichetdEngine *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean guichetd_engine_check_finish (GuichetdEngine *self, GAsyncResult *result, GError **error);

/** What a command came to; the same answer every time it is sent. */
typedef struct
{
  char *reference;
  gint64 version;
  gint64 number; /* of its last event; 0 if it changed nothing */
} GuichetdReceipt;
void guichetd_receipt_free (GuichetdReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdReceipt, guichetd_receipt_free)

/** What a refusal has to say beside its code. */
typedef struct
{
  GPtrArray *issues;          /* (nullable) of GuichetIssue */
  GPtrArray *changes;         /* (nullable) of GuichetEvent: with GUICHET_REFUSAL_CONFLICT */
  char *account;              /* (nullable): with GUICHET_REFUSAL_ACCOUNT_EXISTS: which */
  GPtrArray *account_changes; /* (nullable) of GuichetAccountEvent: with GUICHET_REFUSAL_CONFLICT */
} GuichetdRefused;
void guichetd_refused_clear (GuichetdRefused *self);

/**
 * guichetd_engine_command_async:
 * @actor: (nullable): who asks; %NULL for the daemon itself
 * @command: key set; for submit a reference is made of actor and key in the writer
 */
void guichetd_engine_command_async (GuichetdEngine *self,
                                    GuichetClerk *actor,
                                    GuichetCommand *command,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/** guichetd_engine_command_finish: @refused: (out caller-allocates) (optional): filled on failure; clear it. */
GuichetdReceipt *guichetd_engine_command_finish (GuichetdEngine *self,
                                                 GAsyncResult *result,
                                                 GuichetdRefused *refused,
                                                 GError **error);
/** guichetd_engine_command: the same, waiting for it: for the tool and sample data. */
GuichetdReceipt *guichetd_engine_command (GuichetdEngine *self,
                                          GuichetClerk *actor,
                                          GuichetCommand *command,
                                          GuichetdRefused *refused,
                                          GError **error);

/*
 * Reads. Each gives the body of the API's answer (JSON, or the PDF), written in a reader
 * thread. @route is a word for the access record: `request`, `events`, `document`, `search`,
 * `changes`, `preview`, `identityCheck`. The route puts `epoch`, which belongs to the session, before the
 * members of `changes`.
 */
void guichetd_engine_request_async (GuichetdEngine *self,
                                    GuichetClerk *actor,
                                    const char *reference,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void guichetd_engine_events_async (GuichetdEngine *self,
                                   GuichetClerk *actor,
                                   const char *reference,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void guichetd_engine_document_async (GuichetdEngine *self,
                                     GuichetClerk *actor,
                                     const char *reference,
                                     const char *document,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void guichetd_engine_preview_async (GuichetdEngine *self,
                                    GuichetClerk *actor,
                                    const char *reference,
                                    const char *to,
                                    const char *reason,
                                    const char *sentence,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void guichetd_engine_changes_async (GuichetdEngine *self,
                                    GuichetClerk *actor,
                                    gint64 after,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/** guichetd_engine_newest_async: the `last` that `changes` ends with for @actor, and nothing else. */
void guichetd_engine_newest_async (GuichetdEngine *self,
                                   GuichetClerk *actor,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean guichetd_engine_newest_finish (GuichetdEngine *self,
                                        GAsyncResult *result,
                                        gint64 *ret_newest,
                                        GError **error);

/** What a search asks for; every member optional. */
typedef struct
{
  GuichetDepartment department;
  guint phases; /* bit (1 << GuichetPhase) each; 0: any */
  char *stage;
  char *procedure;
  char *assignee; /* login, `me` or `none` */
  gboolean late;
  char *text;      /* words, each a prefix */
  char *niss;      /* eleven digits: exact lookup */
  char *sort;      /* `received` (newest first, default), `due`, `changed` */
  guint page_size; /* 0: 50; at most 200 */
  char *cursor;    /* opaque, from `next` */
} GuichetdSearch;
void guichetd_search_free (GuichetdSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdSearch, guichetd_search_free)

/** guichetd_engine_search_async: @search: (transfer full). `total` is exact but for words, whose finds are counted no further than 1000. */
void guichetd_engine_search_async (GuichetdEngine *self,
                                   GuichetClerk *actor,
                                   GuichetdSearch *search,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/*
 * Whether @actor may record a check of who the person of a request is, which needs the right to
 * work on it; and that person, which is recorded as a reading.
 */
void guichetd_engine_may_check_async (GuichetdEngine *self,
                                      GuichetClerk *actor,
                                      const char *reference,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
guichetd_engine_may_check_finish (GuichetdEngine *self, GAsyncResult *result, GError **error);
void guichetd_engine_citizen_async (GuichetdEngine *self,
                                    GuichetClerk *actor,
                                    const char *reference,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/** guichetd_engine_citizen_finish: @ret_citizen: (out) (transfer full) (nullable): nobody, if it was purged. */
gboolean guichetd_engine_citizen_finish (GuichetdEngine *self,
                                         GAsyncResult *result,
                                         GuichetCitizen **ret_citizen,
                                         GError **error);

/* Accounts, which belong to no department */

/** guichetd_engine_may_assist: whether @actor may have to do with accounts at all; else fails with GUICHET_REFUSAL_NOT_ALLOWED, whatever they ask. */
gboolean
guichetd_engine_may_assist (GuichetdEngine *self, const GuichetClerk *actor, GError **error);

/**
 * guichetd_engine_account_command_async:
 * @command: key set; for open a name is made of actor and key in the writer
 *
 * As guichetd_engine_command_async(). Being told that a person has an account is a reading, and
 * recorded as one.
 */
void guichetd_engine_account_command_async (GuichetdEngine *self,
                                            GuichetClerk *actor,
                                            GuichetAccountCommand *command,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/** guichetd_engine_account_command_finish: @refused: (out caller-allocates) (optional): filled on failure; clear it. `reference` is the account's name. */
GuichetdReceipt *guichetd_engine_account_command_finish (GuichetdEngine *self,
                                                         GAsyncResult *result,
                                                         GuichetdRefused *refused,
                                                         GError **error);

/** guichetd_engine_account_async: one account, by its name. */
void guichetd_engine_account_async (GuichetdEngine *self,
                                    GuichetClerk *actor,
                                    const char *account,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/** guichetd_engine_search_accounts_async: @niss: eleven digits. Finds one account, or none. */
void guichetd_engine_search_accounts_async (GuichetdEngine *self,
                                            GuichetClerk *actor,
                                            const char *niss,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);

/** guichetd_engine_read_finish: of all the other reads here. */
GBytes *guichetd_engine_read_finish (GuichetdEngine *self, GAsyncResult *result, GError **error);

/** A reading that the desk did from its mirror. */
typedef struct
{
  char *key; /* UUID: recorded once however often it is sent */
  char *reference;
  gint64 instant;
} GuichetdShown;
void guichetd_shown_free (GuichetdShown *self);

/** guichetd_engine_record_shown_async: @shown: (element-type GuichetdShown) (transfer full); those not this clerk's to see are recorded too, and marked. */
void guichetd_engine_record_shown_async (GuichetdEngine *self,
                                         GuichetClerk *actor,
                                         GPtrArray *shown,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean
guichetd_engine_record_shown_finish (GuichetdEngine *self, GAsyncResult *result, GError **error);

/**
 * guichetd_engine_purge_async:
 * @reference: of a request, or the name of an account
 * @by: user of the machine who asks for it; kept in the event
 * @reason: kept with the event, sealed under a key of the town's; says nothing of the person
 *
 * Appends `purged`, destroys the key and removes request or account from every row, index and file of the
 * store. Takes its time, during which nothing else is written. Purging again what is purged
 * finishes what a crash may have left, and succeeds. Fails with G_IO_ERROR_BUSY while a backup is made.
 */
void guichetd_engine_purge_async (GuichetdEngine *self,
                                  const char *reference,
                                  const char *by,
                                  const char *reason,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean guichetd_engine_purge_finish (GuichetdEngine *self, GAsyncResult *result, GError **error);
/** guichetd_engine_purge: the same, waiting for it: for the tool. */
gboolean guichetd_engine_purge (GuichetdEngine *self,
                                const char *reference,
                                const char *by,
                                const char *reason,
                                GError **error);

G_END_DECLS
