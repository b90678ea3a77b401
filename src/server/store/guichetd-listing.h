/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-enums.h"
#include "guichet-day.h"
#include "guichetd-store.h"

G_BEGIN_DECLS

/*
 * Lists of requests: pages of a search, and what changed since. Runs in a reader.
 */

/**
 * GuichetdRights:
 * @departments: JSON array of words
 * @procedures: JSON array of codes
 *
 * What a clerk may list, as the statements take it: what is in neither is as if it were not there.
 */
typedef struct
{
  char *departments;
  char *procedures;
} GuichetdRights;

void guichetd_rights_clear (GuichetdRights *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetdRights, guichetd_rights_clear)

typedef enum
{
  GUICHETD_SORT_RECEIVED, /* newest first: the order of deposit */
  GUICHETD_SORT_CHANGED,  /* newest first */
  GUICHETD_SORT_DUE,      /* soonest first, then those without a day */
} GuichetdSort;

/** What a page is asked for; strings are borrowed. */
typedef struct
{
  const GuichetdRights *rights;
  GuichetDepartment department; /* NONE: any */
  guint phases;                 /* bit (1 << GuichetPhase) each; 0: any */
  const char *stage;            /* (nullable) */
  const char *procedure;        /* (nullable) */
  const char *assignee;         /* (nullable): login; "" for nobody */
  GuichetDay late;              /* due before that day; GUICHET_DAY_NONE: any */
  const char *text;             /* (nullable): words, each a prefix */
  const guint8 *niss;           /* (nullable): see guichetd_requests_niss() */
  GuichetdSort sort;
  guint page_size;
  const char *cursor; /* (nullable) */
} GuichetdListQuery;

/** A page. */
typedef struct
{
  GPtrArray *references; /* of char * */
  GPtrArray *lines;      /* of char *: JSON, in the same order */
  char *next;            /* (nullable): cursor of the page after */
  gint64 total;          /* in all; see GUICHETD_LIST_FOUND_MAX */
} GuichetdListPage;

/** GUICHETD_LIST_FOUND_MAX: what words find is counted no further than this. */
#define GUICHETD_LIST_FOUND_MAX 1000

void guichetd_list_page_clear (GuichetdListPage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetdListPage, guichetd_list_page_clear)

/** guichetd_listing_search: fails with G_IO_ERROR_INVALID_ARGUMENT if the cursor is none of this sort. */
gboolean guichetd_listing_search (GuichetdStore *store,
                                  GuichetDb *db,
                                  const GuichetdListQuery *query,
                                  GuichetdListPage *page,
                                  GError **error);

/**
 * GuichetdChanges:
 * @references: (element-type utf8): of what changed, in the order of its last event
 * @lines: (element-type utf8): JSON in the same order; %NULL where it is gone
 * @purged: (element-type gboolean): in the same order: whether it is gone because it was purged
 * @news: (element-type gint64): in the same order: number of the last event that the clerk may not know
 *   of, by somebody else, or of a mail that could not be delivered; 0 if there is none
 * @last: number up to which this is all that there is to know
 * @more: whether there is more after @last
 * @total: requests in all; only when asked from the beginning
 */
typedef struct
{
  GPtrArray *references;
  GPtrArray *lines;
  GArray *purged;
  GArray *news;
  gint64 last;
  gboolean more;
  gint64 total;
} GuichetdChanges;

void guichetd_changes_clear (GuichetdChanges *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetdChanges, guichetd_changes_clear)

/**
 * guichetd_listing_changes:
 * @login: of the clerk
 * @after: number of an event
 * @since: instant; what was closed before is not listed
 */
gboolean guichetd_listing_changes (GuichetDb *db,
                                   const char *login,
                                   const GuichetdRights *rights,
                                   gint64 after,
                                   guint limit,
                                   gint64 since,
                                   GuichetdChanges *changes,
                                   GError **error);

/** guichetd_listing_newest: the number of the newest event about what is theirs to see; 0 if there is none. */
gboolean guichetd_listing_newest (GuichetDb *db,
                                  const GuichetdRights *rights,
                                  gint64 *ret_newest,
                                  GError **error);

G_END_DECLS
