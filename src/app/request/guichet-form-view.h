/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-desk.h"
#include "guichet-request.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_FORM_VIEW (guichet_form_view_get_type ())

/**
 * GuichetFormView:
 *
 * Who asks, how well identified they are, and what they answered, page by page as they saw
 * the form; then what they answered that the form of today does not ask, by its codes.
 */
G_DECLARE_FINAL_TYPE (GuichetFormView, guichet_form_view, GUICHET, FORM_VIEW, AdwBin)

/** guichet_form_view_show: @request: (nullable): %NULL to show nothing. @procedure: (nullable): %NULL while or if the catalogue does not have it */
void guichet_form_view_show (GuichetFormView *self,
                             const GuichetRequest *request,
                             const GuichetProcedure *procedure);

G_END_DECLS
