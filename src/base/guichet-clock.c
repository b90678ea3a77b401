/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where now comes from.
 */
#define G_LOG_DOMAIN "guichet-clock"

#include "config.h"

#include "guichet-clock.h"

struct _GuichetClock
{
  GObject parent_instance;

  GMutex lock;
  gboolean fixed;
  gint64 now;
};

G_DEFINE_FINAL_TYPE (GuichetClock, guichet_clock, G_TYPE_OBJECT)

static void
guichet_clock_finalize (GObject *object)
{
  GuichetClock *self = GUICHET_CLOCK (object);

  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (guichet_clock_parent_class)->finalize (object);
}

static void
guichet_clock_class_init (GuichetClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_clock_finalize;
}

static void
guichet_clock_init (GuichetClock *self)
{
  g_mutex_init (&self->lock);
}

GuichetClock *
guichet_clock_new (void)
{
  return g_object_new (GUICHET_TYPE_CLOCK, NULL);
}

GuichetClock *
guichet_clock_new_fixed (gint64 now)
{
  GuichetClock *self = guichet_clock_new ();

  self->fixed = TRUE;
  self->now = now;
  return self;
}

gint64
guichet_clock_now (GuichetClock *self)
{
  g_return_val_if_fail (GUICHET_IS_CLOCK (self), 0);

  if (!self->fixed)
    return g_get_real_time ();

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->now;
}

void
guichet_clock_set (GuichetClock *self, gint64 now)
{
  g_return_if_fail (GUICHET_IS_CLOCK (self));
  g_return_if_fail (self->fixed);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  self->now = now;
}
