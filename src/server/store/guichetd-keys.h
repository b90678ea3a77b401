/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-db.h"
#include "guichetd-seal.h"

G_BEGIN_DECLS

/** Keys that belong to no request. */
typedef enum
{
  GUICHETD_SECRET_NISS,    /* national numbers are looked up by a digest under it */
  GUICHETD_SECRET_COMMAND, /* commands are recognised by a digest under it */
  GUICHETD_SECRET_PURGE,   /* seals why a request was purged, which outlives its key */
  GUICHETD_SECRET_CARD,    /* cards that sign staff in are recognised by a digest under it */
  GUICHETD_N_SECRETS
} GuichetdSecret;

/**
 * GuichetdKeys:
 *
 * One connection to keys.db, used from one thread. In the writer it also holds the keys that were
 * made for the current group, until guichetd_keys_flush() puts them on the disk: which happens
 * before the journal's own commit, so that no event is ever there without its key.
 */
typedef struct _GuichetdKeys GuichetdKeys;

/** guichetd_keys_open: makes the file and the secrets if they are not there, unless @mode is read-only. */
GuichetdKeys *guichetd_keys_open (const char *path, GuichetDbMode mode, GError **error);
void guichetd_keys_close (GuichetdKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdKeys, guichetd_keys_close)

const GuichetdKey *guichetd_keys_get_secret (GuichetdKeys *self, GuichetdSecret secret);

/** guichetd_keys_find: %FALSE without @error if there is none, or no longer. */
gboolean
guichetd_keys_find (GuichetdKeys *self, const char *reference, GuichetdKey *key, GError **error);

/* In the writer */

/**
 * guichetd_keys_begin:
 *
 * A group begins: until guichetd_keys_flush() or guichetd_keys_drop() the file is held open for
 * reading, and the key that was asked for last is remembered.
 */
gboolean guichetd_keys_begin (GuichetdKeys *self, GError **error);
/** guichetd_keys_make: a key for a new request, kept in memory until the group is flushed. */
void guichetd_keys_make (GuichetdKeys *self, const char *reference, GuichetdKey *key);
/** guichetd_keys_accept: the write that made keys stands. */
void guichetd_keys_accept (GuichetdKeys *self);
/** guichetd_keys_undo: the write that made keys was undone. */
void guichetd_keys_undo (GuichetdKeys *self);
/** guichetd_keys_flush: the group ends: puts its keys on the disk; without any, touches nothing. */
gboolean guichetd_keys_flush (GuichetdKeys *self, GError **error);
/** guichetd_keys_drop: the group came to nothing, or there was none. */
void guichetd_keys_drop (GuichetdKeys *self);

/**
 * guichetd_keys_destroy:
 * @references: keys that shall be no more, whether they are there or not
 *
 * Destroys keys for ever: rows, what is left of them in free space, and the write-ahead log.
 */
gboolean guichetd_keys_destroy (GuichetdKeys *self,
                                const char *const *references,
                                gint64 now,
                                GError **error);

/** guichetd_keys_forgotten: references of destroyed keys. (transfer full) */
char **guichetd_keys_forgotten (GuichetdKeys *self, GError **error);

G_END_DECLS
