/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of one request, as the server says it.
 */
#define G_LOG_DOMAIN "guichet-content"

#include "config.h"

#include "guichet-content.h"
#include "guichet-desk.h"

#define EVENTS_MAX 100000

static const GuichetJsonLimits limits = { GUICHET_CONTENT_MAX, 16 };

static void
content_clear (GuichetContent *self)
{
  g_clear_pointer (&self->request, guichet_request_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
}

GuichetContent *
guichet_content_ref (GuichetContent *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_content_unref (GuichetContent *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) content_clear);
}

static gboolean
read_request (GuichetContent *self, GBytes *answer, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (answer, &limits, error);
  g_autoptr (GuichetJsonReader) reader = NULL;

  if (root == NULL)
    return FALSE;

  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  if (guichet_json_reader_enter (reader, "request", GUICHET_JSON_REQUIRED))
    {
      self->request = guichet_request_read (reader);
      guichet_json_reader_leave (reader);
    }
  return guichet_json_reader_finish (reader, error);
}

static gboolean
read_events (GuichetContent *self, GBytes *answer, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (answer, &limits, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  guint n = 0;

  if (root == NULL)
    return FALSE;

  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  if (guichet_json_reader_enter_array (reader, "items", GUICHET_JSON_REQUIRED, EVENTS_MAX, &n))
    {
      for (guint i = 0; i < n; i++)
        {
          GuichetEvent *event;

          if (!guichet_json_reader_enter_item (reader, i))
            continue;
          event = guichet_event_read (reader);
          if (event != NULL)
            g_ptr_array_add (self->events, event);
          guichet_json_reader_leave (reader);
        }
      guichet_json_reader_leave (reader);
    }
  return guichet_json_reader_finish (reader, error);
}

GuichetContent *
guichet_content_read (GBytes *request, GBytes *events, GError **error)
{
  g_autoptr (GuichetContent) self = g_atomic_rc_box_new0 (GuichetContent);
  g_autoptr (GError) local_error = NULL;

  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  if (!read_request (self, request, &local_error) || !read_events (self, events, &local_error) ||
      self->request == NULL)
    {
      g_set_error (error,
                   GUICHET_DESK_ERROR,
                   GUICHET_DESK_ERROR_PROTOCOL,
                   "reading a request: %s",
                   local_error != NULL ? local_error->message : "there is none");
      return NULL;
    }
  return g_steal_pointer (&self);
}
