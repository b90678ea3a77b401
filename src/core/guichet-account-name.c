/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public name of an account.
 */
#define G_LOG_DOMAIN "guichet-account-name"

#include "config.h"

#include "guichet-account-name.h"

#include "guichet-spelling.h"

#define BASE GUICHET_SPELLING_BASE
#define SIGN 'A'
#define N_BODY 7
#define N_ALL (1 + N_BODY + 1)

/*
 * The sum of values times weights 8, 7, … 1 must be 0 modulo the prime: a wrong character shows, and
 * so does a swap of neighbours.
 */
static gboolean
weigh (const char *characters, guint count, guint *ret_sum)
{
  guint sum = 0;

  for (guint i = 1; i < count; i++)
    {
      int value = guichet_spelling_value (characters[i]);

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
  return g_strdup_printf ("%c-%.4s-%.4s", characters[0], characters + 1, characters + 5);
}

char *
guichet_account_name_make (guint64 random)
{
  char characters[N_ALL + 1] = { SIGN };
  guint sum = 0;

  for (guint i = 1; i <= N_BODY; i++, random /= BASE)
    characters[i] = guichet_spelling_letter (random % BASE);
  weigh (characters, N_ALL - 1, &sum);
  characters[N_ALL - 1] = guichet_spelling_letter ((BASE - sum) % BASE);
  return write_out (characters);
}

char *
guichet_account_name_parse (const char *text)
{
  char characters[N_ALL + 1] = { 0 };
  guint sum = 0;

  if (text == NULL || !guichet_spelling_squeeze (text, characters, N_ALL) ||
      characters[0] != SIGN || !weigh (characters, N_ALL, &sum) || sum != 0)
    return NULL;
  return write_out (characters);
}
