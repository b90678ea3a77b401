/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The digits are kept where they will be sent from, as the command VERIFY itself: there is no
 * copy to forget. A page of one's own instead of libsodium's sodium_malloc(), which goes on
 * in silence when memory cannot be locked.
 */
#define G_LOG_DOMAIN "eid-pin"

#include "config.h"

#include "eid-pin.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "eid-error.h"
#include "eid-pin-command.h"

/* Where in the command the block is: 2 and the length in nibbles, digits, and F to fill. */
#define BLOCK_AT (EID_VERIFY_SIZE - EID_PIN_BLOCK_SIZE)
#define BLOCK_FORMAT 0x20
#define FILLING 0xF

typedef enum
{
  STATE_OPEN,
  STATE_IN_USE, /* its page belongs to the thread that sends it */
  STATE_WIPED,
} State;

struct _EidPin
{
  guint8 *page; /* (owned): mapped */
  gsize page_size;
  int state; /* atomic */
  guint length;
};

/* How many PINs there are in the process, and whether it was dumpable before the first. */
static GMutex shield_lock;
static guint shields;
static int dumpable_before;

static void
raise_shield (void)
{
  g_mutex_lock (&shield_lock);
  if (shields++ == 0)
    {
      dumpable_before = prctl (PR_GET_DUMPABLE, 0, 0, 0, 0);
      prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
    }
  g_mutex_unlock (&shield_lock);
}

static void
lower_shield (void)
{
  g_mutex_lock (&shield_lock);
  /* 2, which only root's settings make, cannot be set by a process. */
  if (--shields == 0 && dumpable_before == 1)
    prctl (PR_SET_DUMPABLE, 1, 0, 0, 0);
  g_mutex_unlock (&shield_lock);
}

static void
write_head (EidPin *self)
{
  const guint8 head[] = { EID_VERIFY_HEAD, EID_PIN_BLOCK_SIZE };

  memcpy (self->page, head, sizeof head);
  memset (self->page + BLOCK_AT, 0xFF, EID_PIN_BLOCK_SIZE);
  self->page[BLOCK_AT] = BLOCK_FORMAT;
}

/* mlock2(), since sanitizers make mlock() do nothing. (nullable) */
static guint8 *
map_page (gsize size)
{
  guint8 *page = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (page == MAP_FAILED)
    return NULL;
  if (mlock2 (page, size, 0) == 0 && madvise (page, size, MADV_DONTDUMP) == 0 &&
      madvise (page, size, MADV_WIPEONFORK) == 0)
    return page;
  munmap (page, size);
  return NULL;
}

EidPin *
eid_pin_new (GError **error)
{
  gsize size = (gsize) sysconf (_SC_PAGESIZE);
  guint8 *page = map_page (size);
  EidPin *self;

  if (page == NULL)
    {
      g_set_error (error,
                   EID_ERROR,
                   EID_ERROR_INVALID,
                   "there is no memory in which a PIN would be safe: %s "
                   "(raise the limit of locked memory, or use a reader with keys)",
                   g_strerror (errno));
      return NULL;
    }
  raise_shield ();
  self = g_atomic_rc_box_new0 (EidPin);
  self->page = page;
  self->page_size = size;
  write_head (self);
  return self;
}

EidPin *
eid_pin_ref (EidPin *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
forget (EidPin *self)
{
  explicit_bzero (self->page, self->page_size);
  lower_shield ();
}

static void
pin_clear (gpointer data)
{
  EidPin *self = data;

  eid_pin_wipe (self);
  munmap (self->page, self->page_size);
}

void
eid_pin_unref (EidPin *self)
{
  g_atomic_rc_box_release_full (self, pin_clear);
}

void
eid_pin_wipe (EidPin *self)
{
  if (g_atomic_int_compare_and_exchange (&self->state, STATE_OPEN, STATE_WIPED))
    forget (self);
}

static void
set_nibble (EidPin *self, guint position, guint value)
{
  guint8 *byte = self->page + BLOCK_AT + 1 + position / 2;

  *byte = position % 2 == 0 ? (guint8) (value << 4 | (*byte & 0x0F))
                            : (guint8) ((*byte & 0xF0) | value);
}

static void
set_length (EidPin *self, guint length)
{
  self->length = length;
  self->page[BLOCK_AT] = (guint8) (BLOCK_FORMAT | length);
}

gboolean
eid_pin_add (EidPin *self, guint digit)
{
  g_return_val_if_fail (digit <= 9, FALSE);

  if (g_atomic_int_get (&self->state) != STATE_OPEN || self->length == EID_PIN_MAX)
    return FALSE;
  set_nibble (self, self->length, digit);
  set_length (self, self->length + 1);
  return TRUE;
}

void
eid_pin_remove (EidPin *self)
{
  if (g_atomic_int_get (&self->state) != STATE_OPEN || self->length == 0)
    return;
  set_length (self, self->length - 1);
  set_nibble (self, self->length, FILLING);
}

guint
eid_pin_get_length (EidPin *self)
{
  return g_atomic_int_get (&self->state) == STATE_OPEN ? self->length : 0;
}

gboolean
eid_pin_begin (EidPin *self, const guint8 **ret_command)
{
  if (self->length < EID_PIN_MIN ||
      !g_atomic_int_compare_and_exchange (&self->state, STATE_OPEN, STATE_IN_USE))
    return FALSE;
  *ret_command = self->page;
  return TRUE;
}

void
eid_pin_end (EidPin *self)
{
  g_return_if_fail (g_atomic_int_get (&self->state) == STATE_IN_USE);

  forget (self);
  g_atomic_int_set (&self->state, STATE_WIPED);
}
