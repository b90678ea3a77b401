/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "guichet-citizen.h"
#include "guichet-command.h"
#include "guichet-procedure.h"

G_BEGIN_DECLS

#define GUICHET_TYPE_FILING_FORM (guichet_filing_form_get_type ())

/**
 * GuichetFilingForm:
 *
 * A procedure's form with what must be known of the person beside it, filled in by a clerk.
 */
G_DECLARE_FINAL_TYPE (GuichetFilingForm, guichet_filing_form, GUICHET, FILING_FORM, AdwBin)

/** guichet_filing_form_open: asks what @procedure wants to know. */
void guichet_filing_form_open (GuichetFilingForm *self, const GuichetProcedure *procedure);
/** guichet_filing_form_get_procedure: (transfer none) (nullable): %NULL while it is closed */
const GuichetProcedure *guichet_filing_form_get_procedure (GuichetFilingForm *self);
/** guichet_filing_form_close: forgets everything. */
void guichet_filing_form_close (GuichetFilingForm *self);

/**
 * guichet_filing_form_set_person:
 * @person: (nullable): who their card says that they are; %NULL: the card is no longer there, and
 *   what it filled in goes with it
 * @trusted: whether the card may be accepted
 *
 * Fills in what is known of the person. Once the clerk has checked the card, what stands on it
 * cannot be changed where the catalogue says so.
 */
void guichet_filing_form_set_person (GuichetFilingForm *self,
                                     const GuichetCitizen *person,
                                     gboolean trusted);

/**
 * guichet_filing_form_set_contact:
 * @contact: how the account of the person of guichet_filing_form_set_person() says that they are reached
 *
 * Fills that in where it is asked for and nobody has typed anything; it goes with the card.
 */
void guichet_filing_form_set_contact (GuichetFilingForm *self, const GuichetContact *contact);

/** guichet_filing_form_set_trusted: whether the card may be accepted, as far as is known by now. */
void guichet_filing_form_set_trusted (GuichetFilingForm *self, gboolean trusted);

/** guichet_filing_form_is_typed: whether something would be lost. */
gboolean guichet_filing_form_is_typed (GuichetFilingForm *self);

/** guichet_filing_form_write: (transfer full): what is filled in, as a submission. @key: of the form */
GuichetCommand *guichet_filing_form_write (GuichetFilingForm *self, const char *key);

/**
 * guichet_filing_form_show_issues:
 * @issues: (element-type GuichetIssue): what the server says; empty: nothing any more
 *
 * Says what is wrong where it is, and all of it above the form; the keyboard goes to the first.
 */
void guichet_filing_form_show_issues (GuichetFilingForm *self, GPtrArray *issues);

/** guichet_filing_form_focus: puts the keyboard where filling in begins. */
void guichet_filing_form_focus (GuichetFilingForm *self);

G_END_DECLS
