/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages of a search.
 *
 * Statements are joined from fragments, one for each filter that is set, never one that looks
 * whether it is set. There are two ways to a page. A walk follows the order that is wanted and
 * stops when the page is full: good where many rows match. Gathering takes what an index of
 * equals gives and sorts it: good where few do. Which it is, is known beforehand, because how
 * many requests there are of each sort is kept in the tally. So neither way ever looks at more than
 * some thousand rows, however many there are.
 */
#define G_LOG_DOMAIN "guichetd-listing"

#include "config.h"

#include "guichetd-listing.h"
#include "guichet-error.h"
#include "guichetd-store-private.h"

#include "guichet-json-writer.h"

#include <string.h>

/* Stands for "no day" where days are compared. */
#define NO_DUE 2147483647

#define MAX_FRAGMENTS 24

void
guichetd_rights_clear (GuichetdRights *self)
{
  g_clear_pointer (&self->departments, g_free);
  g_clear_pointer (&self->procedures, g_free);
}

void
guichetd_list_page_clear (GuichetdListPage *self)
{
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->next, g_free);
}

/* Where a page begins: after this row. */
typedef struct
{
  gint64 id;
  gint64 last_event;
  gint64 due; /* NO_DUE for none */
} Place;

/* A statement in the making. */
typedef struct
{
  const char *names[MAX_FRAGMENTS];
  guint n;
} Fragments;

static void
add (Fragments *fragments, const char *name)
{
  g_assert (fragments->n + 1 < MAX_FRAGMENTS);
  fragments->names[fragments->n++] = name;
}

static char *
words_of_phases (guint phases)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_array (writer, NULL);
  for (int phase = GUICHET_PHASE_RECEIVED; phase <= GUICHET_PHASE_CLOSED; phase++)
    if ((phases & (1u << phase)) != 0)
      guichet_json_writer_string (writer, NULL, guichet_enum_word (GUICHET_TYPE_PHASE, phase));
  guichet_json_writer_end_array (writer);
  return guichet_json_writer_end_text (writer);
}

/* `dup mar` → `"dup"* "mar"*`; NULL if there is no word in it. */
static char *
match_of_text (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n\r\"*", -1);
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean has_letter = FALSE;

      for (const char *p = words[i]; *p != '\0' && !has_letter; p = g_utf8_next_char (p))
        has_letter = g_unichar_isalnum (g_utf8_get_char (p));
      if (has_letter)
        g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " " : "", words[i]);
    }

  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

/* The filters that rows and tally share. */
static void
add_filters (Fragments *fragments, const GuichetdListQuery *query, gboolean tally)
{
  add (fragments, "and-departments");
  add (fragments, "and-procedures");
  if (query->department != GUICHET_DEPARTMENT_NONE)
    add (fragments, "and-department");
  if (query->procedure != NULL)
    add (fragments, "and-procedure");
  if (query->phases != 0)
    add (fragments, "and-phases");
  if (query->stage != NULL)
    add (fragments, "and-stage");
  if (query->assignee != NULL)
    add (fragments, query->assignee[0] != '\0' || tally ? "and-assignee" : "and-unassigned");
}

static void
add_counted_filters (Fragments *fragments, const GuichetdListQuery *query)
{
  if (query->late != GUICHET_DAY_NONE)
    add (fragments, "and-late");
  if (query->niss != NULL)
    add (fragments, "and-niss");
}

static void
bind_filters (GuichetStatement *statement, const GuichetdListQuery *query, gboolean tally)
{
  guichet_statement_bind_text (statement, "departments", query->rights->departments);
  guichet_statement_bind_text (statement, "procedures", query->rights->procedures);
  if (query->department != GUICHET_DEPARTMENT_NONE)
    guichet_statement_bind_text (statement,
                                 "department",
                                 guichet_enum_word (GUICHET_TYPE_DEPARTMENT, query->department));
  if (query->procedure != NULL)
    guichet_statement_bind_text (statement, "procedure", query->procedure);
  if (query->phases != 0)
    {
      g_autofree char *phases = words_of_phases (query->phases);

      guichet_statement_bind_text (statement, "phases", phases);
    }
  if (query->stage != NULL)
    guichet_statement_bind_text (statement, "stage", query->stage);
  if (query->assignee != NULL && (query->assignee[0] != '\0' || tally))
    guichet_statement_bind_text (statement, "assignee", query->assignee);
}

static void
bind_counted_filters (GuichetStatement *statement,
                      const GuichetdListQuery *query,
                      const char *match)
{
  if (query->late != GUICHET_DAY_NONE)
    guichet_statement_bind_integer (statement, "today", query->late);
  if (query->niss != NULL)
    guichet_statement_bind_blob (statement, "niss", query->niss, 16);
  if (match != NULL)
    guichet_statement_bind_text (statement, "match", match);
}

/* Whether how many there are is kept, or has to be counted. */
static gboolean
is_tallied (const GuichetdListQuery *query, const char *match)
{
  return query->late == GUICHET_DAY_NONE && query->niss == NULL && match == NULL;
}

/* From where to gather, if it is to be gathered. */
static const char *
source_of (const GuichetdListQuery *query)
{
  if (query->niss != NULL)
    return "from-niss";
  if (query->assignee != NULL)
    return "from-assignee";
  if (query->late != GUICHET_DAY_NONE)
    return "from-late";
  return "from-queue";
}

static gboolean
read_number (GuichetStatement *statement, gint64 *ret_number, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *ret_number = 0;
  if (guichet_statement_step (statement, &local_error))
    {
      *ret_number = guichet_statement_integer (statement, "n");
      guichet_statement_reset (statement);
    }
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

static gboolean
count (GuichetDb *db,
       const GuichetdListQuery *query,
       const char *match,
       gint64 *ret_total,
       GError **error)
{
  gboolean tally = is_tallied (query, match);
  Fragments fragments = { 0 };
  GuichetStatement *statement;

  if (tally)
    add (&fragments, "count-tally");
  else
    {
      add (&fragments, match != NULL ? "count-found" : "count");
      if (match == NULL)
        add (&fragments, source_of (query));
    }
  add_filters (&fragments, query, tally);
  if (!tally)
    {
      add_counted_filters (&fragments, query);
      add (&fragments, "count-end");
    }

  statement = guichet_db_statement_joined (db, fragments.names);
  bind_filters (statement, query, tally);
  if (!tally)
    {
      bind_counted_filters (statement, query, match);
      guichet_statement_bind_integer (statement,
                                      "most",
                                      match != NULL ? GUICHETD_LIST_FOUND_MAX : G_MAXINT64);
    }
  return read_number (statement, ret_total, error);
}

/* Cursors: `r.<id>`, `c.<last event>`, `d.<due>.<id>`: opaque to those who send them back. */

static char *
cursor_of (GuichetdSort sort, const Place *place)
{
  switch (sort)
    {
    case GUICHETD_SORT_CHANGED:
      return g_strdup_printf ("c.%" G_GINT64_FORMAT, place->last_event);
    case GUICHETD_SORT_DUE:
      return g_strdup_printf ("d.%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, place->due, place->id);
    case GUICHETD_SORT_RECEIVED:
    default:
      return g_strdup_printf ("r.%" G_GINT64_FORMAT, place->id);
    }
}

static gboolean
place_of_cursor (GuichetdSort sort, const char *cursor, Place *place)
{
  static const char letters[] = { 'r', 'c', 'd' };
  guint wanted = sort == GUICHETD_SORT_DUE ? 3 : 2;
  g_auto (GStrv) parts = g_strsplit (cursor, ".", 4);
  gint64 numbers[2] = { 0, 0 };

  if (g_strv_length (parts) != wanted || parts[0][0] != letters[sort] || parts[0][1] != '\0')
    return FALSE;
  for (guint i = 1; i < wanted; i++)
    if (!g_ascii_string_to_signed (parts[i], 10, G_MININT32, G_MAXINT64, &numbers[i - 1], NULL))
      return FALSE;

  place->id = sort == GUICHETD_SORT_DUE ? numbers[1] : numbers[0];
  place->last_event = numbers[0];
  place->due = numbers[0];
  return TRUE;
}

/* The place before the first row. */
static Place
beginning (GuichetdSort sort)
{
  if (sort == GUICHETD_SORT_DUE)
    return (Place){ .due = G_MININT32, .id = 0 };
  return (Place){ .id = G_MAXINT64, .last_event = G_MAXINT64 };
}

static void
bind_place (GuichetStatement *statement, GuichetdSort sort, const Place *place)
{
  switch (sort)
    {
    case GUICHETD_SORT_CHANGED:
      guichet_statement_bind_integer (statement, "before", place->last_event);
      break;
    case GUICHETD_SORT_DUE:
      guichet_statement_bind_integer (statement, "due", place->due);
      guichet_statement_bind_integer (statement, "id", place->id);
      break;
    case GUICHETD_SORT_RECEIVED:
    default:
      guichet_statement_bind_integer (statement, "before", place->id);
      break;
    }
}

/* Adds rows to the page until it holds @limit. */
static gboolean
take_rows (GuichetStatement *statement,
           guint limit,
           GuichetdListPage *page,
           Place *place,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    {
      /* One row more than fits says that there is a page after this one. */
      if (page->references->len == limit)
        {
          page->next = g_strdup ("");
          guichet_statement_reset (statement);
          return TRUE;
        }

      g_ptr_array_add (page->references,
                       g_strdup (guichet_statement_text (statement, "reference")));
      g_ptr_array_add (page->lines, g_strdup (guichet_statement_text (statement, "line")));
      place->id = guichet_statement_integer (statement, "id");
      place->last_event = guichet_statement_integer (statement, "last_event");
      place->due = guichet_statement_is_null (statement, "due")
                       ? NO_DUE
                       : guichet_statement_integer (statement, "due");
    }
  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

static gboolean
gather (GuichetDb *db,
        const GuichetdListQuery *query,
        const char *match,
        Place *place,
        GuichetdListPage *page,
        GError **error)
{
  static const char *const after[] = { "after-received", "after-changed", "after-due" };
  static const char *const order[] = { "by-received", "by-changed", "by-due-or-none" };
  gboolean ranked = match != NULL && query->sort == GUICHETD_SORT_RECEIVED;
  Fragments fragments = { 0 };
  GuichetStatement *statement;

  add (&fragments, match != NULL ? "list-found" : "list");
  if (match == NULL)
    add (&fragments, source_of (query));
  add_filters (&fragments, query, FALSE);
  add_counted_filters (&fragments, query);
  add (&fragments, ranked ? "after-rank-received" : after[query->sort]);
  add (&fragments, ranked ? "by-rank-received" : order[query->sort]);

  statement = guichet_db_statement_joined (db, fragments.names);
  bind_filters (statement, query, FALSE);
  bind_counted_filters (statement, query, match);
  bind_place (statement, query->sort, place);
  guichet_statement_bind_integer (statement, "limit", query->page_size + 1);
  return take_rows (statement, query->page_size, page, place, error);
}

static gboolean
walk_along (GuichetDb *db,
            const GuichetdListQuery *query,
            const char *from,
            const char *by,
            Place *place,
            GuichetdListPage *page,
            GError **error)
{
  Fragments fragments = { 0 };
  GuichetStatement *statement;

  add (&fragments, "list");
  add (&fragments, from);
  add_filters (&fragments, query, FALSE);
  add (&fragments, by);

  statement = guichet_db_statement_joined (db, fragments.names);
  bind_filters (statement, query, FALSE);
  if (strcmp (from, "from-without-due") == 0)
    guichet_statement_bind_integer (statement, "id", place->id);
  else
    bind_place (statement, query->sort, place);
  guichet_statement_bind_integer (statement, "limit", query->page_size - page->references->len + 1);
  return take_rows (statement, query->page_size, page, place, error);
}

static gboolean
walk (GuichetDb *db,
      const GuichetdListQuery *query,
      Place *place,
      GuichetdListPage *page,
      GError **error)
{
  if (query->sort == GUICHETD_SORT_RECEIVED)
    return walk_along (db, query, "from-received", "by-received", place, page, error);
  if (query->sort == GUICHETD_SORT_CHANGED)
    return walk_along (db, query, "from-changed", "by-changed", place, page, error);

  /* Those with a day, then those without. */
  if (place->due != NO_DUE)
    {
      Place none = { .due = NO_DUE, .id = 0 };

      if (!walk_along (db, query, "from-due", "by-due", place, page, error))
        return FALSE;
      if (page->next != NULL)
        return TRUE;
      /* An empty second half must not move the place of the first. */
      if (!walk_along (db, query, "from-without-due", "by-deposit", &none, page, error))
        return FALSE;
      if (none.id != 0)
        *place = none;
      return TRUE;
    }
  return walk_along (db, query, "from-without-due", "by-deposit", place, page, error);
}

/*
 * Walking looks at about page / (share that matches) rows, gathering at all that match. An event
 * is about a quarter of a request; this need not be exact.
 */
static gboolean
is_better_walked (GuichetdStore *store, const GuichetdListQuery *query, gint64 total)
{
  gint64 all = MAX (guichetd_store_get_last (store) / 4, 1);

  return total * total > (gint64) query->page_size * all;
}

gboolean
guichetd_listing_search (GuichetdStore *store,
                         GuichetDb *db,
                         const GuichetdListQuery *asked,
                         GuichetdListPage *page,
                         GError **error)
{
  GuichetdListQuery all_phases = *asked;
  const GuichetdListQuery *query = &all_phases;
  g_autofree char *match = query->text != NULL ? match_of_text (query->text) : NULL;
  Place place = beginning (query->sort);
  gboolean walked;

  /* In the indexes the phase stands before the stage: all of them is better than none. */
  if (query->stage != NULL && query->phases == 0)
    all_phases.phases = ~0u;

  page->references = g_ptr_array_new_with_free_func (g_free);
  page->lines = g_ptr_array_new_with_free_func (g_free);
  if (query->cursor != NULL && !place_of_cursor (query->sort, query->cursor, &place))
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_INVALID_ARGUMENT,
                           "the cursor is not one of this list");
      return FALSE;
    }

  if (!count (db, query, match, &page->total, error))
    return FALSE;
  if (page->total == 0)
    return TRUE;

  walked = is_tallied (query, match) && is_better_walked (store, query, page->total);
  if (!(walked ? walk (db, query, &place, page, error)
               : gather (db, query, match, &place, page, error)))
    return FALSE;

  if (page->next != NULL)
    {
      g_free (page->next);
      page->next = cursor_of (query->sort, &place);
    }
  return TRUE;
}
