/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Says when something is on the screen, seen from outside. Reads a line of standard input at a
 * time and answers with a line, the monotonic time in microseconds:
 *
 *   ink X Y W H ROWS      as soon as each of ROWS equal stripes of the area holds more than one colour
 *   dark X Y W H          as soon as the area holds one colour only: there is no window
 *   keep X Y W H          at once; remembers what the area looks like
 *   change X Y W H        as soon as the area looks otherwise than when it was kept
 */
#include "config.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>

#define LOOK_EVERY 2000
#define PATIENCE (60 * G_USEC_PER_SEC)

typedef struct
{
  int x, y;
  unsigned int width, height;
} Area;

static XImage *
look (Display *display, const Area *area)
{
  return XGetImage (display,
                    DefaultRootWindow (display),
                    area->x,
                    area->y,
                    area->width,
                    area->height,
                    AllPlanes,
                    ZPixmap);
}

static void
image_free (XImage *image)
{
  XDestroyImage (image);
}

static gboolean
has_ink (XImage *image, int from, int until)
{
  const unsigned long first = XGetPixel (image, 0, from);

  for (int y = from; y < until; y++)
    for (int x = 0; x < image->width; x++)
      if (XGetPixel (image, x, y) != first)
        return TRUE;
  return FALSE;
}

static gboolean
every_stripe_has_ink (XImage *image, int stripes)
{
  for (int i = 0; i < stripes; i++)
    if (!has_ink (image, image->height * i / stripes, image->height * (i + 1) / stripes))
      return FALSE;
  return TRUE;
}

static gboolean
is_equal (XImage *a, XImage *b)
{
  return memcmp (a->data, b->data, (gsize) a->bytes_per_line * (gsize) a->height) == 0;
}

static gboolean
is_so (const char *word, XImage *image, int stripes, XImage *kept)
{
  if (g_str_equal (word, "change"))
    return kept != NULL && !is_equal (image, kept);
  if (g_str_equal (word, "dark"))
    return !has_ink (image, 0, image->height);
  return every_stripe_has_ink (image, stripes);
}

/* The time at which it was seen; 0 if it never was. */
static gint64
wait_for (Display *display, const char *word, const Area *area, int stripes, XImage *kept)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE;

  while (g_get_monotonic_time () < end)
    {
      XImage *image = look (display, area);
      const gint64 now = g_get_monotonic_time ();
      const gboolean seen = is_so (word, image, stripes, kept);

      image_free (image);
      if (seen)
        return now;
      g_usleep (LOOK_EVERY);
    }
  return 0;
}

int
main (void)
{
  Display *display = XOpenDisplay (NULL);
  XImage *kept = NULL;
  char line[200];

  g_assert_nonnull (display);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      char word[20];
      Area area;
      int stripes = 1;
      gint64 seen = 0;

      if (sscanf (line,
                  "%19s %d %d %u %u %d",
                  word,
                  &area.x,
                  &area.y,
                  &area.width,
                  &area.height,
                  &stripes) < 5)
        g_error ("not understood: %s", line);
      if (g_str_equal (word, "keep"))
        {
          g_clear_pointer (&kept, image_free);
          kept = look (display, &area);
          seen = g_get_monotonic_time ();
        }
      else
        seen = wait_for (display, word, &area, stripes, kept);
      printf ("%" G_GINT64_FORMAT "\n", seen);
      fflush (stdout);
    }
  g_clear_pointer (&kept, image_free);
  XCloseDisplay (display);
  return 0;
}
