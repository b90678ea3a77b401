/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichet-clock.h"
#include "guichetd-card-judge.h"
#include "guichetd-password.h"
#include "guichetd-session.h"
#include "guichetd-store.h"

G_BEGIN_DECLS

#define GUICHETD_AUTH_ERROR (guichetd_auth_error_quark ())
GQuark guichetd_auth_error_quark (void);

typedef enum
{
  GUICHETD_AUTH_ERROR_INVALID,   /* login, password, or both: never said which */
  GUICHETD_AUTH_ERROR_THROTTLED, /* too many failures: see guichetd_auth_get_retry_after() */
  GUICHETD_AUTH_ERROR_BUSY,      /* too many sign-ins wait for their turn */
} GuichetdAuthError;

/** A member that is 0 has the value said here. */
typedef struct
{
  GuichetdPasswordCost cost; /* guichetd_password_cost_default */
  guint idle;                /* seconds without a question after which a session ends; 900 */
  guint absolute;            /* seconds after which it ends in any case; 36000 */
  gboolean card_revocation;  /* a card signs in only if it is known not to be revoked */
} GuichetdAuthOptions;

#define GUICHETD_TYPE_AUTH (guichetd_auth_get_type ())

/**
 * GuichetdAuth:
 *
 * Who is who: staff, passwords, sessions. Holds all staff and sessions in memory, so that finding
 * out who asks costs a digest and a look-up; the store has them too. Main thread only.
 *
 * Signal `staff-changed`: who there is, or what one of them may do, is another than before; sessions
 * have the new clerk and epoch already.
 * Signal `session-ended` (GuichetdSession *session): signed out, expired or revoked.
 */
G_DECLARE_FINAL_TYPE (GuichetdAuth, guichetd_auth, GUICHETD, AUTH, GObject)

/** guichetd_auth_new: @options: (nullable) */
GuichetdAuth *
guichetd_auth_new (GuichetdStore *store, GuichetClock *clock, const GuichetdAuthOptions *options);

/** guichetd_auth_load: reads staff and sessions; before the main loop, since it waits. */
gboolean guichetd_auth_load (GuichetdAuth *self, GError **error);

/** guichetd_auth_close: writes what sessions were used when, ends the hashing. Safe to call twice. */
void guichetd_auth_close (GuichetdAuth *self);

/**
 * guichetd_auth_sign_in_async:
 * @password: copied into memory that is wiped
 * @source: where the question comes from
 *
 * The same answer after the same work, whether the login is unknown, barred or the password wrong.
 */
void guichetd_auth_sign_in_async (GuichetdAuth *self,
                                  const char *login,
                                  const char *password,
                                  const char *source,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/**
 * guichetd_auth_sign_in_finish:
 * @ret_token: (out) (transfer full): the only copy
 * @ret_retry_after: (out): seconds, with THROTTLED and BUSY
 *
 * Returns: (transfer full): the session
 */
GuichetdSession *guichetd_auth_sign_in_finish (GuichetdAuth *self,
                                               GAsyncResult *result,
                                               char **ret_token,
                                               guint *ret_retry_after,
                                               GError **error);

/**
 * guichetd_auth_sign_in_card_async:
 * @judge: verifies it
 * @card: (transfer full): its challenge set, if what it answers was given and is not over
 * @source: where the question comes from
 *
 * Signs in who is bound to this card, if its holder's key answered after the PIN. The same answer
 * whether the card is nobody's, not good or not answered for. Ends with
 * guichetd_auth_sign_in_finish().
 */
void guichetd_auth_sign_in_card_async (GuichetdAuth *self,
                                       GuichetdCardJudge *judge,
                                       GuichetdCard *card,
                                       const char *source,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/**
 * guichetd_auth_bind_card_async:
 * @number: (nullable): national number of the holder, of which a keyed digest is kept; NULL takes
 *   the card away and ends the clerk's sessions
 *
 * From now on the cards of this person sign @login in, also one that replaces the one they have.
 */
void guichetd_auth_bind_card_async (GuichetdAuth *self,
                                    const char *login,
                                    const char *number,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean guichetd_auth_bind_card_finish (GuichetdAuth *self, GAsyncResult *result, GError **error);
/** guichetd_auth_bind_card: the same without a daemon, waiting for it: for the tool, alone on the store. */
gboolean guichetd_auth_bind_card (GuichetdStore *store,
                                  const char *login,
                                  const char *number,
                                  GError **error);

/**
 * guichetd_auth_find:
 * @ret_expired: (out): whether there was such a session, and its time is over
 *
 * Returns: (transfer none) (nullable): the session of a token; using it keeps it alive
 */
GuichetdSession *guichetd_auth_find (GuichetdAuth *self, const char *token, gboolean *ret_expired);

/** guichetd_auth_is_alive: whether a session is still good, without using it. */
gboolean guichetd_auth_is_alive (GuichetdAuth *self, GuichetdSession *session);

/** guichetd_auth_sign_out_async: answered when the store has forgotten it too. */
void guichetd_auth_sign_out_async (GuichetdAuth *self,
                                   GuichetdSession *session,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean guichetd_auth_sign_out_finish (GuichetdAuth *self, GAsyncResult *result, GError **error);

/** guichetd_auth_get_staff: (transfer none) (element-type GuichetClerk): all, by login. */
GPtrArray *guichetd_auth_get_staff (GuichetdAuth *self);
/** guichetd_auth_get_clerk: (transfer none) (nullable) */
GuichetClerk *guichetd_auth_get_clerk (GuichetdAuth *self, const char *login);

/**
 * guichetd_auth_put_staff_async:
 * @clerk: as they shall be
 * @password: (nullable): NULL leaves a known clerk's as it is
 * @create: whether the clerk is new; else they must be known
 *
 * Adds or changes a member of staff. A password that is not good enough fails with
 * G_IO_ERROR_INVALID_DATA. Sessions of a clerk who is no longer active, or whose password is
 * new, end; others see the new rights at once.
 */
void guichetd_auth_put_staff_async (GuichetdAuth *self,
                                    GuichetClerk *clerk,
                                    const char *password,
                                    gboolean create,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean guichetd_auth_put_staff_finish (GuichetdAuth *self, GAsyncResult *result, GError **error);

/** guichetd_auth_put_staff: the same without a daemon, waiting for it: for the tool, alone on the store. */
gboolean guichetd_auth_put_staff (GuichetdStore *store,
                                  GuichetClock *clock,
                                  const GuichetdPasswordCost *cost,
                                  GuichetClerk *clerk,
                                  const char *password,
                                  gboolean create,
                                  GError **error);

/** guichetd_auth_get_hashes: how many passwords were hashed or verified; for tests. */
guint guichetd_auth_get_hashes (GuichetdAuth *self);

G_END_DECLS
