/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-db.h"
#include "guichet-line.h"
#include "guichet-view.h"

G_BEGIN_DECLS

/** Where a line stands: what the views filter by. */
typedef struct
{
  GuichetDepartment department;
  gboolean open;
  int owner; /* GUICHET_OWNER_… */
  gboolean for_citizen;
  gboolean late;
} GuichetPlace;

enum
{
  GUICHET_OWNER_OTHER = 0, /* NULL in the database: neither of the two below */
  GUICHET_OWNER_ME = 1,
  GUICHET_OWNER_NOBODY = 2, /* and received or processing */
};

/** GUICHET_DUE_NONE: what a line without a running date is sorted by. */
#define GUICHET_DUE_NONE G_MAXINT32

/** guichet_place_of_line: @login: of whom the mirror belongs to; @today: by the server's clock. */
GuichetPlace guichet_place_of_line (const GuichetLine *line, const char *login, GuichetDay today);
/** guichet_place_read: from the columns of a row. */
GuichetPlace guichet_place_read (GuichetStatement *statement);
gboolean guichet_place_is_in (const GuichetPlace *self, GuichetView view);

/**
 * guichet_mirror_line_bind:
 * @statement: `insert-line` or `update-line`
 * @news: number of the last event that its clerk may not know of
 *
 * Binds everything but reference and id.
 */
void guichet_mirror_line_bind (GuichetStatement *statement,
                               const GuichetLine *line,
                               const GuichetPlace *place,
                               gint64 news);

/** guichet_mirror_line_read: @ret_changed: (out): whether something happened since its clerk looked. */
GuichetLine *guichet_mirror_line_read (GuichetStatement *statement, gboolean *ret_changed);

/** guichet_mirror_line_citizen: their name as it is stored: of a purged request there is none. (transfer none) */
const char *guichet_mirror_line_citizen (const GuichetLine *line);

G_END_DECLS
