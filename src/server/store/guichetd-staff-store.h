/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-clerk.h"
#include "guichet-db.h"
#include "guichetd-store.h"

G_BEGIN_DECLS

/*
 * Staff and their sessions in the journal's database. These run in a thread of the store, on
 * its connection.
 */

/** GUICHETD_CARD_DIGEST: bytes of what is kept of the number on a card. */
#define GUICHETD_CARD_DIGEST 32

/** A member of staff as the database keeps them. */
typedef struct
{
  GuichetClerk *clerk;
  char *password;    /* Argon2id, PHC string */
  gint64 epoch;      /* counts the changes of their rights, from 1 */
  gboolean has_card; /* that signs them in */
  guint8 card[GUICHETD_CARD_DIGEST];
} GuichetdStaff;
void guichetd_staff_free (GuichetdStaff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdStaff, guichetd_staff_free)

/** guichetd_staff_store_find: (nullable) (transfer full): NULL without @error if there is no such login. */
GuichetdStaff *guichetd_staff_store_find (GuichetDb *db, const char *login, GError **error);

/** guichetd_staff_store_find_name: @ret_name: (out) (transfer full) (nullable): NULL if there is no such login. */
gboolean
guichetd_staff_store_find_name (GuichetDb *db, const char *login, char **ret_name, GError **error);

/** guichetd_staff_store_list: (transfer full) (element-type GuichetdStaff): by login. */
GPtrArray *guichetd_staff_store_list (GuichetDb *db, GError **error);

/** guichetd_staff_store_add: fails with G_IO_ERROR_EXISTS if the login is taken, now or ever. */
gboolean guichetd_staff_store_add (GuichetDb *db,
                                   const GuichetClerk *clerk,
                                   const char *password,
                                   gint64 now,
                                   GError **error);

/**
 * guichetd_staff_store_change:
 * @password: (nullable): the one they have stays
 * @ret_rights: (out): whether what they may do is another than before; their epoch is then the next
 *
 * Replaces what is known of the clerk; fails with G_IO_ERROR_NOT_FOUND.
 */
gboolean guichetd_staff_store_change (GuichetDb *db,
                                      const GuichetClerk *clerk,
                                      const char *password,
                                      gint64 now,
                                      gboolean *ret_rights,
                                      GError **error);

/** guichetd_staff_store_set_password: only the hash. */
gboolean guichetd_staff_store_set_password (GuichetDb *db,
                                            const char *login,
                                            const char *password,
                                            GError **error);

/**
 * guichetd_staff_store_set_card:
 * @digest: (nullable): GUICHETD_CARD_DIGEST bytes; NULL: no card
 *
 * Fails with G_IO_ERROR_NOT_FOUND for an unknown login, with G_IO_ERROR_EXISTS if the card is a
 * colleague's.
 */
gboolean guichetd_staff_store_set_card (GuichetDb *db,
                                        const char *login,
                                        const guint8 *digest,
                                        GError **error);

/** guichetd_staff_store_renew_hash: the same password at a new cost, unless it is another by now. */
gboolean guichetd_staff_store_renew_hash (GuichetDb *db,
                                          const char *login,
                                          const char *before,
                                          const char *after,
                                          GError **error);

/** guichetd_staff_store_renew_epochs: every desk starts afresh: the next epoch, and at least @epoch. */
gboolean guichetd_staff_store_renew_epochs (GuichetDb *db, gint64 epoch, GError **error);

/** A session as the database keeps it. */
typedef struct
{
  guint8 digest[32];
  char *login;
  gint64 created;
  gint64 used;
  gint64 expires;
} GuichetdSessionRow;
void guichetd_session_row_free (GuichetdSessionRow *self);

GPtrArray *guichetd_session_store_list (GuichetDb *db, GError **error);
gboolean guichetd_session_store_add (GuichetDb *db, const GuichetdSessionRow *row, GError **error);
gboolean
guichetd_session_store_touch (GuichetDb *db, const GuichetdSessionRow *row, GError **error);
gboolean guichetd_session_store_remove (GuichetDb *db, const guint8 *digest, GError **error);

G_END_DECLS
