/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "guichet-catalogue.h"
#include "guichet-json-reader.h"
#include "guichet-procedure-private.h"

/* How a catalogue is built: read (…-load.c), checked (…-check.c, …-flow.c), kept (….c). */

G_BEGIN_DECLS

/* What is wrong with the files, a line each, in the order in which it was found. */
typedef struct
{
  GString *lines; /* (owned) */
} GuichetReport;

void guichet_report_init (GuichetReport *self);
void guichet_report_clear (GuichetReport *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetReport, guichet_report_clear)

/* @pointer: a JSON pointer (RFC 6901) into @file, empty for all of it. */
void guichet_report_add (GuichetReport *self,
                         const char *file,
                         const char *pointer,
                         const char *format,
                         ...) G_GNUC_PRINTF (4, 5);
/* What a reader noted, its paths written as JSON pointers. TRUE if there was nothing. */
gboolean
guichet_report_add_issues (GuichetReport *self, const char *file, GuichetJsonReader *reader);
/* FALSE with all lines, if there are any. */
gboolean guichet_report_finish (GuichetReport *self, GError **error);

/* Where a part of a procedure is written, which may be a file that it shares. */
typedef struct
{
  char *file;
  char *pointer;
} GuichetOrigin;

GuichetOrigin *guichet_origin_new (const char *file, const char *pointer);
void guichet_origin_free (GuichetOrigin *self);

/*
 * @nodes: (element-type utf8 JsonNode): trees by path, NULL for what is not JSON. Gives procedures sorted by code and
 * the calendar; what is wrong goes into @report.
 */
void guichet_catalogue_load (GHashTable *nodes,
                             GuichetJsonMode mode,
                             GuichetReport *report,
                             GPtrArray **ret_procedures,
                             GuichetCalendar **ret_calendar);

/* A page by itself: kinds, limits, patterns, choices, profile fields. */
void guichet_catalogue_check_page (GuichetReport *report,
                                   const char *file,
                                   const char *pointer,
                                   const GuichetPage *page);
/* Pages together, fees, terms; @origins: (element-type GuichetOrigin): of each page. */
void guichet_catalogue_check_procedure (GuichetReport *report,
                                        const char *file,
                                        const GuichetProcedure *procedure,
                                        GPtrArray *origins);
/* Stages and moves as a whole: where they lead. */
void guichet_catalogue_check_flow (GuichetReport *report, const char *file, GPtrArray *stages);

G_END_DECLS
