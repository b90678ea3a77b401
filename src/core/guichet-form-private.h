/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-form.h"

/* What the catalogue's checks and the form's must agree on. */

G_BEGIN_DECLS

/* The field that says for whom somebody asks, and its answer when it is not themselves. */
#define GUICHET_FORM_FOR_WHOM "forWhom"
#define GUICHET_FORM_MYSELF "myself"
#define GUICHET_FORM_SOMEBODY_ELSE "somebodyElse"

/* Characters that a text may be allowed at most. */
gint64 guichet_form_most (const GuichetField *field);

/* The field's pattern, made to match whole answers. (transfer full) */
GRegex *guichet_form_pattern (const GuichetField *field, GError **error);

G_END_DECLS
