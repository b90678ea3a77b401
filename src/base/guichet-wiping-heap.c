/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Memory that is given back is wiped. What the window shows of a card is copied by toolkit, text
 * layout and accessibility bus as they please, and what the server is sent of one by libsoup, which
 * gathers a body from pieces, and by json-glib, which scans it into texts that grow; none of their
 * copies stays once it is let go of. What they still hold is out of reach: an open connection's
 * buffer has the last bytes that were read from it until it reads others or is closed, and what
 * goes through the kernel is the kernel's.
 *
 * Linked into programs alone, in the place of the C library's functions (see "Replacing malloc" in
 * its manual); left out where a sanitizer brings a heap of its own.
 */
#define G_LOG_DOMAIN "guichet-wiping-heap"

#include "config.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* The functions that are replaced, under the names that glibc keeps for this. */
extern void __libc_free (void *block);
extern void *__libc_malloc (size_t size);

void
free (void *block)
{
  const int error = errno; /* which free() leaves alone */

  if (block != NULL)
    explicit_bzero (block, malloc_usable_size (block));
  __libc_free (block);
  errno = error;
}

void *
realloc (void *block, size_t size)
{
  const size_t before = block != NULL ? malloc_usable_size (block) : 0;
  void *moved;

  if (block != NULL && size == 0)
    {
      free (block);
      return NULL;
    }
  /* It stays where it is as long as it fits without waste. */
  if (size <= before && size >= before / 2)
    return block;
  moved = __libc_malloc (size);
  if (moved == NULL || block == NULL)
    return moved;
  memcpy (moved, block, size < before ? size : before);
  free (block);
  return moved;
}
