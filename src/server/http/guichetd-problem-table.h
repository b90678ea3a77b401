/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "guichet-enums.h"

G_BEGIN_DECLS

/** One line of the table of problems. */
typedef struct
{
  gboolean standard; /* a type of the Belgif guide, not one of ours */
  const char *word;  /* last part of the URN; NULL: the refusal's own word */
  const char *title; /* English, for who programs against the API */
  guint status;
  const char *detail[GUICHET_N_LANGUAGES]; /* for people, by GuichetLanguage */
} GuichetdProblemLine;

/** One line of the table of what can be wrong with a member of an input. */
typedef struct
{
  gboolean standard;
  const char *word;
  const char *detail[GUICHET_N_LANGUAGES];
} GuichetdIssueLine;

extern const GuichetdProblemLine guichetd_problem_lines[];
extern const guint guichetd_n_problem_lines;
/** guichetd_issue_lines: ends with a line without word. */
extern const GuichetdIssueLine guichetd_issue_lines[];

G_END_DECLS
