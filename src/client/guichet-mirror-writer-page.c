/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages of changes, as the server sends them.
 */
#define G_LOG_DOMAIN "guichet-mirror-writer-page"

#include "config.h"

#include "guichet-desk.h"
#include "guichet-json-reader.h"
#include "guichet-mirror-writer-private.h"

#define REFERENCE_MAX 64
#define PAGE_ITEMS_MAX 2000

static const GuichetJsonLimits page_limits = { GUICHET_CHANGES_MAX, 16 };

static gboolean
apply_item (GuichetMirrorWriter *self, GuichetJsonReader *reader, GError **error)
{
  if (guichet_json_reader_has (reader, "line"))
    {
      const gint64 news =
          guichet_json_reader_integer (reader, "news", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
      g_autoptr (GuichetLine) line = NULL;

      if (!guichet_json_reader_enter (reader, "line", GUICHET_JSON_REQUIRED))
        return TRUE;
      line = guichet_line_read (reader);
      guichet_json_reader_leave (reader);
      /* What is wrong with it stays in the reader and ends the page. */
      return line == NULL || _guichet_mirror_writer_put_line (self, line, news, error);
    }

  if (guichet_json_reader_boolean (reader, "gone", GUICHET_JSON_REQUIRED))
    {
      const char *reference =
          guichet_json_reader_string (reader, "reference", GUICHET_JSON_REQUIRED, REFERENCE_MAX);
      const gboolean purged = guichet_json_reader_boolean (reader, "purged", GUICHET_JSON_OPTIONAL);

      return reference == NULL ||
             _guichet_mirror_writer_remove_line (self, reference, purged, error);
    }
  return TRUE;
}

static gboolean
apply_items (GuichetMirrorWriter *self, GuichetJsonReader *reader, GError **error)
{
  guint n = 0;

  if (!guichet_json_reader_enter_array (reader, "items", GUICHET_JSON_REQUIRED, PAGE_ITEMS_MAX, &n))
    return TRUE;

  for (guint i = 0; i < n; i++)
    {
      gboolean fine;

      if (!guichet_json_reader_enter_item (reader, i))
        continue;
      fine = apply_item (self, reader, error);
      guichet_json_reader_leave (reader);
      if (!fine)
        return FALSE;
    }
  guichet_json_reader_leave (reader);
  return TRUE;
}

static GError *
senseless (const GError *cause)
{
  return g_error_new (GUICHET_DESK_ERROR,
                      GUICHET_DESK_ERROR_PROTOCOL,
                      "reading changes: %s",
                      cause->message);
}

static gboolean
write_page (GuichetMirrorWriter *self, GuichetJsonReader *reader, gboolean more, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!apply_items (self, reader, error))
    return FALSE;
  if (!guichet_json_reader_finish (reader, &local_error))
    {
      g_propagate_error (error, senseless (local_error));
      return FALSE;
    }
  if (!more && !self->synchronised)
    {
      if (!guichet_db_run_script (self->db, "indexes", error))
        return FALSE;
      self->synchronised = TRUE;
    }
  return _guichet_mirror_writer_commit (self, error);
}

/* Says that another mirror must take the place of this one. */
static GuichetApplied *
foreign_new (GuichetMirrorWriter *self, gint64 epoch, const char *why)
{
  GuichetApplied *applied = _guichet_mirror_writer_applied_new (self);

  g_message ("the local copy must be made anew: %s", why);
  applied->foreign = TRUE;
  applied->epoch = epoch;
  return applied;
}

static GuichetApplied *
apply_read (GuichetMirrorWriter *self, GuichetJsonReader *reader, GError **error)
{
  const gint64 epoch =
      guichet_json_reader_integer (reader, "epoch", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  const gint64 last =
      guichet_json_reader_integer (reader, "last", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  const gint64 total =
      guichet_json_reader_integer (reader, "total", GUICHET_JSON_OPTIONAL, 0, G_MAXINT64);
  const gboolean more = guichet_json_reader_boolean (reader, "more", GUICHET_JSON_REQUIRED);
  g_autoptr (GError) local_error = NULL;
  GuichetApplied *applied;

  if (!guichet_json_reader_finish (reader, &local_error))
    {
      g_propagate_error (error, senseless (local_error));
      return NULL;
    }
  /* A journal that is shorter than it was is another one: a backup that was put back. */
  if (self->epoch >= 0 && (epoch != self->epoch || last < self->last))
    return foreign_new (self, epoch, "it is of other rights or of another journal");

  if (!_guichet_mirror_writer_begin (self, error))
    return NULL;
  self->epoch = epoch;
  self->last = last;
  if (total > 0)
    self->total = total;
  if (!write_page (self, reader, more, &local_error))
    {
      _guichet_mirror_writer_roll_back (self);
      if (_guichet_mirror_writer_is_damaged (local_error))
        return foreign_new (self, epoch, local_error->message);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  applied = _guichet_mirror_writer_applied_new (self);
  applied->more = more;
  return applied;
}

GuichetApplied *
guichet_mirror_writer_apply (GuichetMirrorWriter *self, GBytes *page, GError **error)
{
  const gboolean first = !self->synchronised;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GError) local_error = NULL;
  GuichetApplied *applied;

  root = guichet_json_parse (page, &page_limits, &local_error);
  if (root == NULL)
    {
      g_propagate_error (error, senseless (local_error));
      return NULL;
    }

  if (first && !guichet_db_run (self->db, "pragma-large-cache", error))
    return NULL;
  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  applied = apply_read (self, reader, error);
  if (first && self->synchronised && !guichet_db_run (self->db, "pragma-small-cache", &local_error))
    g_info ("%s", local_error->message);
  return applied;
}
