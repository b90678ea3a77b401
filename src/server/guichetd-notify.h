/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * guichetd_notify:
 * @state: such as `READY=1`
 *
 * Tells systemd (sd_notify(3)) where it started us, without its library. Nobody listening is no error.
 */
void guichetd_notify (const char *state);

G_END_DECLS
