/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_ASSIGN_SHEET (guichet_assign_sheet_get_type ())

/** GUICHET_ASSIGN_SHEET_ACT: what opens the sheet, under which guichet_desk_keep_draft() keeps what is typed. */
#define GUICHET_ASSIGN_SHEET_ACT "request.assign"

/** GuichetAssignSheet: asks which colleague gets a request, and gives it to them. */
G_DECLARE_FINAL_TYPE (GuichetAssignSheet, guichet_assign_sheet, GUICHET, ASSIGN_SHEET, AdwWindow)

/** guichet_assign_sheet_new: @owner: (nullable): login of who has it: nobody to give it to. */
GuichetAssignSheet *guichet_assign_sheet_new (GtkWindow *parent,
                                              GuichetDesk *desk,
                                              const char *reference,
                                              GuichetDepartment department,
                                              const char *owner);

G_END_DECLS
