/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public name of a request.
 */
#define G_LOG_DOMAIN "guichet-reference"

#include "config.h"

#include "guichet-reference.h"

#include "guichet-spelling.h"

#define BASE GUICHET_SPELLING_BASE

#define N_YEAR 2
#define N_BODY 7
#define N_ALL (N_YEAR + N_BODY + 1)

/* -1 for a character that cannot stand at @position. A year may also hold 0 and 1. */
static int
value_of (char c, guint position)
{
  if (position >= N_YEAR)
    return guichet_spelling_value (c);
  if (c == '0')
    return BASE - 2;
  if (c == '1')
    return BASE - 1;
  return g_ascii_isdigit (c) ? guichet_spelling_value (c) : -1;
}

/*
 * The sum of values times weights 10, 9, … 1 must be 0 modulo the prime: no weight is 0, so a wrong
 * character shows, and neighbours' weights differ by 1, so a swap does.
 */
static gboolean
weigh (const char *characters, guint count, guint *ret_sum)
{
  guint sum = 0;

  for (guint i = 0; i < count; i++)
    {
      int value = value_of (characters[i], i);

      if (value < 0)
        return FALSE;
      sum += (guint) value * (N_ALL - i);
    }
  *ret_sum = sum % BASE;
  return TRUE;
}

static char *
write_out (const char *characters)
{
  return g_strdup_printf ("%.2s-%.4s-%.4s", characters, characters + 2, characters + 6);
}

char *
guichet_reference_make (int year, guint64 random)
{
  char characters[N_ALL + 1] = { 0 };
  guint sum = 0;

  g_return_val_if_fail (year >= 0, NULL);

  g_snprintf (characters, sizeof characters, "%02d", year % 100);
  for (guint i = 0; i < N_BODY; i++, random /= BASE)
    characters[N_YEAR + i] = guichet_spelling_letter (random % BASE);
  weigh (characters, N_ALL - 1, &sum);
  characters[N_ALL - 1] = guichet_spelling_letter ((BASE - sum) % BASE);
  return write_out (characters);
}

char *
guichet_reference_parse (const char *text)
{
  char characters[N_ALL + 1] = { 0 };
  guint sum = 0;

  if (text == NULL || !guichet_spelling_squeeze (text, characters, N_ALL) ||
      !weigh (characters, N_ALL, &sum) || sum != 0)
    return NULL;
  return write_out (characters);
}
