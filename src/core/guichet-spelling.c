/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The letters of public names.
 */
#define G_LOG_DOMAIN "guichet-spelling"

#include "config.h"

#include "guichet-spelling.h"

#include <string.h>

/* 0 1 look like O I; 2 5 6 8 keep out Z S G B; vowels would make words; M and N sound alike. */
#define ALPHABET "23456789CDFHJKLMPQRTVWX"

G_STATIC_ASSERT (sizeof ALPHABET - 1 == GUICHET_SPELLING_BASE);

char
guichet_spelling_letter (guint value)
{
  g_return_val_if_fail (value < GUICHET_SPELLING_BASE, '\0');

  return ALPHABET[value];
}

int
guichet_spelling_value (char c)
{
  const char *found = c != '\0' ? strchr (ALPHABET, c) : NULL;

  return found != NULL ? (int) (found - ALPHABET) : -1;
}

gboolean
guichet_spelling_squeeze (const char *text, char *characters, guint count)
{
  guint found = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p) || *p == '-')
        continue;
      if (found == count)
        return FALSE;
      characters[found++] = g_ascii_toupper (*p);
    }
  characters[found] = '\0';
  return found == count;
}
