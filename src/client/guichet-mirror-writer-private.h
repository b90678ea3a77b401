/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-mirror-index.h"
#include "guichet-mirror-line.h"
#include "guichet-mirror-writer.h"

G_BEGIN_DECLS

struct _GuichetMirrorWriter
{
  GuichetDb *db;             /* (owned) */
  GuichetMirrorIndex *index; /* (owned) */
  GuichetChangeLog *log;     /* (borrowed) */
  char *login;               /* (owned) */

  /* As the last commit left them; read anew after a rollback. */
  gint64 epoch;
  gint64 last;
  gint64 total;
  gint64 revision;
  gboolean synchronised;
  GuichetDay today;
  GuichetCounts counts;
  GHashTable *procedures; /* (owned): set of what the table has, as procedure_key() says */

  /* In the transaction under way */
  GArray *ids;        /* (owned) of guint32: what it changes */
  GPtrArray *touched; /* (owned) of GuichetTouched */
};

/** What a line was before. */
typedef struct
{
  guint32 id; /* 0: there was none */
  GuichetPlace place;
  char *citizen;
  char *procedure;
  gint64 version;
  gint64 last_event;
  gint64 news;
} GuichetMirrorOld;

void _guichet_mirror_old_clear (GuichetMirrorOld *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GuichetMirrorOld, _guichet_mirror_old_clear)

/** _guichet_mirror_writer_is_damaged: whether another mirror must take the place of this one. */
gboolean _guichet_mirror_writer_is_damaged (const GError *error);
/** _guichet_mirror_writer_procedure_key: of the set of procedures. (transfer full) */
char *_guichet_mirror_writer_procedure_key (const char *procedure, gint64 department);

/* Transactions that change lines */

gboolean _guichet_mirror_writer_begin (GuichetMirrorWriter *self, GError **error);
void _guichet_mirror_writer_roll_back (GuichetMirrorWriter *self);
gboolean _guichet_mirror_writer_commit (GuichetMirrorWriter *self, GError **error);
/** _guichet_mirror_writer_applied_new: what the last one came to. */
GuichetApplied *_guichet_mirror_writer_applied_new (GuichetMirrorWriter *self);

/* Inside one */

/** _guichet_mirror_writer_find_old: @old: cleared; stays so if there is no such line. */
gboolean _guichet_mirror_writer_find_old (GuichetMirrorWriter *self,
                                          const char *reference,
                                          GuichetMirrorOld *old,
                                          GError **error);
/** _guichet_mirror_writer_touch: @version: 0 if the line is gone. */
void _guichet_mirror_writer_touch (GuichetMirrorWriter *self,
                                   guint32 id,
                                   const char *reference,
                                   gint64 version,
                                   gboolean arrived);
gboolean _guichet_mirror_writer_put_line (GuichetMirrorWriter *self,
                                          const GuichetLine *line,
                                          GError **error);
gboolean _guichet_mirror_writer_remove_line (GuichetMirrorWriter *self,
                                             const char *reference,
                                             GError **error);

G_END_DECLS
