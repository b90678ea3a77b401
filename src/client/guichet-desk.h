/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-catalogue.h"
#include "guichet-clerk.h"
#include "guichet-clock.h"
#include "guichet-command.h"
#include "guichet-json-reader.h"
#include "guichet-line.h"
#include "guichet-text.h"
#include "guichet-view.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_DESK (guichet_desk_get_type ())

/**
 * GuichetDesk:
 *
 * The server as the desk sees it, and all that the desk keeps of it: session, feed, mirror
 * and outbox behind one door. The window reads from the mirror only, and acts by giving
 * commands to the outbox only; everything else happens by itself.
 *
 * Properties, all notified: `state`, `clerk`, `catalogue`, `sync-done`, `sync-total` (requests),
 * `pending` (commands not yet confirmed), `held` (commands given back to the clerk),
 * `offline-since` (instant, 0 while online), `signing-out` (see guichet_desk_is_signing_out()),
 * `leaving` (see guichet_desk_is_leaving()),
 * `unfinished` (see guichet_desk_is_unfinished()),
 * `keyring` (whether the token outlives the program), `keyring-missing` (whether it turned out
 * that it does not; neither before the keyring has answered).
 *
 * Signal `counts-changed`: what guichet_desk_get_count() says may be another number.
 * Signal `held-changed`: the list of guichet_desk_get_held() changed.
 * Signal `arrived` (reference): a request new in one of this clerk's "to take" queues or
 * newly theirs by somebody else's act, not during the first synchronisation.
 *
 * Main thread only.
 */
G_DECLARE_FINAL_TYPE (GuichetDesk, guichet_desk, GUICHET, DESK, GObject)

typedef enum
{
  GUICHET_DESK_SIGNED_OUT,
  GUICHET_DESK_SYNCHRONISING, /* signed in, first synchronisation under way */
  GUICHET_DESK_ONLINE,
  GUICHET_DESK_OFFLINE, /* signed in, server out of reach: everything but refreshing works */
} GuichetDeskState;
#define GUICHET_TYPE_DESK_STATE (guichet_desk_state_get_type ())
GType guichet_desk_state_get_type (void);

#define GUICHET_DESK_ERROR (guichet_desk_error_quark ())
GQuark guichet_desk_error_quark (void);

/** What a call came to; the window has a sentence for each. */
typedef enum
{
  GUICHET_DESK_ERROR_ADDRESS,     /* not the address of a server (https, or http on loopback) */
  GUICHET_DESK_ERROR_UNREACHABLE, /* no answer */
  GUICHET_DESK_ERROR_CERTIFICATE, /* the server's certificate is not trusted */
  GUICHET_DESK_ERROR_CREDENTIALS, /* login or password wrong */
  GUICHET_DESK_ERROR_SLOW_DOWN,   /* too many attempts; the message says how long to wait */
  GUICHET_DESK_ERROR_SIGNED_OUT,  /* the session ended */
  GUICHET_DESK_ERROR_NOT_ALLOWED,
  GUICHET_DESK_ERROR_GONE,       /* no such request, or not this clerk's to see */
  GUICHET_DESK_ERROR_REFUSED,    /* the server refuses; the message is for a person */
  GUICHET_DESK_ERROR_UNSENT,     /* signing out would leave commands unsent */
  GUICHET_DESK_ERROR_PROTOCOL,   /* an answer that makes no sense */
  GUICHET_DESK_ERROR_STORAGE,    /* what is kept on this computer cannot be written */
  GUICHET_DESK_ERROR_UNREADABLE, /* the local copy cannot be read */
  GUICHET_DESK_ERROR_FILED,      /* it was filed before, with another content */
  GUICHET_DESK_ERROR_FAILED,     /* an error of the server's own; perhaps it did it all the same */
} GuichetDeskError;

/** guichet_desk_error_is_open: whether it leaves open whether the server did what it was asked to. */
gboolean guichet_desk_error_is_open (const GError *error);

/**
 * guichet_desk_new:
 * @clock: what time it is on this machine; lateness is counted from the server's
 * @data_dir: where outbox and mirrors of each user go; made with mode 0700
 */
GuichetDesk *guichet_desk_new (GuichetClock *clock, const char *data_dir);

/** guichet_desk_sign_in_async: @server is an address such as `https://guichet.mons.be`. */
void guichet_desk_sign_in_async (GuichetDesk *self,
                                 const char *server,
                                 const char *login,
                                 const char *password,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean guichet_desk_sign_in_finish (GuichetDesk *self, GAsyncResult *result, GError **error);

/**
 * guichet_desk_resume_async:
 *
 * Goes on with the session kept in the keyring. Succeeds as soon as the mirror is open,
 * without waiting for the server; if the session turns out to have ended, `state` becomes
 * signed out later. Fails with GUICHET_DESK_ERROR_SIGNED_OUT if there is none.
 */
void guichet_desk_resume_async (GuichetDesk *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean guichet_desk_resume_finish (GuichetDesk *self, GAsyncResult *result, GError **error);

/**
 * guichet_desk_sign_out_async:
 * @force: sign out even with unsent commands and readings (they stay in the outbox for next time)
 *
 * Has what was read out of the mirror recorded, for as long as a person waits; revokes the session, forgets the
 * token, wipes the mirror. Without @force, GUICHET_DESK_ERROR_UNSENT says that the clerk has to be asked.
 * One at a time: G_IO_ERROR_PENDING while guichet_desk_is_signing_out().
 */
void guichet_desk_sign_out_async (GuichetDesk *self,
                                  gboolean force,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean guichet_desk_sign_out_finish (GuichetDesk *self, GAsyncResult *result, GError **error);

GuichetDeskState guichet_desk_get_state (GuichetDesk *self);
/** guichet_desk_has_expired: whether nobody is signed in since a session merely expired: its clerk is expected back. */
gboolean guichet_desk_has_expired (GuichetDesk *self);
/** guichet_desk_has_returned: whether who is signed in is the clerk whose session had expired before. */
gboolean guichet_desk_has_returned (GuichetDesk *self);
/** guichet_desk_is_signing_out: whether what was read is being recorded, and the session ends after that. */
gboolean guichet_desk_is_signing_out (GuichetDesk *self);
/** guichet_desk_is_leaving: whether a session has ended, and its files are still being put away. */
gboolean guichet_desk_is_leaving (GuichetDesk *self);
/**
 * guichet_desk_is_unfinished: whether the program must not end yet: what was typed is on its way to the
 * disk, a session is being put away, or what somebody else left here is being deleted. The server is not
 * waited for longer than a person would.
 */
gboolean guichet_desk_is_unfinished (GuichetDesk *self);
/** guichet_desk_get_n_unsent: commands that the server does not have yet, those given back to the clerk not counted. */
guint guichet_desk_get_n_unsent (GuichetDesk *self);
/** guichet_desk_get_n_unrecorded: how often something was read out of the mirror that the server has not recorded yet. */
guint guichet_desk_get_n_unrecorded (GuichetDesk *self);
/** guichet_desk_get_server: (transfer none) (nullable): last address used, also when signed out. */
const char *guichet_desk_get_server (GuichetDesk *self);
/** guichet_desk_get_login: (transfer none) (nullable): last login used. */
const char *guichet_desk_get_login (GuichetDesk *self);
const GuichetClerk *guichet_desk_get_clerk (GuichetDesk *self); /* (nullable) (transfer none) */
const GuichetCatalogue *
guichet_desk_get_catalogue (GuichetDesk *self); /* (nullable) (transfer none) */
/** guichet_desk_now: now, by the server's clock, in microseconds. */
gint64 guichet_desk_now (GuichetDesk *self);
/** guichet_desk_today: today at the town hall, by the server's clock. */
GuichetDay guichet_desk_today (GuichetDesk *self);
/** guichet_desk_get_zone: the town's time zone. (transfer none) */
GTimeZone *guichet_desk_get_zone (GuichetDesk *self);

/** guichet_desk_get_count: how many requests a view holds; -1 while not known. @department NONE: all. */
gint64 guichet_desk_get_count (GuichetDesk *self, GuichetView view, GuichetDepartment department);

/** guichet_desk_name_of: display name of a login, itself if not known. @login: (nullable). (transfer none) (nullable) */
const char *guichet_desk_name_of (GuichetDesk *self, const char *login);
/** guichet_desk_get_colleagues: (transfer none) (element-type GuichetClerk): to whom a request of @department may be assigned; of none: all of the house, those who are barred too. */
GPtrArray *guichet_desk_get_colleagues (GuichetDesk *self, GuichetDepartment department);

/** guichet_desk_refresh: asks the server at once instead of waiting for the feed. */
void guichet_desk_refresh (GuichetDesk *self);

/**
 * guichet_desk_get_looked_at:
 *
 * The version of a request that the clerk is looking at; 0: it is not known here. It goes on while others work,
 * also behind a sheet that stands over the page: what is decided on such a sheet keeps the version of
 * when it was opened, and goes as its command's `expected_version`.
 */
gint64 guichet_desk_get_looked_at (GuichetDesk *self, const char *reference);

/**
 * guichet_desk_submit:
 * @command: (transfer none): for an existing request; its `after` is set here, and its `expected_version`,
 *   if it is 0, from what the clerk is looking at
 *
 * Puts the command into the outbox. Nothing waits for the server: the command shows as
 * pending until the feed confirms it.
 */
void guichet_desk_submit (GuichetDesk *self,
                          GuichetCommand *command,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/** guichet_desk_submit_finish: TRUE once the command is flushed to the disk. */
gboolean guichet_desk_submit_finish (GuichetDesk *self, GAsyncResult *result, GError **error);

/**
 * guichet_desk_list_pending: (transfer full) (element-type GuichetCommand): what this clerk did to a
 * request and the server has not confirmed, in the order typed.
 */
GPtrArray *guichet_desk_list_pending (GuichetDesk *self, const char *reference);

/**
 * guichet_desk_file_async:
 * @command: (transfer none): a submission. Given once more with the same key and content, it is
 *   filed once, whatever became of the first call
 *
 * Files a request on behalf of a citizen. It does not go into the outbox: the citizen waits for
 * the reference, and nothing of what they said stays on this computer.
 */
void guichet_desk_file_async (GuichetDesk *self,
                              GuichetCommand *command,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/**
 * guichet_desk_file_finish:
 * @ret_issues: (out) (transfer full) (element-type GuichetIssue): what is wrong with it, place by
 *   place, if the server says so; empty for any other failure
 *
 * Returns: (transfer full) (nullable): the reference
 */
char *guichet_desk_file_finish (GuichetDesk *self,
                                GAsyncResult *result,
                                GPtrArray **ret_issues,
                                GError **error);

/** A command that the server refused, or one typed behind such a command. */
typedef struct
{
  GuichetCommand *command;
  char *
      problem; /* the API's word: `conflict`, `notAllowed`…; `behind` for one typed behind a refused one */
  char *owner;                   /* (nullable) name of the colleague that an `assign` gives it to */
  char *changed_by;              /* (nullable) conflict: who */
  GuichetEventKind changed_kind; /* conflict: what */
  gint64 changed_at;             /* conflict: when */
  gint64 typed_at;
} GuichetHeld;

/** guichet_desk_find_line: (transfer full) (nullable): the request as the list has it, if it is in the list. */
GuichetLine *guichet_desk_find_line (GuichetDesk *self, const char *reference);

/** guichet_desk_get_held: (transfer none) (element-type GuichetHeld): in the order typed. */
GPtrArray *guichet_desk_get_held (GuichetDesk *self);
/** guichet_desk_retry_held: sends it again, against the request as it is now; those behind follow. */
void guichet_desk_retry_held (GuichetDesk *self, const char *key);
/** guichet_desk_discard_held: gives it up, and those behind it. */
void guichet_desk_discard_held (GuichetDesk *self, const char *key);

/**
 * guichet_desk_keep_draft:
 * @reference: (nullable): of the request that it is about, if it is about one
 * @act: how it is opened again, in the words of who keeps it
 * @texts: what is typed; nothing is kept of empty ones. The last one says what is chosen, in no words for a reader.
 *
 * Keeps what was half typed when the session expired, in memory, for the clerk whose it was.
 * After any other end of a session nothing is kept, and who else signs in makes it go.
 */
void guichet_desk_keep_draft (GuichetDesk *self,
                              const char *reference,
                              const char *act,
                              const char *const *texts);
/** guichet_desk_take_draft: @reference: (nullable). (transfer full) (nullable): what is kept of it, which is then kept no more. */
GStrv guichet_desk_take_draft (GuichetDesk *self, const char *reference, const char *act);
/** guichet_desk_get_drafted: @reference: (nullable). (transfer none) (nullable): an act of which something is kept about it. */
const char *guichet_desk_get_drafted (GuichetDesk *self, const char *reference);
/** guichet_desk_get_drafted_request: (transfer none) (nullable): the reference of the last about which something is kept. */
const char *guichet_desk_get_drafted_request (GuichetDesk *self);
/** guichet_desk_drop_drafts: keeps nothing of that request any more. Returns: whether something was kept. */
gboolean guichet_desk_drop_drafts (GuichetDesk *self, const char *reference);
/** guichet_desk_has_drafts: whether something is kept. */
gboolean guichet_desk_has_drafts (GuichetDesk *self);

/** guichet_desk_preview_async: what a move would tell the citizen, rendered by the server. */
void guichet_desk_preview_async (GuichetDesk *self,
                                 const char *reference,
                                 const char *to,
                                 const char *reason,
                                 const char *sentence,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/** guichet_desk_preview_finish: @ret_address: (out) (transfer full) (nullable): where it would go. */
GuichetRendering *guichet_desk_preview_finish (GuichetDesk *self,
                                               GAsyncResult *result,
                                               char **ret_address,
                                               GError **error);

/** guichet_desk_find_person_async: exact lookup by national register number, at the server; recorded there. */
void guichet_desk_find_person_async (GuichetDesk *self,
                                     const char *niss,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/** guichet_desk_find_person_finish: (transfer full) (element-type GuichetLine): what they have, newest first; may be empty. */
GPtrArray *
guichet_desk_find_person_finish (GuichetDesk *self, GAsyncResult *result, GError **error);

/** guichet_desk_fetch_document_async: the PDF, checked against its hash. */
void guichet_desk_fetch_document_async (GuichetDesk *self,
                                        const char *reference,
                                        const char *document,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GBytes *
guichet_desk_fetch_document_finish (GuichetDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
