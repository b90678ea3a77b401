/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * guichet_side_follow:
 * @flap: a locked flap that folds by itself
 * @key: a boolean of @settings: whether the side bar is wanted
 *
 * Keeps the side bar of @flap as the clerk wants it. A window that gets too narrow for it puts
 * it away, and may show it over the content; when there is room again, it is as it was left.
 */
void guichet_side_follow (AdwFlap *flap, GSettings *settings, const char *key);

G_END_DECLS
