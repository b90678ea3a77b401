/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-command.h"
#include "guichet-request.h"

G_BEGIN_DECLS

/* Things that a codec can write and read, made at random from the seed that the test prints. */

gboolean random_coin (void);
/* A few words with what JSON must escape. */
char *random_words (void);
/* Any value of an enumeration. */
int random_value (GType type);
/* One that has a word. */
int random_word (GType type);

GuichetCitizen *random_citizen (void);
JsonObject *random_answers (void);

/* What the kind must have, and by the flip of a coin each thing that it may have. */
GuichetEvent *random_event (GuichetEventKind kind, gint64 version);
GuichetCommand *random_command (GuichetCommandKind kind);

/* (element-type GuichetEvent): submitted and @length - 1 events after it. */
GPtrArray *random_life (guint length);
/* The fold of what @events says from @first on, upon @before. */
GuichetRequest *random_fold (const GuichetRequest *before, GPtrArray *events, guint first);

G_END_DECLS
