/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** folder_remove: with all that is in it; what is not there is well removed. */
void folder_remove (const char *path);

G_END_DECLS
