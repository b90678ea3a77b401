/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-application.h"

G_BEGIN_DECLS

/** _guichet_application_add_actions: the actions `app.…` and the keys of all actions. */
void _guichet_application_add_actions (GuichetApplication *self);

G_END_DECLS
