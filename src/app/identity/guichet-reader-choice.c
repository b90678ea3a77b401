/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which of the readers is meant.
 */
#define G_LOG_DOMAIN "guichet-reader-choice"

#include "config.h"

#include "guichet-reader-choice.h"

const EidReaderState *
guichet_reader_choice_find (GPtrArray *readers, const char *name)
{
  for (guint i = 0; i < readers->len; i++)
    {
      const EidReaderState *reader = g_ptr_array_index (readers, i);

      if (g_strcmp0 (reader->name, name) == 0)
        return reader;
    }
  return NULL;
}

/* An identity card before any other, a card before none. */
static guint
worth (const EidReaderState *reader)
{
  return reader->status == EID_READER_CARD ? (reader->kind != EID_CARD_OTHER ? 3 : 2)
                                           : (reader->status == EID_READER_MUTE ? 1 : 0);
}

const EidReaderState *
guichet_reader_choice_best (GPtrArray *readers)
{
  const EidReaderState *best = NULL;

  for (guint i = 0; i < readers->len; i++)
    {
      const EidReaderState *reader = g_ptr_array_index (readers, i);

      if (best == NULL || worth (reader) > worth (best))
        best = reader;
    }
  return best;
}
