/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GUICHET_TYPE_NOTE_BOX (guichet_note_box_get_type ())

/**
 * GuichetNoteBox:
 *
 * Where a note is typed. What is typed and not added stays with its request while the
 * program runs.
 *
 * Signal `written` (text): the clerk wants it added.
 */
G_DECLARE_FINAL_TYPE (GuichetNoteBox, guichet_note_box, GUICHET, NOTE_BOX, AdwBin)

/** guichet_note_box_set_subject: @reference: (nullable): of the request that the note is about. */
void guichet_note_box_set_subject (GuichetNoteBox *self, const char *reference);

/** guichet_note_box_append: puts a text under what is typed already. */
void guichet_note_box_append (GuichetNoteBox *self, const char *text);

/** guichet_note_box_focus: puts the cursor into it. */
void guichet_note_box_focus (GuichetNoteBox *self);

/** guichet_note_box_is_typed: whether there is an unfinished note, of whichever request. */
gboolean guichet_note_box_is_typed (GuichetNoteBox *self);

/** guichet_note_box_drop: forgets what is typed about that request. Returns: whether there was something. */
gboolean guichet_note_box_drop (GuichetNoteBox *self, const char *reference);

/** guichet_note_box_forget: forgets every unfinished note, as at sign-out. */
void guichet_note_box_forget (GuichetNoteBox *self);

G_END_DECLS
