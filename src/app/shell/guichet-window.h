/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"
#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_WINDOW (guichet_window_get_type ())

/**
 * GuichetWindow:
 *
 * The desk's window. Composes the pages and moves between them; its title says which one
 * is in front. Holds nothing about requests itself.
 *
 * Actions: `win.open-request` (reference), `win.back`, `win.file-request`, `win.file-for-card`, `win.next-request`,
 * `win.previous-request`, `win.search`, `win.refresh`, `win.next-pane`, `win.toggle-side`,
 * `win.read-card`, `win.review-held`, `win.sign-out`, `win.toast` (text).
 */
G_DECLARE_FINAL_TYPE (GuichetWindow, guichet_window, GUICHET, WINDOW, AdwApplicationWindow)

GuichetWindow *
guichet_window_new (AdwApplication *application, GuichetDesk *desk, GuichetCardSlot *slot);

/** guichet_window_open_request: shows a request; does nothing while nobody is signed in. */
void guichet_window_open_request (GuichetWindow *self, const char *reference);

/** guichet_window_start: asks to sign in, unless somebody is signed in. */
void guichet_window_start (GuichetWindow *self);

/**
 * guichet_window_present_settled: presents the window once it has something to show: a list, or
 *   the sign-in page; after a moment in any case.
 */
void guichet_window_present_settled (GuichetWindow *self);

/**
 * guichet_window_sign_in:
 * @server: (nullable)
 * @login: (nullable)
 * @password: (nullable): signs in at once if all three are known, else shows the sign-in
 *   page with what is
 */
void guichet_window_sign_in (GuichetWindow *self,
                             const char *server,
                             const char *login,
                             const char *password);

G_END_DECLS
