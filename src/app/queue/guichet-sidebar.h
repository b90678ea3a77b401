/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_SIDEBAR (guichet_sidebar_get_type ())

/**
 * GuichetSidebar:
 *
 * The views of the queue with how many requests each holds, once for all of the clerk's
 * departments and, for who has several, once for each.
 *
 * Signal `chosen` (GuichetView, GuichetDepartment): the clerk chose another view.
 */
G_DECLARE_FINAL_TYPE (GuichetSidebar, guichet_sidebar, GUICHET, SIDEBAR, AdwBin)

/** guichet_sidebar_set_desk: whose views and counts it shows; once. */
void guichet_sidebar_set_desk (GuichetSidebar *self, GuichetDesk *desk);

/** guichet_sidebar_choose: selects a view; without the department if the clerk has it not. */
void guichet_sidebar_choose (GuichetSidebar *self, GuichetView view, GuichetDepartment department);

/** guichet_sidebar_focus: puts the cursor on the selected view. */
void guichet_sidebar_focus (GuichetSidebar *self);

G_END_DECLS
