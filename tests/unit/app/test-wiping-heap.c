/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* How often the end of the text is in the heap, of whose free blocks the C library itself
 * overwrites no more than the beginning. */
static guint
count_in_heap (const char *whole)
{
  const char *text = whole + strlen (whole) / 2;
  FILE *maps = fopen ("/proc/self/maps", "r");
  char buffer[512];
  guint found = 0;

  g_assert_nonnull (maps);
  while (fgets (buffer, sizeof buffer, maps) != NULL)
    {
      unsigned long begin, end;

      if (strstr (buffer, "[heap]") == NULL || sscanf (buffer, "%lx-%lx rw", &begin, &end) != 2)
        continue;
      for (const char *at = (const char *) (uintptr_t) begin;
           (at = memmem (at, end - (uintptr_t) at, text, strlen (text))) != NULL;
           at++)
        found++;
    }
  fclose (maps);
  return found;
}

/* Composed, so that the text itself stands nowhere before. */
static char *
make_text (void)
{
  return g_strdup_printf ("%s, %s: %s%s", "a person", "national number", "16050", "100127");
}

static void
test_freed (void)
{
  char *texts[40];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    texts[i] = make_text ();
  g_assert_cmpuint (count_in_heap (texts[0]), >=, G_N_ELEMENTS (texts));
  for (guint i = 1; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_assert_cmpuint (count_in_heap (texts[0]), ==, 1);
  g_free (texts[0]);
}

static void
test_grown (void)
{
  char *text = make_text ();
  char *kept = make_text ();

  for (gsize size = 64; size < 4096; size *= 2)
    text = g_realloc (text, size);
  g_assert_cmpstr (text, ==, kept);
  g_assert_cmpuint (count_in_heap (kept), ==, 2);
  text = g_realloc (text, 64);
  g_assert_cmpstr (text, ==, kept);
  g_assert_cmpuint (count_in_heap (kept), ==, 2);
  g_free (text);
  g_free (kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/wiping-heap/freed", test_freed);
  g_test_add_func ("/app/wiping-heap/grown", test_grown);
  return g_test_run ();
}
