/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-json-reader.h"
#include "guichet-procedure.h"

/* The parts of a procedure while the catalogue's loader builds it. */

G_BEGIN_DECLS

void guichet_choice_free (GuichetChoice *self);

void guichet_field_free (GuichetField *self);

/* A page may belong to several procedures, when it is a block. */
GuichetPage *guichet_page_ref (GuichetPage *self);
void guichet_page_unref (GuichetPage *self);

void guichet_fee_free (GuichetFee *self);
void guichet_term_free (GuichetTerm *self);
void guichet_identity_need_free (GuichetIdentityNeed *self);

GuichetStage *guichet_stage_new (void);
void guichet_stage_free (GuichetStage *self);
void guichet_move_free (GuichetMove *self);

/*
 * Whether a result that was set before stays when a request reaches this stage: pickup
 * comes after the decision, every other open stage begins anew.
 */
gboolean guichet_stage_keeps_result (const GuichetStage *self);

/* Reading; each stands in the object that holds the part. What is wrong stays in the reader. */
char *guichet_name_read (GuichetJsonReader *reader, const char *member, GuichetJsonNeed need);
void guichet_page_read (GuichetJsonReader *reader, GuichetPage *page);
void guichet_stages_read (GuichetJsonReader *reader, GuichetJsonNeed need, GPtrArray *stages);
/* All but form, stages and assumptions, which need to see other files. */
void guichet_procedure_read_facts (GuichetJsonReader *reader, GuichetProcedure *procedure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetChoice, guichet_choice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetField, guichet_field_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetPage, guichet_page_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetFee, guichet_fee_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetTerm, guichet_term_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetStage, guichet_stage_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetMove, guichet_move_free)

G_END_DECLS
