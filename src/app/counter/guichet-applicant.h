/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-procedure.h"

G_BEGIN_DECLS

/* Codes of the questions that every request at the counter is asked. */
#define GUICHET_APPLICANT_CHANNEL "channel"
#define GUICHET_APPLICANT_CHECKED "checked"
#define GUICHET_APPLICANT_LANGUAGE "language"

/**
 * guichet_applicant_questions:
 * @procedure: what the person asks for
 *
 * What must be known beside the form: how the request came, whether the clerk has checked who the
 * person is, their language, and name and e-mail where the form does not ask for them. Written as
 * a form, so that it is asked like one; its words are those of the window.
 *
 * Returns: (transfer full): a procedure of one page
 */
GuichetProcedure *guichet_applicant_questions (const GuichetProcedure *procedure);

/* Codes of the questions of guichet_applicant_contact_questions(), beside the language. */
#define GUICHET_APPLICANT_EMAIL "email"
#define GUICHET_APPLICANT_PHONE "phone"

/**
 * guichet_applicant_contact_questions:
 *
 * How a citizen is reached, whatever they ask for.
 *
 * Returns: (transfer full): a procedure of one page
 */
GuichetProcedure *guichet_applicant_contact_questions (void);

G_END_DECLS
