/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-request.h"

G_BEGIN_DECLS

/** _guichet_request_new: with nothing in it, for whoever fills it in. */
GuichetRequest *_guichet_request_new (void);

G_END_DECLS
