/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-template.h"
#include "guichet-text.h"

/* What reading the texts (…-load.c) and filling them (….c) share. */

G_BEGIN_DECLS

enum
{
  VALUE_CITIZEN_NAME,
  VALUE_PROCEDURE,
  VALUE_REFERENCE,
  VALUE_STAGE,
  VALUE_DEPARTMENT,
  VALUE_TOWN,
  VALUE_LINK,
  VALUE_CONTACT,
  VALUE_DUE_DAY,
  VALUE_REASON,
  VALUE_SENTENCE,
  N_VALUES
};

enum
{
  FRAME_SUBJECT,
  FRAME_PARAGRAPHS,
  FRAME_LANGUAGE,
  FRAME_TOWN,
  N_FRAME_VALUES
};

/* One notification in one language. */
typedef struct
{
  GuichetTemplate *subject; /* (owned) */
  GPtrArray *paragraphs;    /* (owned): of GuichetTemplate */
} GuichetTextBody;

/* One notification. */
typedef struct
{
  /* (owned) (nullable); French is always there once loaded */
  GuichetTextBody *in[GUICHET_N_LANGUAGES];
} GuichetTextEntry;

struct _GuichetTexts
{
  GHashTable *entries;    /* (owned): code → GuichetTextEntry */
  GuichetTemplate *frame; /* (owned) */
};

G_END_DECLS
