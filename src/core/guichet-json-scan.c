/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A strict look at a JSON text before a lenient parser sees it.
 *
 * json-glib 1.6 follows nested arrays by recursion without a limit (a body of 100 kB ends the
 * process), and takes comments, single quotes and wrapped integers for JSON. This scanner has
 * no recursion: a stack of one byte a level, and one place at which it knows what may come.
 */
#define G_LOG_DOMAIN "guichet-json-scan"

#include "config.h"

#include "guichet-json-scan.h"

#include "guichet-json-reader.h"

#include <gio/gio.h>
#include <math.h>

#define DEPTH_MAX 64

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  char levels[DEPTH_MAX]; /* '{' or '[' */
  guint depth;
  guint max_depth;
  gsize members;
  GError **error;
} Scan;

G_DEFINE_QUARK (guichet-json-error-quark, guichet_json_error);

static gboolean
refuse (Scan *scan, GuichetJsonError code, const char *cause)
{
  g_set_error (scan->error,
               GUICHET_JSON_ERROR,
               code,
               "%s at byte %" G_GSIZE_FORMAT,
               cause,
               (gsize) (scan->at - scan->start));
  return FALSE;
}

static gboolean
refuse_syntax (Scan *scan, const char *cause)
{
  return refuse (scan, GUICHET_JSON_ERROR_SYNTAX, cause);
}

static char
peek (const Scan *scan)
{
  return scan->at < scan->end ? *scan->at : '\0';
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end && strchr (" \t\r\n", *scan->at) != NULL)
    scan->at++;
}

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return refuse_syntax (scan, "neither a value nor a name that JSON knows");

  scan->at += length;
  return TRUE;
}

/* The four hexadecimal digits of an escape. */
static gboolean
scan_unit (Scan *scan, guint *ret_unit)
{
  *ret_unit = 0;
  for (guint i = 0; i < 4; i++, scan->at++)
    {
      if (!g_ascii_isxdigit (peek (scan)))
        return refuse_syntax (scan, "an escape without four hexadecimal digits");
      *ret_unit = *ret_unit * 16 + (guint) g_ascii_xdigit_value (*scan->at);
    }
  return TRUE;
}

static gboolean
scan_unicode (Scan *scan)
{
  guint unit, second;

  if (!scan_unit (scan, &unit))
    return FALSE;
  if (unit == 0)
    return refuse_syntax (scan, "a NUL character");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return refuse_syntax (scan, "half of a character");
  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;

  if (scan->end - scan->at < 2 || scan->at[0] != '\\' || scan->at[1] != 'u')
    return refuse_syntax (scan, "half of a character");
  scan->at += 2;
  if (!scan_unit (scan, &second))
    return FALSE;
  if (second < 0xdc00 || second > 0xdfff)
    return refuse_syntax (scan, "half of a character");
  return TRUE;
}

static gboolean
scan_string (Scan *scan)
{
  for (scan->at++; scan->at < scan->end; scan->at++)
    {
      guchar c = (guchar) *scan->at;

      if (c == '"')
        {
          scan->at++;
          return TRUE;
        }
      if (c < 0x20)
        return refuse_syntax (scan, "a control character inside a string");
      if (c != '\\')
        continue;

      scan->at++;
      if (peek (scan) == 'u')
        {
          scan->at++;
          if (!scan_unicode (scan))
            return FALSE;
          scan->at--;
        }
      else if (peek (scan) == '\0' || strchr ("\"\\/bfnrt", *scan->at) == NULL)
        return refuse_syntax (scan, "an escape that JSON does not know");
    }
  return refuse_syntax (scan, "a string that does not end");
}

static guint
scan_digits (Scan *scan)
{
  const char *from = scan->at;

  while (g_ascii_isdigit (peek (scan)))
    scan->at++;
  return (guint) (scan->at - from);
}

/* json-glib would wrap an integer and make infinity of a fraction, which no JSON text can hold. */
static gboolean
scan_range (Scan *scan, const char *from, gboolean whole)
{
  g_autofree char *digits = g_strndup (from, (gsize) (scan->at - from));
  gint64 value;

  if (whole && !g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return refuse_syntax (scan, "an integer of more than 64 bits");
  if (!whole && !isfinite (g_ascii_strtod (digits, NULL)))
    return refuse_syntax (scan, "a number beyond what a double holds");
  return TRUE;
}

static gboolean
scan_number (Scan *scan)
{
  const char *from = scan->at;
  gboolean whole = TRUE;

  if (peek (scan) == '-')
    scan->at++;
  if (peek (scan) == '0')
    scan->at++;
  else if (scan_digits (scan) == 0)
    return refuse_syntax (scan, "neither a value nor a name that JSON knows");
  if (peek (scan) == '.')
    {
      scan->at++;
      whole = FALSE;
      if (scan_digits (scan) == 0)
        return refuse_syntax (scan, "a number that ends in its point");
    }
  if (peek (scan) == 'e' || peek (scan) == 'E')
    {
      scan->at++;
      whole = FALSE;
      if (peek (scan) == '+' || peek (scan) == '-')
        scan->at++;
      if (scan_digits (scan) == 0)
        return refuse_syntax (scan, "a number without its exponent");
    }
  return scan_range (scan, from, whole);
}

static gboolean
scan_open (Scan *scan)
{
  if (scan->depth >= scan->max_depth)
    return refuse (scan, GUICHET_JSON_ERROR_LIMIT, "nested too deeply");

  scan->levels[scan->depth++] = *scan->at++;
  return TRUE;
}

static gboolean
scan_member_name (Scan *scan)
{
  skip_space (scan);
  if (peek (scan) != '"')
    return refuse_syntax (scan, "no name of a member");
  if (!scan_string (scan))
    return FALSE;
  skip_space (scan);
  if (peek (scan) != ':')
    return refuse_syntax (scan, "no colon after the name of a member");

  scan->at++;
  scan->members++;
  return TRUE;
}

/* Reads a value; of an object or array only the beginning, and says so. */
static gboolean
scan_value (Scan *scan, gboolean *ret_opened)
{
  *ret_opened = FALSE;
  skip_space (scan);
  switch (peek (scan))
    {
    case '{':
    case '[':
      *ret_opened = TRUE;
      return scan_open (scan);
    case '"':
      return scan_string (scan);
    case 't':
      return scan_word (scan, "true");
    case 'f':
      return scan_word (scan, "false");
    case 'n':
      return scan_word (scan, "null");
    default:
      return scan_number (scan);
    }
}

static char
closing_mark (const Scan *scan)
{
  return scan->levels[scan->depth - 1] == '{' ? '}' : ']';
}

/* After a value: closes what ends here; says whether another value must follow. */
static gboolean
scan_after_value (Scan *scan, gboolean *ret_more)
{
  *ret_more = FALSE;
  while (scan->depth > 0)
    {
      skip_space (scan);
      if (peek (scan) == closing_mark (scan))
        {
          scan->at++;
          scan->depth--;
          continue;
        }
      if (peek (scan) != ',')
        return refuse_syntax (scan, "no comma and no end after a value");

      scan->at++;
      *ret_more = TRUE;
      return scan->levels[scan->depth - 1] == '[' || scan_member_name (scan);
    }
  return TRUE;
}

static gboolean
scan_values (Scan *scan)
{
  gboolean more = TRUE;
  gboolean opened;

  while (more)
    {
      if (!scan_value (scan, &opened))
        return FALSE;
      skip_space (scan);
      if (opened && peek (scan) != closing_mark (scan))
        {
          if (scan->levels[scan->depth - 1] == '{' && !scan_member_name (scan))
            return FALSE;
          continue;
        }
      if (!scan_after_value (scan, &more))
        return FALSE;
    }
  return TRUE;
}

gboolean
guichet_json_scan (const char *text,
                   gsize length,
                   guint max_depth,
                   gsize *ret_members,
                   GError **error)
{
  Scan scan = { .start = text,
                .at = text,
                .end = text + length,
                .max_depth = MIN (max_depth, DEPTH_MAX),
                .error = error };
  const char *valid_until = text;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  if (length == 0)
    return refuse_syntax (&scan, "nothing where a value should be");
  if (!g_utf8_validate_len (text, length, &valid_until))
    {
      scan.at = valid_until;
      return refuse_syntax (&scan, "not UTF-8");
    }
  if (!scan_values (&scan))
    return FALSE;

  skip_space (&scan);
  if (scan.at != scan.end)
    return refuse_syntax (&scan, "something after the end");

  if (ret_members != NULL)
    *ret_members = scan.members;
  return TRUE;
}
