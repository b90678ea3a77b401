/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-catalogue.h"
#include "guichet-change-log.h"
#include "guichet-db.h"
#include "guichet-me.h"
#include "guichet-view.h"

G_BEGIN_DECLS

#define GUICHET_N_DEPARTMENTS (GUICHET_DEPARTMENT_ARCHIVES + 1)

/** How many requests each view holds; the row of GUICHET_DEPARTMENT_NONE is the sum. */
typedef struct
{
  gint64 of[GUICHET_N_DEPARTMENTS][GUICHET_N_VIEWS];
} GuichetCounts;

/** What a page of changes did to one line. */
typedef struct
{
  char *reference;
  gint64 version;   /* 0 if there is no line any more */
  gboolean purged;  /* and of the request nothing is left anywhere */
  gboolean arrived; /* new in "to take", or newly its clerk's by somebody else's act */
} GuichetTouched;

/** What writing came to. */
typedef struct
{
  gboolean foreign; /* of another epoch or journal than the page, or damaged: nothing was written */
  gboolean more;    /* the server has further changes */
  gboolean synchronised;
  gint64 epoch; /* of the page */
  gint64 last;
  gint64 total;
  gint64 revision;
  GPtrArray *touched; /* of GuichetTouched */
  GuichetCounts counts;
} GuichetApplied;

void guichet_applied_free (GuichetApplied *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetApplied, guichet_applied_free)

/** What a mirror knew when it was opened. */
typedef struct
{
  gint64 epoch; /* -1: it is new */
  gint64 last;
  gint64 total;
  gboolean synchronised;
  gint64 clock_offset;
  GuichetMe *me;               /* (nullable) */
  GuichetCatalogue *catalogue; /* (nullable) */
  char *catalogue_version;     /* (nullable) */
  GuichetCounts counts;
} GuichetMirrorState;

void guichet_mirror_state_free (GuichetMirrorState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetMirrorState, guichet_mirror_state_free)

/** GUICHET_CHANGES_MAX: bytes of a page of a thousand changes, with a margin. */
#define GUICHET_CHANGES_MAX (4 * 1024 * 1024)

/**
 * GuichetMirrorWriter:
 *
 * Everything that changes a mirror. Lives in the thread of the mirror's writer.
 */
typedef struct _GuichetMirrorWriter GuichetMirrorWriter;

/**
 * guichet_mirror_writer_open:
 * @login: whom the mirror belongs to
 * @today: by the server's clock, as far as is known
 * @log: told of every change of a line; must outlive the writer
 * @ret_state: (out) (transfer full)
 *
 * Opens the file or makes it. One that is damaged or of another version is thrown away: all
 * that it holds comes from the server.
 */
GuichetMirrorWriter *guichet_mirror_writer_open (const char *path,
                                                 const char *login,
                                                 GuichetDay today,
                                                 GuichetChangeLog *log,
                                                 GuichetMirrorState **ret_state,
                                                 GError **error);
void guichet_mirror_writer_close (GuichetMirrorWriter *self);
/** guichet_mirror_writer_delete_files: when nobody has the mirror open any more; none need be there. */
gboolean guichet_mirror_writer_delete_files (const char *path, GError **error);

/** guichet_mirror_writer_apply: @page: the answer of `/v1/changes`. */
GuichetApplied *
guichet_mirror_writer_apply (GuichetMirrorWriter *self, GBytes *page, GError **error);

/**
 * guichet_mirror_writer_scrub:
 *
 * If pages told of purged requests: leaves nothing of them in the mirror's files, not in the
 * index, not in what is free, not in the log. Costs nothing otherwise. What cannot be done now
 * is still owed, also by whoever opens the mirror next.
 */
void guichet_mirror_writer_scrub (GuichetMirrorWriter *self);

/** guichet_mirror_writer_set_today: what became late, what is closed too long ago. */
GuichetApplied *
guichet_mirror_writer_set_today (GuichetMirrorWriter *self, GuichetDay today, GError **error);

/** guichet_mirror_writer_put_seen: its clerk has looked at a request up to an event. */
GuichetApplied *guichet_mirror_writer_put_seen (GuichetMirrorWriter *self,
                                                const char *reference,
                                                gint64 event,
                                                GError **error);

gboolean guichet_mirror_writer_put_me (GuichetMirrorWriter *self,
                                       GBytes *me,
                                       gint64 clock_offset,
                                       GError **error);
gboolean guichet_mirror_writer_put_catalogue (GuichetMirrorWriter *self,
                                              GBytes *catalogue,
                                              const char *version,
                                              GError **error);
/** guichet_mirror_writer_put_content: fails with %GUICHET_DESK_ERROR_GONE where it was purged while it was on its way. */
gboolean guichet_mirror_writer_put_content (GuichetMirrorWriter *self,
                                            const char *reference,
                                            gint64 version,
                                            GBytes *request,
                                            GBytes *events,
                                            gint64 fetched,
                                            GError **error);

G_END_DECLS
