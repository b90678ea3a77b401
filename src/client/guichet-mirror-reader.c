/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists, searches and contents out of a mirror.
 */
#define G_LOG_DOMAIN "guichet-mirror-reader"

#include "config.h"

#include "guichet-mirror-reader.h"

#define RESOURCE "/be/mons/Guichetier/mirror/"

struct _GuichetMirrorReader
{
  GuichetDb *db;         /* (owned) */
  GuichetChangeLog *log; /* (borrowed) */
};

GuichetListing *
guichet_listing_new (const GuichetQuestion *question, GuichetGlossary *glossary)
{
  GuichetListing *self = g_new0 (GuichetListing, 1);

  self->question = *question;
  self->glossary = guichet_glossary_ref (glossary);
  return self;
}

void
guichet_listing_free (GuichetListing *self)
{
  g_strfreev (self->words);
  g_clear_pointer (&self->glossary, guichet_glossary_unref);
  g_clear_pointer (&self->base, guichet_order_unref);
  g_clear_pointer (&self->shown, guichet_order_unref);
  g_clear_pointer (&self->new_base, guichet_order_unref);
  g_clear_pointer (&self->new_shown, guichet_order_unref);
  g_clear_pointer (&self->hunks, g_array_unref);
  g_clear_pointer (&self->changes, g_array_unref);
  g_free (self);
}

GuichetMirrorReader *
guichet_mirror_reader_open (const char *path, GuichetChangeLog *log, GError **error)
{
  GuichetDb *db = guichet_db_open (path, GUICHET_DB_READ_ONLY, RESOURCE, error);
  GuichetMirrorReader *self;

  if (db == NULL)
    return NULL;

  self = g_new0 (GuichetMirrorReader, 1);
  self->db = db;
  self->log = log;
  return self;
}

void
guichet_mirror_reader_close (GuichetMirrorReader *self)
{
  guichet_db_close (self->db);
  g_free (self);
}

static gboolean
read_revision (GuichetMirrorReader *self, gint64 *ret_revision, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "read-revision");
  GError *local_error = NULL;

  if (!guichet_statement_step (statement, &local_error))
    {
      if (local_error == NULL)
        local_error = g_error_new_literal (GUICHET_DB_ERROR,
                                           GUICHET_DB_ERROR_DAMAGED,
                                           "the mirror has no state");
      g_propagate_error (error, local_error);
      return FALSE;
    }
  *ret_revision = guichet_statement_integer (statement, "revision");
  guichet_statement_reset (statement);
  return TRUE;
}

/* The list without search at @revision: as it is known, brought up to date, or read. */
static GuichetOrder *
find_base (GuichetMirrorReader *self,
           GuichetListing *listing,
           gint64 revision,
           GCancellable *cancellable,
           GError **error)
{
  GuichetOrder *base = listing->base;

  if (base != NULL && base->whole && guichet_question_equal (&base->question, &listing->question))
    {
      g_autoptr (GArray) changes = NULL;

      if (base->revision == revision)
        return guichet_order_ref (base);
      changes = guichet_change_log_since (self->log, base->revision, revision);
      if (changes != NULL && changes->len <= GUICHET_REPAIR_MAX)
        return guichet_order_repair (base, self->db, listing->glossary, revision, changes, error);
    }
  return guichet_order_read (self->db,
                             &listing->question,
                             listing->glossary,
                             revision,
                             listing->max,
                             cancellable,
                             error);
}

static gboolean
list (GuichetMirrorReader *self, GuichetListing *listing, GCancellable *cancellable, GError **error)
{
  gint64 revision = 0;

  if (!read_revision (self, &revision, error))
    return FALSE;
  listing->new_base = find_base (self, listing, revision, cancellable, error);
  if (listing->new_base == NULL)
    return FALSE;

  if (listing->words != NULL)
    {
      g_autoptr (GuichetHits) hits = guichet_search (self->db,
                                                     (const char *const *) listing->words,
                                                     listing->glossary,
                                                     cancellable,
                                                     error);
      if (hits == NULL)
        return FALSE;
      listing->new_shown = guichet_order_search (listing->new_base, hits);
    }
  else
    listing->new_shown = guichet_order_ref (listing->new_base);

  if (listing->shown != NULL)
    listing->changes = guichet_change_log_since (self->log, listing->shown->revision, revision);
  listing->hunks = guichet_order_compare (listing->shown,
                                          listing->new_shown,
                                          listing->same ? listing->changes : NULL);
  return TRUE;
}

gboolean
guichet_mirror_reader_list (GuichetMirrorReader *self,
                            GuichetListing *listing,
                            GCancellable *cancellable,
                            GError **error)
{
  gboolean fine;

  if (!guichet_db_begin_read (self->db, error))
    return FALSE;
  fine = list (self, listing, cancellable, error);
  guichet_db_rollback (self->db);
  return fine;
}

GuichetContent *
guichet_mirror_reader_find_content (GuichetMirrorReader *self,
                                    const char *reference,
                                    GError **error)
{
  GuichetStatement *statement = guichet_db_statement (self->db, "find-content");
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) events = NULL;

  guichet_statement_bind_text (statement, "reference", reference);
  if (!guichet_statement_step (statement, error))
    return NULL;
  request = guichet_statement_blob (statement, "request");
  events = guichet_statement_blob (statement, "events");
  guichet_statement_reset (statement);
  return guichet_content_read (request, events, error);
}
