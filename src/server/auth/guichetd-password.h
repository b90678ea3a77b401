/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GuichetdPasswordCost:
 * @memory: KiB, at least GUICHETD_PASSWORD_MEMORY_MIN
 * @passes: at least 1
 *
 * What a guess costs: Argon2id, one lane.
 */
typedef struct
{
  guint memory;
  guint passes;
} GuichetdPasswordCost;

/** GUICHETD_PASSWORD_MEMORY_MIN: KiB; low enough for tests, and no lower. */
#define GUICHETD_PASSWORD_MEMORY_MIN 8192

/** GUICHETD_PASSWORD_MAX: bytes after normalisation. */
#define GUICHETD_PASSWORD_MAX 512
/** GUICHETD_PASSWORD_MIN_CHARS: characters of a password of staff. */
#define GUICHETD_PASSWORD_MIN_CHARS 12

/** guichetd_password_cost_default: 64 MiB, 3 passes: about 80 ms. */
extern const GuichetdPasswordCost guichetd_password_cost_default;

/**
 * guichetd_password_check:
 *
 * Whether a member of staff may have this password: long enough, no mere repetition, not
 * their login or name, not one of those that everybody tries first.
 */
gboolean
guichetd_password_check (const char *password, const char *login, const char *name, GError **error);

/** guichetd_password_hash: takes its time: never in the main thread of the daemon. (transfer full) */
char *
guichetd_password_hash (const char *password, const GuichetdPasswordCost *cost, GError **error);

/** guichetd_password_verify: takes as long. */
gboolean guichetd_password_verify (const char *hash, const char *password);

/** guichetd_password_is_weaker: whether @hash was made at another cost than @cost. */
gboolean guichetd_password_is_weaker (const char *hash, const GuichetdPasswordCost *cost);

G_END_DECLS
