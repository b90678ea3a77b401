/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody else's program or card said.
 */
#define G_LOG_DOMAIN "guichet-detail"

#include "config.h"

#include "guichet-detail.h"

#include "guichet-event.h"

static gboolean
is_plain (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    default:
      return TRUE;
    }
}

char *
guichet_detail_clean (const char *detail)
{
  g_autofree char *valid = g_utf8_make_valid (detail, -1);
  GString *line = g_string_new (NULL);
  guint left = GUICHET_DETAIL_MAX;

  for (const char *p = valid; *p != '\0' && left > 0; p = g_utf8_next_char (p), left--)
    g_string_append_unichar (line, is_plain (g_utf8_get_char (p)) ? g_utf8_get_char (p) : ' ');
  return g_string_free (line, FALSE);
}
