/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-card-slot.h"
#include "guichet-desk.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_SIGN_IN_PAGE (guichet_sign_in_page_get_type ())

/**
 * GuichetSignInPage:
 *
 * Asks for the server, the login and the password, or for the card in the reader. What is wrong
 * is said under the rows it is about. The desk's `state` says when it worked.
 */
G_DECLARE_FINAL_TYPE (GuichetSignInPage, guichet_sign_in_page, GUICHET, SIGN_IN_PAGE, AdwBin)

/** guichet_sign_in_page_set_desk: whom to sign in to, and with which card; once. */
void
guichet_sign_in_page_set_desk (GuichetSignInPage *self, GuichetDesk *desk, GuichetCardSlot *slot);

/**
 * guichet_sign_in_page_fill:
 * @server: (nullable): what to put there, %NULL to leave what the desk remembers
 * @login: (nullable): idem
 */
void guichet_sign_in_page_fill (GuichetSignInPage *self, const char *server, const char *login);

/** guichet_sign_in_page_sign_in: signs in with what the page says and @password, which stays out of the entry. */
void guichet_sign_in_page_sign_in (GuichetSignInPage *self, const char *password);

/** guichet_sign_in_page_explain: why one has to sign in (again); %NULL for the usual line. */
void guichet_sign_in_page_explain (GuichetSignInPage *self, const char *why);

/** guichet_sign_in_page_focus: puts the cursor where something is missing. */
void guichet_sign_in_page_focus (GuichetSignInPage *self);

G_END_DECLS
