/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Marks of lines, and the form in which they are stored.
 */
#define G_LOG_DOMAIN "guichet-hits"

#include "config.h"

#include "guichet-hits.h"

#include <string.h>

#define WORD_BITS 64
#define BITS_LENGTH (GUICHET_HITS_BLOCK / 8)
#define LIST_MAX (BITS_LENGTH / 2 - 1) /* entries; one more would be as long as the bits */

struct _GuichetHits
{
  guint32 n_words;
  guint64 words[];
};

GuichetHits *
guichet_hits_new (guint32 last)
{
  const guint32 n_words = last / WORD_BITS + 1;
  GuichetHits *self = g_malloc0 (sizeof (GuichetHits) + n_words * sizeof (guint64));

  self->n_words = n_words;
  return self;
}

GuichetHits *
guichet_hits_new_of (GArray *ids)
{
  GuichetHits *self =
      guichet_hits_new (ids->len > 0 ? g_array_index (ids, guint32, ids->len - 1) : 0);

  for (guint i = 0; i < ids->len; i++)
    guichet_hits_add (self, g_array_index (ids, guint32, i));
  return self;
}

void
guichet_hits_free (GuichetHits *self)
{
  g_free (self);
}

void
guichet_hits_add (GuichetHits *self, guint32 id)
{
  if (id / WORD_BITS < self->n_words)
    self->words[id / WORD_BITS] |= G_GUINT64_CONSTANT (1) << (id % WORD_BITS);
}

gboolean
guichet_hits_has (const GuichetHits *self, guint32 id)
{
  return id / WORD_BITS < self->n_words &&
         (self->words[id / WORD_BITS] >> (id % WORD_BITS) & 1) != 0;
}

void
guichet_hits_keep (GuichetHits *self, const GuichetHits *other)
{
  for (guint32 i = 0; i < self->n_words; i++)
    self->words[i] &= i < other->n_words ? other->words[i] : 0;
}

static guint
count (const GuichetHits *self)
{
  guint n = 0;

  for (guint32 i = 0; i < self->n_words; i++)
    n += (guint) __builtin_popcountll (self->words[i]);
  return n;
}

guint32 *
guichet_hits_pick (const GuichetHits *self, const guint32 *ids, guint n_ids, guint *ret_n)
{
  const guint max = MIN (n_ids, count (self));
  guint32 *picked = g_new (guint32, (gsize) max + 1);
  guint n = 0;

  /* Each is written down before it is known whether it stays: whether it does, no processor
   * foresees, and a wrong guess takes longer than all the rest. */
  for (guint i = 0; i < n_ids && n < max; i++)
    {
      picked[n] = ids[i];
      n += guichet_hits_has (self, ids[i]) ? 1 : 0;
    }
  *ret_n = n;
  return picked;
}

static guint
list_entry (const guint8 *bytes, gsize i)
{
  return (guint) bytes[2 * i] | (guint) bytes[2 * i + 1] << 8;
}

static void
add_bits (GuichetHits *self, guint32 block, const guint8 *bytes)
{
  const guint32 first = block * (GUICHET_HITS_BLOCK / WORD_BITS);

  for (guint32 i = 0; i < GUICHET_HITS_BLOCK / WORD_BITS && first + i < self->n_words; i++)
    {
      guint64 word;

      memcpy (&word, bytes + i * sizeof word, sizeof word);
      self->words[first + i] |= GUINT64_FROM_LE (word);
    }
}

void
guichet_hits_add_block (GuichetHits *self, guint32 block, const guint8 *bytes, gsize length)
{
  if (block > G_MAXUINT32 / GUICHET_HITS_BLOCK)
    return;

  if (length == BITS_LENGTH)
    {
      add_bits (self, block, bytes);
      return;
    }
  for (gsize i = 0; i < length / 2 && length < BITS_LENGTH; i++)
    guichet_hits_add (self,
                      block * GUICHET_HITS_BLOCK + list_entry (bytes, i) % GUICHET_HITS_BLOCK);
}

/* Spreads a stored block into bits. */
static void
spread (GBytes *bytes, guint8 *bits)
{
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  memset (bits, 0, BITS_LENGTH);
  if (length == BITS_LENGTH)
    {
      memcpy (bits, data, BITS_LENGTH);
      return;
    }
  for (gsize i = 0; i < length / 2 && length < BITS_LENGTH; i++)
    {
      const guint offset = list_entry (data, i) % GUICHET_HITS_BLOCK;

      bits[offset / 8] |= (guint8) (1 << offset % 8);
    }
}

static GBytes *
gather (const guint8 *bits)
{
  guint8 list[2 * LIST_MAX];
  guint n = 0;

  for (guint offset = 0; offset < GUICHET_HITS_BLOCK; offset++)
    {
      if ((bits[offset / 8] >> offset % 8 & 1) == 0)
        continue;
      if (n == LIST_MAX)
        return g_bytes_new (bits, BITS_LENGTH);
      list[2 * n] = (guint8) (offset & 0xFF);
      list[2 * n + 1] = (guint8) (offset >> 8);
      n++;
    }
  return g_bytes_new (list, 2 * n);
}

GBytes *
guichet_hits_change_block (GBytes *bytes, GArray *changes)
{
  guint8 bits[BITS_LENGTH];

  spread (bytes, bits);
  for (guint i = 0; i < changes->len; i++)
    {
      const guint change = g_array_index (changes, guint16, i);
      const guint offset = change % GUICHET_HITS_BLOCK;

      if ((change & GUICHET_HITS_AWAY) != 0)
        bits[offset / 8] &= (guint8) ~(1 << offset % 8);
      else
        bits[offset / 8] |= (guint8) (1 << offset % 8);
    }
  return gather (bits);
}
