/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/*
 * Overlay:
 *
 * What was written to a file since its last flush, held in memory over the file on disk. The
 * functions give SQLite's codes. Not locked: one thread at a time.
 */
typedef struct _Overlay Overlay;

Overlay *overlay_new (void);
void overlay_free (Overlay *self);

/** overlay_is_clean: whether the file on disk is all there is. */
gboolean overlay_is_clean (const Overlay *self);
/** overlay_is_empty: of one that is not clean: whether the file has no bytes. */
gboolean overlay_is_empty (const Overlay *self);

/** overlay_write: @leak also lets half of the sectors through to @disk, as a disk's cache may. */
int overlay_write (Overlay *self,
                   sqlite3_file *disk,
                   const guint8 *data,
                   int length,
                   gint64 offset,
                   gboolean leak);
int overlay_truncate (Overlay *self, sqlite3_file *disk, gint64 size);
/** overlay_read: what lies beyond the end is zeros and SQLITE_IOERR_SHORT_READ. */
int overlay_read (Overlay *self, sqlite3_file *disk, guint8 *data, int length, gint64 offset);
int overlay_size (Overlay *self, sqlite3_file *disk, gint64 *ret_size);

/** overlay_flush: brings @disk up to date; the overlay is clean again if that went well. */
int overlay_flush (Overlay *self, sqlite3_file *disk);
