/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * National register numbers.
 */
#define G_LOG_DOMAIN "guichet-niss"

#include "config.h"

#include "guichet-niss.h"

#include <string.h>

#define LENGTH 11
#define BULLET "•"

/* Put before the nine digits of who was born from 2000 on. */
#define CENTURY G_GINT64_CONSTANT (2000000000)

/* The digits of @text without separators, or NULL if something else is in it. */
static char *
digits_of (const char *text)
{
  g_autoptr (GString) digits = g_string_sized_new (LENGTH);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (strchr (" .-/", *p) == NULL)
        return NULL;
    }
  return digits->len == LENGTH ? g_strdup (digits->str) : NULL;
}

static guint
check_digits (gint64 first_nine)
{
  return (guint) (97 - first_nine % 97);
}

gboolean
guichet_niss_is_valid (const char *digits)
{
  gint64 number;
  gint64 first_nine;
  guint check;

  if (digits == NULL || strlen (digits) != LENGTH || strspn (digits, "0123456789") != LENGTH)
    return FALSE;

  number = g_ascii_strtoll (digits, NULL, 10);
  first_nine = number / 100;
  check = (guint) (number % 100);
  return check == check_digits (first_nine) || check == check_digits (CENTURY + first_nine);
}

char *
guichet_niss_parse (const char *text)
{
  g_autofree char *digits = text != NULL ? digits_of (text) : NULL;

  return guichet_niss_is_valid (digits) ? g_steal_pointer (&digits) : NULL;
}

gboolean
guichet_niss_looks_like (const char *text)
{
  g_autofree char *digits = text != NULL ? digits_of (text) : NULL;

  return digits != NULL;
}

char *
guichet_niss_format (const char *digits)
{
  g_return_val_if_fail (digits != NULL && strlen (digits) == LENGTH, NULL);

  return g_strdup_printf ("%.2s.%.2s.%.2s-%.3s.%.2s",
                          digits,
                          digits + 2,
                          digits + 4,
                          digits + 6,
                          digits + 9);
}

char *
guichet_niss_mask (const char *digits)
{
  g_return_val_if_fail (digits != NULL && strlen (digits) == LENGTH, NULL);

  return g_strdup_printf ("%.2s.%.2s.%.2s-" BULLET BULLET BULLET "." BULLET BULLET,
                          digits,
                          digits + 2,
                          digits + 4);
}

char *
guichet_niss_make (int year, int month, int day, guint serial)
{
  gint64 first_nine;

  g_return_val_if_fail (serial >= 1 && serial <= 998, NULL);

  first_nine = (gint64) (year % 100) * 10000000 + month * 100000 + day * 1000 + serial;
  return g_strdup_printf ("%09" G_GINT64_FORMAT "%02u",
                          first_nine,
                          check_digits (year >= 2000 ? CENTURY + first_nine : first_nine));
}
