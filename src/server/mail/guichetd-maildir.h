/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-transport.h"

G_BEGIN_DECLS

#define GUICHETD_TYPE_MAILDIR (guichetd_maildir_get_type ())

/**
 * GuichetdMaildir:
 *
 * Puts messages into a maildir instead of sending them: what a first run needs, and what
 * demonstrations and tests look into. A message is flushed before it becomes visible.
 */
G_DECLARE_FINAL_TYPE (GuichetdMaildir, guichetd_maildir, GUICHETD, MAILDIR, GObject)

/** guichetd_maildir_new: @path with its tmp, new and cur is made at the first message, mode 0700. */
GuichetdTransport *guichetd_maildir_new (const char *path);

G_END_DECLS
