/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * guichet_crash_leave_nothing:
 *
 * What is in this program's memory is other people's: from now on no core file is written of it,
 * nor of what it starts, and nobody can take that back. First thing in a main().
 */
void guichet_crash_leave_nothing (void);

G_END_DECLS
