/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-citizen.h"
#include "guichet-procedure.h"

G_BEGIN_DECLS

/**
 * guichet_form_check:
 * @procedure: whose form
 * @citizen: who asks: profile values for locked fields, and level
 * @answers: by field code
 * @today: for dates
 * @issues: (element-type GuichetIssue): every problem is added, named `answers.<field>`
 *
 * Checks every answer against the catalogue: presence, kind, limits, pattern, choices,
 * check digits, fields that are not asked, and locked fields that differ from a verified
 * profile; and, as `citizen.level`, whether the person is identified well enough. Pure.
 *
 * Returns: %TRUE if nothing was added
 */
gboolean guichet_form_check (const GuichetProcedure *procedure,
                             const GuichetCitizen *citizen,
                             JsonObject *answers,
                             GuichetDay today,
                             GPtrArray *issues);

/** guichet_email_is_valid: one plain mailbox `local@domain` in ASCII, nothing that could end a header. */
gboolean guichet_email_is_valid (const char *text);

/**
 * guichet_phone_is_valid:
 *
 * International (ITU-T E.164), or as dialled in Belgium: nine digits, mobile ten. Spaces, dots, hyphens and
 * slashes stand where they like.
 */
gboolean guichet_phone_is_valid (const char *text);

/** GUICHET_PHONE_RULE: the same, for who wrote another. */
#define GUICHET_PHONE_RULE \
  "must be a telephone number: + and 8 to 15 digits, or 0 and 8 or 9 digits"

/** guichet_form_is_asked: whether @field is asked, given the answers to others. */
gboolean guichet_form_is_asked (const GuichetProcedure *procedure,
                                const GuichetField *field,
                                JsonObject *answers);

/**
 * guichet_form_take_profile:
 * @answers: by field code
 * @citizen: one that nobody else has yet: told what the answers say of their profile
 *
 * What a citizen cannot be known by, such as a wrong national number, is left out:
 * guichet_form_check() says what is wrong with it.
 */
void guichet_form_take_profile (const GuichetProcedure *procedure,
                                JsonObject *answers,
                                GuichetCitizen *citizen);

/** guichet_form_answer_text: an answer as a person reads it (choice by name, date by language, yes/no word). (transfer full) (nullable) */
char *
guichet_form_answer_text (const GuichetField *field, JsonObject *answers, GuichetLanguage language);

G_END_DECLS
