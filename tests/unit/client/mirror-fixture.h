/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-mirror-reader.h"
#include "guichet-mirror-writer.h"
#include "guichet-mirror.h"
#include "town-fixture.h"

G_BEGIN_DECLS

/* A mirror in a folder of its own. */
typedef struct
{
  char *folder;
  char *path;
  GuichetChangeLog *log;
  GuichetMirrorState *state;
  GuichetMirrorWriter *writer;
  GuichetMirrorReader *reader;
} Desk;

void desk_set_up (Desk *self);
void desk_open (Desk *self); /* the writer, and its today */
void desk_open_reader (Desk *self);
void desk_close (Desk *self);
void desk_tear_down (Desk *self);

/* Applies a page that must be right. */
GuichetApplied *desk_apply (Desk *self, GBytes *page);
/* The same for what changed in town, epoch 1. */
void desk_follow (Desk *self, Town *town);

/* What the file holds: reference → id. */
GHashTable *desk_ids (Desk *self);
/* A column of a statement in C, for what no function tells. */
gint64 desk_number (Desk *self, const char *sql);

/* Whether any of its files holds a text, in letters of either case. */
gboolean desk_mentions (Desk *self, const char *text);

G_END_DECLS
