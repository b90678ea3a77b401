/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-mirror-index.h"
#include "guichet-mirror-line.h"
#include "guichet-mirror-writer.h"

G_BEGIN_DECLS

/** What may still be read in the file of what left it. */
typedef enum
{
  GUICHET_RESIDUE_NONE,
  GUICHET_RESIDUE_LEFT,   /* something that left for some reason */
  GUICHET_RESIDUE_PURGED, /* something that was purged, and must not be there */
} GuichetResidue;

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
  GuichetResidue residue;
  GuichetCounts counts;
  GHashTable *procedures; /* (owned): set of what the table has, as procedure_key() says */

  /* In the transaction under way */
  GArray *ids;        /* (owned) of guint32: what it changes */
  GPtrArray *touched; /* (owned) of GuichetTouched */

  /* References that were purged since it was opened: what was read of them before may still come. */
  GHashTable *purged; /* (owned): set of char */

  /* What must not be found in the file any more */
  GPtrArray *purged_references; /* (owned) of char */
  GPtrArray *purged_words;      /* (owned) of char */
  gboolean nameless;            /* and something of which neither is known any more */
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
/** _guichet_mirror_writer_touch: a line that is other or new. */
void _guichet_mirror_writer_touch (GuichetMirrorWriter *self,
                                   guint32 id,
                                   const char *reference,
                                   gint64 version,
                                   gboolean arrived);
/** _guichet_mirror_writer_put_line: @news: number of the last event that its clerk may not know of. */
gboolean _guichet_mirror_writer_put_line (GuichetMirrorWriter *self,
                                          const GuichetLine *line,
                                          gint64 news,
                                          GError **error);
/** _guichet_mirror_writer_remove_line: @purged: whether nothing of it may stay in the file. */
gboolean _guichet_mirror_writer_remove_line (GuichetMirrorWriter *self,
                                             const char *reference,
                                             gboolean purged,
                                             GError **error);

/** _guichet_mirror_writer_note_left: inside a transaction: something left the file. */
void _guichet_mirror_writer_note_left (GuichetMirrorWriter *self);
/** _guichet_mirror_writer_note_purged: likewise; @citizen: (nullable): as the mirror had it. */
void _guichet_mirror_writer_note_purged (GuichetMirrorWriter *self,
                                         const char *reference,
                                         const char *citizen);

G_END_DECLS
