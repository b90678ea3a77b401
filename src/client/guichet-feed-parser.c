/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Server-sent events out of a stream of bytes.
 *
 * A stream is lines that end with CR LF, LF or CR. A line beginning with a colon is a
 * comment; any other is a field name, optionally a colon, one space and a value. An empty
 * line ends an event; one without data is not dispatched, but its id holds. The fields are
 * event, data, id and retry; others are ignored, and so is retry: the desk has a schedule of
 * its own. (HTML Living Standard, sections 9.2.5 and 9.2.6.)
 */
#define G_LOG_DOMAIN "guichet-feed-parser"

#include "config.h"

#include "guichet-desk.h"
#include "guichet-feed-parser.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct _GuichetFeedParser
{
  GuichetFeedFunc func;
  gpointer user_data;

  GString *line;         /* (owned): what is there of the current line */
  GString *data;         /* (owned): of the current event, a newline after each line */
  char *event;           /* (owned) (nullable): type of the current event */
  char *id;              /* (owned) (nullable): holds until another comes */
  gboolean first;        /* no line has ended yet */
  gboolean after_return; /* the last byte was CR: a LF that follows belongs to it */
  gboolean broken;
};

GuichetFeedParser *
guichet_feed_parser_new (GuichetFeedFunc func, gpointer user_data)
{
  GuichetFeedParser *self = g_new0 (GuichetFeedParser, 1);

  self->func = func;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->first = TRUE;
  return self;
}

void
guichet_feed_parser_free (GuichetFeedParser *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self->event);
  g_free (self->id);
  g_free (self);
}

static void
dispatch (GuichetFeedParser *self)
{
  g_autofree char *event = g_steal_pointer (&self->event);

  if (self->data->len == 0)
    return;

  g_string_truncate (self->data, self->data->len - 1);
  self->func (event != NULL ? event : "message", self->data->str, self->id, self->user_data);
  g_string_truncate (self->data, 0);
}

static gboolean
take_data (GuichetFeedParser *self, const char *value, GError **error)
{
  if (self->data->len + strlen (value) + 1 > GUICHET_FEED_DATA_MAX)
    {
      g_set_error_literal (error,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_PROTOCOL,
                           "an event of the feed is too large");
      return FALSE;
    }

  g_string_append (self->data, value);
  g_string_append_c (self->data, '\n');
  return TRUE;
}

static gboolean
take_field (GuichetFeedParser *self, const char *name, const char *value, GError **error)
{
  if (g_str_equal (name, "data"))
    return take_data (self, value, error);

  if (g_str_equal (name, "event"))
    {
      g_free (self->event);
      self->event = *value != '\0' ? g_strdup (value) : NULL;
    }
  else if (g_str_equal (name, "id"))
    {
      g_free (self->id);
      self->id = *value != '\0' ? g_strdup (value) : NULL;
    }
  return TRUE;
}

static gboolean
end_line (GuichetFeedParser *self, GError **error)
{
  char *text = self->line->str;
  char *colon;
  gboolean fine;

  if (!g_utf8_validate (text, (gssize) self->line->len, NULL))
    {
      g_set_error_literal (error,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_PROTOCOL,
                           "a line of the feed is not UTF-8 or holds NUL");
      return FALSE;
    }

  if (self->first && g_str_has_prefix (text, BYTE_ORDER_MARK))
    text += strlen (BYTE_ORDER_MARK);
  self->first = FALSE;

  if (*text == '\0')
    {
      dispatch (self);
      g_string_truncate (self->line, 0);
      return TRUE;
    }

  colon = strchr (text, ':');
  if (colon == text)
    fine = TRUE;
  else if (colon == NULL)
    fine = take_field (self, text, "", error);
  else
    {
      *colon = '\0';
      fine = take_field (self, text, colon[1] == ' ' ? colon + 2 : colon + 1, error);
    }
  g_string_truncate (self->line, 0);
  return fine;
}

static gboolean
take_byte (GuichetFeedParser *self, char byte, GError **error)
{
  const gboolean after_return = self->after_return;

  self->after_return = byte == '\r';
  if (byte == '\n' && after_return)
    return TRUE;
  if (byte == '\n' || byte == '\r')
    return end_line (self, error);

  if (self->line->len == GUICHET_FEED_LINE_MAX)
    {
      g_set_error_literal (error,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_PROTOCOL,
                           "a line of the feed is too long");
      return FALSE;
    }
  g_string_append_c (self->line, byte);
  return TRUE;
}

gboolean
guichet_feed_parser_push (GuichetFeedParser *self, const char *bytes, gsize length, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->broken)
    {
      g_set_error_literal (error,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_PROTOCOL,
                           "the feed made no sense before");
      return FALSE;
    }

  for (gsize i = 0; i < length; i++)
    {
      if (!take_byte (self, bytes[i], error))
        {
          self->broken = TRUE;
          return FALSE;
        }
    }
  return TRUE;
}
