/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts without accents, case and punctuation.
 */
#define G_LOG_DOMAIN "guichet-fold"

#include "config.h"

#include "guichet-fold.h"

#include <string.h>

/* Letters that no decomposition takes apart, as people without them on the keyboard type them. */
static const char *
spelled_out (gunichar c)
{
  switch (c)
    {
    case 0x00E6: /* æ */
      return "ae";
    case 0x0153: /* œ */
      return "oe";
    case 0x00F8: /* ø */
      return "o";
    case 0x0142: /* ł */
      return "l";
    case 0x0111: /* đ */
      return "d";
    case 0x0131: /* ı */
      return "i";
    default:
      return NULL;
    }
}

static void
append_plain (GString *text, gunichar c)
{
  const char *spelled = spelled_out (g_unichar_tolower (c));
  g_autofree char *capitals = NULL;

  if (spelled == NULL)
    {
      g_string_append_unichar (text, c);
      return;
    }
  if (g_unichar_isupper (c))
    capitals = g_ascii_strup (spelled, -1);
  g_string_append (text, capitals != NULL ? capitals : spelled);
}

/* Whether there is nothing of the character but a gap between words. */
static gboolean
is_gap (gunichar c, GuichetFold what)
{
  if (g_unichar_isalnum (c) || g_unichar_ismark (c))
    return FALSE;
  return (what & GUICHET_FOLD_PUNCTUATION) != 0 || g_unichar_isspace (c);
}

static char *
fold_apart (const char *apart, GuichetFold what)
{
  g_autoptr (GString) result = g_string_sized_new (strlen (apart) + 1);
  gboolean between = FALSE;

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((what & GUICHET_FOLD_ACCENTS) != 0 && g_unichar_ismark (c))
        continue;
      if (is_gap (c, what))
        {
          between = TRUE;
          continue;
        }
      if (between && result->len > 0)
        g_string_append_c (result, ' ');
      between = FALSE;
      if ((what & GUICHET_FOLD_ACCENTS) != 0)
        append_plain (result, c);
      else
        g_string_append_unichar (result, c);
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* What is folded may be somebody's name: callers wipe what they get, and here nothing stays. */
static void
forget (char *text)
{
  if (text == NULL)
    return;
  explicit_bzero (text, strlen (text));
  g_free (text);
}

char *
guichet_fold_some (const char *text, GuichetFold what)
{
  char *plain, *folded, *apart, *result;

  g_return_val_if_fail (text != NULL, NULL);

  /* Taken apart before and after: a sign such as № holds capitals, a small letter may hold an accent. */
  plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  if (plain == NULL)
    return g_strdup ("");
  folded = (what & GUICHET_FOLD_CASE) != 0 ? g_utf8_casefold (plain, -1) : g_strdup (plain);
  apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  result = fold_apart (apart, what);
  forget (plain);
  forget (folded);
  forget (apart);
  return result;
}

char *
guichet_fold (const char *text)
{
  return guichet_fold_some (text, GUICHET_FOLD_ALL);
}

char **
guichet_fold_words (const char *text)
{
  g_autofree char *folded = guichet_fold (text);

  if (*folded == '\0')
    return g_new0 (char *, 1);
  return g_strsplit (folded, " ", -1);
}
