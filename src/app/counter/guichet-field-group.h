/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-field-row.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_FIELD_GROUP (guichet_field_group_get_type ())

/** GuichetFieldGroup: questions under a heading: a page of a form. */
G_DECLARE_FINAL_TYPE (GuichetFieldGroup, guichet_field_group, GUICHET, FIELD_GROUP, AdwBin)

GuichetFieldGroup *guichet_field_group_new (const char *title);
void guichet_field_group_add (GuichetFieldGroup *self, GuichetFieldRow *row);

G_END_DECLS
