/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_PROCEDURE_LIST (guichet_procedure_list_get_type ())

/**
 * GuichetProcedureList:
 *
 * The procedures that a clerk may file, by department, to be searched as one types.
 *
 * Signal `chosen` (code).
 */
G_DECLARE_FINAL_TYPE (GuichetProcedureList, guichet_procedure_list, GUICHET, PROCEDURE_LIST, AdwBin)

/** guichet_procedure_list_show: those of the catalogue for which @clerk has the posts. */
void guichet_procedure_list_show (GuichetProcedureList *self,
                                  const GuichetCatalogue *catalogue,
                                  const GuichetClerk *clerk);
void guichet_procedure_list_focus (GuichetProcedureList *self);

G_END_DECLS
