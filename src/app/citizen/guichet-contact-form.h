/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-contact.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_CONTACT_FORM (guichet_contact_form_get_type ())

/**
 * GuichetContactForm:
 *
 * How a citizen is reached, to be filled in. What is wrong is said as soon as the keyboard leaves it.
 *
 * Signal `edited`: somebody changed something.
 */
G_DECLARE_FINAL_TYPE (GuichetContactForm, guichet_contact_form, GUICHET, CONTACT_FORM, AdwBin)

/** guichet_contact_form_show: @contact: fills in what nobody has changed. */
void guichet_contact_form_show (GuichetContactForm *self, const GuichetContact *contact);
/** guichet_contact_form_is_edited: whether somebody has changed something since it was filled in. */
gboolean guichet_contact_form_is_edited (GuichetContactForm *self);
/** guichet_contact_form_settle: what stands there is as it shall be. */
void guichet_contact_form_settle (GuichetContactForm *self);
/** guichet_contact_form_get_draft: (transfer full): what somebody has changed since it was filled in. */
GStrv guichet_contact_form_get_draft (GuichetContactForm *self);
/** guichet_contact_form_take_draft: changes it as somebody did before. @draft: it begins with that of such a form. */
void guichet_contact_form_take_draft (GuichetContactForm *self, const char *const *draft);
/** guichet_contact_form_clear: forgets all of it. */
void guichet_contact_form_clear (GuichetContactForm *self);

/**
 * guichet_contact_form_read:
 *
 * Returns: (transfer full) (nullable): what is filled in; %NULL if something is wrong with it: then it
 *   is said where it is, and the keyboard goes there
 */
GuichetContact *guichet_contact_form_read (GuichetContactForm *self);

/**
 * guichet_contact_form_show_issues:
 * @prefix: before the codes of the questions, as in `contact.email`
 *
 * Returns: whether there was one among them that has its place here
 */
gboolean
guichet_contact_form_show_issues (GuichetContactForm *self, GPtrArray *issues, const char *prefix);

/** guichet_contact_form_focus: puts the keyboard where filling in begins. */
void guichet_contact_form_focus (GuichetContactForm *self);

G_END_DECLS
