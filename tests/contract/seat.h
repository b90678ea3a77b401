/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-desk.h"
#include "guichet-open-request.h"
#include "town.h"

G_BEGIN_DECLS

/**
 * Seat:
 *
 * A desk with a temporary folder, and its clerk.
 */
typedef struct
{
  char *folder;        /* (owned) */
  GuichetClock *clock; /* (owned) */
  GuichetDesk *desk;   /* (owned) */
} Seat;

/** SEAT_PDF: the least that a document can be. */
#define SEAT_PDF                                           \
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" \
  "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

/** Reply: what came of one asynchronous call. */
typedef struct
{
  GAsyncResult *result; /* (owned) (nullable) */
  guint calls;          /* of the callback */
} Reply;

/** reply_cb: an asynchronous call's callback; @user_data: a Reply. */
void reply_cb (GObject *source, GAsyncResult *result, gpointer user_data);
/** reply_wait: until the callback came; a second one ends the test. (transfer full) */
GAsyncResult *reply_wait (Reply *self);

void seat_open (Seat *self);
/** seat_close: the desk must be gone afterwards, with all that it kept. */
void seat_close (Seat *self);
/** seat_leave: the program ends without a word, as when it is closed. */
void seat_leave (Seat *self);
/** seat_return: the program starts again, with the same folder. */
void seat_return (Seat *self);

/** seat_sign_in: with TOWN_PASSWORD; must go well. Does not wait for the mirror. */
void seat_sign_in (Seat *self, const char *server, const char *login);
gboolean seat_try_sign_in (Seat *self,
                           const char *server,
                           const char *login,
                           const char *password,
                           GError **error);
gboolean seat_resume (Seat *self, GError **error);
gboolean seat_sign_out (Seat *self, gboolean force, GError **error);
/** seat_sit_down: signs in and waits until the mirror is complete and the feed live. */
void seat_sit_down (Seat *self, const char *server, const char *login);

gboolean seat_is (Seat *self, GuichetDeskState state);
/** seat_is_kept: whether the keyring has the session, so that the program may end and return. */
gboolean seat_is_kept (Seat *self);
guint seat_pending (Seat *self);
guint seat_held (Seat *self);
gint64 seat_count (Seat *self, GuichetView view);
/** seat_version: of a request in the mirror; 0: it is not there. */
gint64 seat_version (Seat *self, const char *reference);

/** seat_command: a command for seat_type(). (transfer full) */
GuichetCommand *seat_command (GuichetCommandKind kind, const char *reference);
GuichetCommand *seat_note (const char *reference, const char *text);
/** seat_attach: of SEAT_PDF, as `attestation.pdf`. (transfer full) */
GuichetCommand *seat_attach (const char *reference);
GuichetCommand *seat_move (const char *reference, const char *to);
/** seat_type: (transfer full) @command: given to the outbox; waits until it is on disk. Its key. */
char *seat_type (Seat *self, GuichetCommand *command);

/** seat_open_request: waits until the request is on the screen. (transfer full) */
GuichetOpenRequest *seat_open_request (Seat *self, const char *reference);

/** seat_files: how many files there are in `mirrors` or `outboxes`, journals of databases not counted. */
guint seat_files (Seat *self, const char *folder);
/** seat_file: (transfer full): path of the one file in `mirrors` or `outboxes`. */
char *seat_file (Seat *self, const char *folder);
/** seat_open_files: how many files in `mirrors` and `outboxes` this process has open. */
guint seat_open_files (Seat *self);
/** seat_mentions: whether any file in `mirrors` or `outboxes` has these bytes. */
gboolean seat_mentions (Seat *self, const char *folder, const char *text);

G_END_DECLS
