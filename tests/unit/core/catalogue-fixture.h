/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-catalogue.h"
#include "guichet-clerk.h"
#include "guichet-request.h"
#include "guichet-text.h"

G_BEGIN_DECLS

/* A small catalogue that has one of everything, as files that a test may spoil. */
GHashTable *fixture_files (void);
/* Texts for it: French for all, and `inProgress` in the four languages. */
GHashTable *fixture_text_files (void);

void fixture_put (GHashTable *files, const char *path, const char *content);
/* Replaces the one place where @find stands; both with ' for ". */
void fixture_replace (GHashTable *files, const char *path, const char *find, const char *replace);

GuichetCatalogue *fixture_catalogue (void);

/* What is installed, out of the source tree. */
GHashTable *fixture_real_files (const char *folder, const char *suffix);
GuichetCatalogue *fixture_real_catalogue (void);

/* A clerk with one role everywhere. */
GuichetClerk *fixture_clerk (const char *login, GuichetRole role, const char *restricted);

/* Marie Dupont, who is known by her card. */
GuichetCitizen *fixture_citizen (void);

/* JSON with ' for ". */
JsonObject *fixture_object (const char *json);

/* A request that stands at @stage; @owner and the documents as asked. */
GuichetRequest *fixture_request (const GuichetProcedure *procedure,
                                 const GuichetStage *stage,
                                 const char *owner,
                                 gboolean document);

/* Answers to every question that is asked, all right; NULL if a pattern defeats it. */
JsonObject *fixture_answers (const GuichetProcedure *procedure, const GuichetCitizen *citizen);

G_END_DECLS
