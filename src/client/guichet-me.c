/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is signed in, and with whom they work.
 */
#define G_LOG_DOMAIN "guichet-me"

#include "config.h"

#include "guichet-desk.h"
#include "guichet-me.h"

/* A town of a hundred thousand has a few hundred clerks. */
#define COLLEAGUES_MAX 5000
#define ZONE_MAX 64

static const GuichetJsonLimits limits = { 4 * 1024 * 1024, 16 };

static void
me_clear (GuichetMe *self)
{
  g_clear_pointer (&self->clerk, guichet_clerk_unref);
  g_free (self->zone);
  g_ptr_array_unref (self->colleagues);
}

GuichetMe *
guichet_me_ref (GuichetMe *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_me_unref (GuichetMe *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) me_clear);
}

static void
read_colleagues (GuichetMe *self, GuichetJsonReader *reader)
{
  guint n = 0;

  if (!guichet_json_reader_enter_array (reader,
                                        "colleagues",
                                        GUICHET_JSON_OPTIONAL,
                                        COLLEAGUES_MAX,
                                        &n))
    return;

  for (guint i = 0; i < n; i++)
    {
      GuichetClerk *clerk;

      if (!guichet_json_reader_enter_item (reader, i))
        continue;
      clerk = guichet_clerk_read (reader);
      if (clerk != NULL)
        g_ptr_array_add (self->colleagues, clerk);
      guichet_json_reader_leave (reader);
    }
  guichet_json_reader_leave (reader);
}

GuichetMe *
guichet_me_read (GBytes *answer, GError **error)
{
  g_autoptr (GuichetMe) self = g_atomic_rc_box_new0 (GuichetMe);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GError) local_error = NULL;

  self->colleagues = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_clerk_unref);
  root = guichet_json_parse (answer, &limits, &local_error);
  if (root != NULL)
    {
      reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
      if (guichet_json_reader_enter (reader, "clerk", GUICHET_JSON_REQUIRED))
        {
          self->clerk = guichet_clerk_read (reader);
          guichet_json_reader_leave (reader);
        }
      self->epoch =
          guichet_json_reader_integer (reader, "epoch", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
      self->zone =
          g_strdup (guichet_json_reader_string (reader, "zone", GUICHET_JSON_REQUIRED, ZONE_MAX));
      self->now = guichet_json_reader_instant (reader, "now", GUICHET_JSON_REQUIRED);
      read_colleagues (self, reader);
      guichet_json_reader_finish (reader, &local_error);
    }

  if (local_error != NULL || self->clerk == NULL)
    {
      g_set_error (error,
                   GUICHET_DESK_ERROR,
                   GUICHET_DESK_ERROR_PROTOCOL,
                   "reading who is signed in: %s",
                   local_error != NULL ? local_error->message : "no clerk");
      return NULL;
    }
  return g_steal_pointer (&self);
}
