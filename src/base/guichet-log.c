/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program's log, without national numbers.
 */
#define G_LOG_DOMAIN "guichet-log"

#include "config.h"

#include "guichet-log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NISS_DIGITS 11
#define BULLET "•"

static gboolean show_info;

/* Length of what looks like a national number at @text (separators inside included), else 0. */
static gsize
niss_length (const char *text)
{
  gsize length = 0;
  guint digits = 0;

  for (; digits < NISS_DIGITS; length++)
    {
      if (g_ascii_isdigit (text[length]))
        digits++;
      else if (digits == 0 || text[length] == '\0' || strchr (".- ", text[length]) == NULL ||
               !g_ascii_isdigit (text[length + 1]))
        return 0;
    }
  /* More digits than that are something else: an instant, a size. */
  return g_ascii_isdigit (text[length]) ? 0 : length;
}

char *
guichet_log_mask (const char *text)
{
  GString *masked = g_string_new (NULL);
  const char *p = text;

  while (*p != '\0')
    {
      gboolean starts = g_ascii_isdigit (*p) && (p == text || !g_ascii_isdigit (p[-1]));
      gsize length = starts ? niss_length (p) : 0;

      if (length == 0)
        {
          g_string_append_c (masked, *p++);
          continue;
        }
      for (gsize i = 0; i < length; i++)
        g_string_append (masked, BULLET);
      p += length;
    }
  return g_string_free (masked, FALSE);
}

static const char *
level_word (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "critical";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  if (level & G_LOG_LEVEL_MESSAGE)
    return "message";
  return level & G_LOG_LEVEL_INFO ? "info" : "debug";
}

static const char *
field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key) && fields[i].length < 0)
      return fields[i].value;
  return NULL;
}

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = field (fields, n_fields, "GLIB_DOMAIN");
  const char *message = field (fields, n_fields, "MESSAGE");
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *time = NULL;
  g_autofree char *masked = NULL;

  if (!(show_info && (level & G_LOG_LEVEL_INFO)) && g_log_writer_default_would_drop (level, domain))
    return G_LOG_WRITER_HANDLED;

  masked = guichet_log_mask (message != NULL ? message : "");
  /* What came from outside must not be able to write a line of its own. */
  g_strdelimit (masked, "\r\n", ' ');
  now = g_date_time_new_now_utc ();
  time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ");
  fprintf (stderr,
           "%s %s %s: %s\n",
           time,
           level_word (level),
           domain != NULL ? domain : "-",
           masked);
  fflush (stderr);
  return G_LOG_WRITER_HANDLED;
}

void
guichet_log_setup (gboolean verbose)
{
  show_info = verbose;
  g_log_set_writer_func (write_line, NULL, NULL);
}
