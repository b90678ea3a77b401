/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A town of random requests.
 */
#include "config.h"

#include "town-fixture.h"

#include "guichet-fold.h"
#include "guichet-reference.h"

#include <string.h>

static const struct
{
  const char *code;
  GuichetDepartment department;
} procedures[] = {
  { "POP-TST", GUICHET_DEPARTMENT_POPULATION },
  { "POP-SEC", GUICHET_DEPARTMENT_POPULATION },
  { "EC-OWN", GUICHET_DEPARTMENT_CIVIL_STATUS },
  { "PLA-ANY", GUICHET_DEPARTMENT_PLANNING },
  { "ARC-ANY", GUICHET_DEPARTMENT_ARCHIVES },
  /* Once another department's: requests stay where they were deposited. */
  { "POP-TST", GUICHET_DEPARTMENT_PLANNING },
};

static const char *const citizens[] = {
  "Élise Noël",
  "ELISE Noel",
  "Jean-Luc Dupont",
  "Jeanne Dupond",
  "Van den Berghe An",
  "Søren Øvergård",
  "Zoé Ünal",
  "Dupont Dupont",
  "Łukasz Żuraw",
  "D'Hondt Œdipe",
  "Müller-Straße A",
  "de la Fosse",
  "Éa",
  "An Van den Berghen",
  NULL,
};

static const char *const stages[] = { "received",
                                      "checking",
                                      "waitingForPolice",
                                      "ready",
                                      "closed" };

static const char *const assignees[][2] = {
  { NULL, NULL },
  { NULL, NULL },
  { TOWN_ME, "Chloé Hannecart" },
  { "bruno", "Bruno Élan" },
  { "anna", NULL },
  { "zoe", "brûno elan" },
};

static const char *const actors[] = { TOWN_ME, "bruno", "citizen", GUICHET_ACTOR_DAEMON };

#define PICK(table) (table)[g_test_rand_int_range (0, G_N_ELEMENTS (table))]

Town *
town_new (guint n_lines)
{
  Town *self = g_new0 (Town, 1);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_line_unref);
  self->news = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < n_lines; i++)
    town_add (self, town_make_line (self));
  return self;
}

void
town_free (Town *self)
{
  g_ptr_array_unref (self->lines);
  g_hash_table_unref (self->news);
  g_hash_table_unref (self->changed);
  g_hash_table_unref (self->gone);
  g_hash_table_unref (self->folds);
  g_free (self);
}

/* Everything but what a request keeps for life. */
static void
randomise (GuichetLine *line)
{
  const int assignee = g_test_rand_int_range (0, G_N_ELEMENTS (assignees));

  line->phase =
      (GuichetPhase) g_test_rand_int_range (GUICHET_PHASE_RECEIVED, GUICHET_PHASE_CLOSED + 1);
  g_free (line->stage);
  line->stage = g_strdup (PICK (stages));
  line->waiting =
      line->phase == GUICHET_PHASE_WAITING ? GUICHET_WAITING_DOCUMENTS : GUICHET_WAITING_NONE;
  line->blocker = g_test_rand_bit () ? GUICHET_BLOCKER_NONE : GUICHET_BLOCKER_REGION;
  line->result = line->phase == GUICHET_PHASE_CLOSED ? GUICHET_RESULT_ISSUED : GUICHET_RESULT_NONE;
  g_free (line->assignee);
  line->assignee = g_strdup (assignees[assignee][0]);
  g_free (line->assignee_name);
  line->assignee_name = g_strdup (assignees[assignee][1]);
  line->due = g_test_rand_int_range (0, 4) == 0 ? GUICHET_DAY_NONE
                                                : TOWN_TODAY + g_test_rand_int_range (-6, 7);
  line->legal_due = g_test_rand_bit () ? GUICHET_DAY_NONE : TOWN_TODAY + 30;
  line->stopped = line->due == GUICHET_DAY_NONE && g_test_rand_bit ();
  line->delivery_failed = g_test_rand_bit ();
  line->last_kind =
      (GuichetEventKind) g_test_rand_int_range (GUICHET_EVENT_SUBMITTED, GUICHET_EVENT_PURGED + 1);
  g_free (line->last_actor);
  line->last_actor = g_strdup (PICK (actors));
  line->last_instant = TOWN_NOW - g_test_rand_int_range (0, 80) * TOWN_DAY;
}

GuichetLine *
town_make_line (Town *self)
{
  GuichetLine *line = guichet_line_new ();
  const int procedure = g_test_rand_int_range (0, G_N_ELEMENTS (procedures));

  line->reference = guichet_reference_make (2026, 1000003u * (guint64) ++self->made);
  line->procedure = g_strdup (procedures[procedure].code);
  line->department = procedures[procedure].department;
  line->citizen = g_strdup (PICK (citizens));
  line->language = GUICHET_LANGUAGE_NL;
  line->channel = GUICHET_CHANNEL_WEB;
  line->received = TOWN_NOW - g_test_rand_int_range (0, 20) * TOWN_DAY;
  line->version = 1;
  line->last_event = ++self->last;
  randomise (line);
  return line;
}

GuichetLine *
town_next (Town *self, const GuichetLine *line)
{
  GuichetLine *next = guichet_line_new ();

  *next = *line;
  next->reference = g_strdup (line->reference);
  next->procedure = g_strdup (line->procedure);
  next->citizen = g_strdup (line->citizen);
  next->stage = g_strdup (line->stage);
  next->assignee = g_strdup (line->assignee);
  next->assignee_name = g_strdup (line->assignee_name);
  next->last_actor = g_strdup (line->last_actor);
  next->version++;
  next->last_event = ++self->last;
  return next;
}

static guint
position_of (Town *self, const char *reference)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const GuichetLine *line = g_ptr_array_index (self->lines, i);

      if (g_str_equal (line->reference, reference))
        return i;
    }
  return G_MAXUINT;
}

GuichetLine *
town_find (Town *self, const char *reference)
{
  const guint at = position_of (self, reference);

  return at != G_MAXUINT ? g_ptr_array_index (self->lines, at) : NULL;
}

static gboolean
is_news (const GuichetLine *line)
{
  if (g_str_equal (line->last_actor, GUICHET_ACTOR_DAEMON))
    return line->last_kind == GUICHET_EVENT_NOTIFICATION_FAILED;
  return !g_str_equal (line->last_actor, TOWN_ME);
}

void
town_add (Town *self, GuichetLine *line)
{
  if (is_news (line))
    g_hash_table_insert (self->news,
                         g_strdup (line->reference),
                         GINT_TO_POINTER ((int) line->last_event));
  g_ptr_array_add (self->lines, line);
  g_hash_table_add (self->changed, g_strdup (line->reference));
}

void
town_put (Town *self, GuichetLine *line)
{
  g_ptr_array_remove_index (self->lines, position_of (self, line->reference));
  town_add (self, line);
}

void
town_remove (Town *self, const char *reference)
{
  self->last++;
  g_hash_table_remove (self->changed, reference);
  g_hash_table_add (self->gone, g_strdup (reference));
  g_ptr_array_remove_index (self->lines, position_of (self, reference));
}

void
town_live (Town *self)
{
  const int what = g_test_rand_int_range (0, 10);
  GuichetLine *next;
  const GuichetLine *line;

  if (what == 0 || self->lines->len == 0)
    {
      town_add (self, town_make_line (self));
      return;
    }
  line =
      g_ptr_array_index (self->lines, (guint) g_test_rand_int_range (0, (gint32) self->lines->len));
  if (what == 1)
    {
      town_remove (self, line->reference);
      return;
    }

  next = town_next (self, line);
  randomise (next);
  if (what == 2)
    {
      g_free (next->citizen);
      next->citizen = g_strdup (PICK (citizens));
    }
  town_put (self, next);
}

/* Pages */

static GBytes *
write_page (gint64 epoch,
            GPtrArray *lines,
            GHashTable *news,
            const char *const *gone,
            gboolean purged,
            gint64 last,
            gboolean more,
            gint64 total)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_integer (writer, "epoch", epoch);
  guichet_json_writer_begin_array (writer, "items");
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const GuichetLine *line = g_ptr_array_index (lines, i);
      gpointer number = news != NULL ? g_hash_table_lookup (news, line->reference) : NULL;

      guichet_json_writer_begin_object (writer, NULL);
      guichet_line_write (line, writer, "line");
      guichet_json_writer_integer (writer, "news", GPOINTER_TO_INT (number));
      guichet_json_writer_end_object (writer);
    }
  for (gsize i = 0; gone != NULL && gone[i] != NULL; i++)
    {
      guichet_json_writer_begin_object (writer, NULL);
      guichet_json_writer_string (writer, "reference", gone[i]);
      guichet_json_writer_boolean (writer, "gone", TRUE);
      if (purged)
        guichet_json_writer_boolean (writer, "purged", TRUE);
      guichet_json_writer_end_object (writer);
    }
  guichet_json_writer_end_array (writer);
  guichet_json_writer_integer (writer, "last", last);
  guichet_json_writer_boolean (writer, "more", more);
  if (total > 0)
    guichet_json_writer_integer (writer, "total", total);
  guichet_json_writer_end_object (writer);
  return guichet_json_writer_end (writer);
}

GBytes *
town_page_of (gint64 epoch,
              GPtrArray *lines,
              const char *const *gone,
              gint64 last,
              gboolean more,
              gint64 total)
{
  return write_page (epoch, lines, NULL, gone, FALSE, last, more, total);
}

GBytes *
town_page (Town *self, gint64 epoch)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autofree const char **gone = (const char **) g_hash_table_get_keys_as_array (self->gone, NULL);
  GBytes *page;

  for (guint i = 0; i < self->lines->len; i++)
    {
      GuichetLine *line = g_ptr_array_index (self->lines, i);

      if (g_hash_table_contains (self->changed, line->reference))
        g_ptr_array_add (lines, line);
    }
  page = write_page (epoch, lines, self->news, gone, self->purged, self->last, FALSE, 0);
  g_hash_table_remove_all (self->changed);
  g_hash_table_remove_all (self->gone);
  return page;
}

/* Naive lists */

gboolean
town_is_in (const GuichetLine *line, GuichetView view, GuichetDay today)
{
  const gboolean open = line->phase != GUICHET_PHASE_CLOSED;

  switch (view)
    {
    case GUICHET_VIEW_MINE:
      return open && g_strcmp0 (line->assignee, TOWN_ME) == 0;
    case GUICHET_VIEW_TO_TAKE:
      return line->assignee == NULL &&
             (line->phase == GUICHET_PHASE_RECEIVED || line->phase == GUICHET_PHASE_PROCESSING);
    case GUICHET_VIEW_WAITING:
      return line->phase == GUICHET_PHASE_WAITING;
    case GUICHET_VIEW_LATE:
      return open && line->due != GUICHET_DAY_NONE && line->due < today;
    case GUICHET_VIEW_ALL:
      return open;
    case GUICHET_VIEW_CLOSED:
      return !open;
    default:
      g_assert_not_reached ();
    }
}

void
town_count (Town *self, GuichetDay today, GuichetCounts *counts)
{
  memset (counts, 0, sizeof *counts);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const GuichetLine *line = g_ptr_array_index (self->lines, i);

      for (int view = 0; view < GUICHET_N_VIEWS; view++)
        if (town_is_in (line, (GuichetView) view, today))
          {
            counts->of[line->department][view]++;
            counts->of[GUICHET_DEPARTMENT_NONE][view]++;
          }
    }
}

const char *
town_name_of (GuichetCatalogue *catalogue, const char *procedure)
{
  const GuichetProcedure *found =
      catalogue != NULL ? guichet_catalogue_find (catalogue, procedure) : NULL;

  return found != NULL ? guichet_localized_get (&found->names, GUICHET_LANGUAGE_FR) : NULL;
}

typedef struct
{
  Town *town;
  const GuichetQuestion *question;
  GuichetCatalogue *catalogue;
  GHashTable *ids;
} Sorting;

/* Folded once, since sorting asks again and again. */
static const char *
folded (Town *self, const char *text)
{
  const char *known = g_hash_table_lookup (self->folds, text != NULL ? text : "");

  if (known == NULL)
    {
      g_hash_table_insert (self->folds,
                           g_strdup (text != NULL ? text : ""),
                           guichet_fold (text != NULL ? text : ""));
      known = g_hash_table_lookup (self->folds, text != NULL ? text : "");
    }
  return known;
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static gint64
due_of (const GuichetLine *line)
{
  return line->due != GUICHET_DAY_NONE ? line->due : G_MAXINT64;
}

static int
compare_folded (Town *town, const char *a, const char *b)
{
  return strcmp (folded (town, a), folded (town, b));
}

static int
compare_procedures (const Sorting *sorting, const char *a, const char *b)
{
  const char *first = town_name_of (sorting->catalogue, a);
  const char *second = town_name_of (sorting->catalogue, b);
  int order = 0;

  if ((first == NULL) != (second == NULL))
    return first == NULL ? 1 : -1;
  if (first != NULL)
    order = compare_folded (sorting->town, first, second);
  return order != 0 ? order : strcmp (a, b);
}

static const char *
assignee_of (const GuichetLine *line)
{
  return line->assignee_name != NULL ? line->assignee_name : line->assignee;
}

static int
compare_keys (const GuichetLine *a, const GuichetLine *b, const Sorting *sorting)
{
  int order = 0;

  switch (sorting->question->sort)
    {
    case GUICHET_SORT_DUE:
      return compare_numbers (due_of (a), due_of (b));
    case GUICHET_SORT_RECEIVED:
      return compare_numbers (a->received, b->received);
    case GUICHET_SORT_REFERENCE:
      return strcmp (a->reference, b->reference);
    case GUICHET_SORT_CITIZEN:
      return compare_folded (sorting->town, a->citizen, b->citizen);
    case GUICHET_SORT_CHANGED:
      return compare_numbers (a->last_event, b->last_event);
    case GUICHET_SORT_PROCEDURE:
      order = compare_procedures (sorting, a->procedure, b->procedure);
      break;
    case GUICHET_SORT_STAGE:
      order = compare_numbers ((gint64) a->phase, (gint64) b->phase);
      order = order != 0 ? order : strcmp (a->stage, b->stage);
      break;
    case GUICHET_SORT_ASSIGNEE:
      order = compare_folded (sorting->town, assignee_of (a), assignee_of (b));
      break;
    default:
      g_assert_not_reached ();
    }
  return order != 0 ? order : compare_numbers (due_of (a), due_of (b));
}

static int
compare_lines (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const GuichetLine *first = *(const GuichetLine *const *) a;
  const GuichetLine *second = *(const GuichetLine *const *) b;
  const Sorting *sorting = user_data;
  int order;

  /* Those without a date are last in either direction. */
  if (sorting->question->sort == GUICHET_SORT_DUE &&
      (first->due == GUICHET_DAY_NONE) != (second->due == GUICHET_DAY_NONE))
    return first->due == GUICHET_DAY_NONE ? 1 : -1;

  order = compare_keys (first, second, sorting);
  if (order == 0)
    order =
        compare_numbers (GPOINTER_TO_UINT (g_hash_table_lookup (sorting->ids, first->reference)),
                         GPOINTER_TO_UINT (g_hash_table_lookup (sorting->ids, second->reference)));
  return sorting->question->descending ? -order : order;
}

/* Whether @word begins a word of @text. */
static gboolean
begins_in (Town *self, const char *text, const char *word)
{
  const char *words = folded (self, text);
  const gsize length = strlen (word);

  for (const char *at = words; at != NULL; at = strchr (at, ' '))
    {
      at += *at == ' ' ? 1 : 0;
      if (strncmp (at, word, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A reference is found by each of its groups, and read on from there. */
static gboolean
begins_in_reference (const char *reference, const char *word)
{
  for (const char *group = reference; group != NULL; group = strchr (group, '-'))
    {
      g_auto (GStrv) groups = NULL;
      g_autofree char *joined = NULL;
      g_autofree char *lower = NULL;

      group += *group == '-' ? 1 : 0;
      groups = g_strsplit (group, "-", -1);
      joined = g_strjoinv (NULL, groups);
      lower = g_ascii_strdown (joined, -1);
      if (g_str_has_prefix (lower, word))
        return TRUE;
    }
  return FALSE;
}

gboolean
town_has_word (Town *self, const GuichetLine *line, const char *word, GuichetCatalogue *catalogue)
{
  const GuichetProcedure *procedure =
      catalogue != NULL ? guichet_catalogue_find (catalogue, line->procedure) : NULL;

  for (int i = 0; procedure != NULL && i < GUICHET_N_LANGUAGES; i++)
    if (procedure->names.in[i] != NULL && begins_in (self, procedure->names.in[i], word))
      return TRUE;
  if (begins_in (self, line->citizen, word))
    return TRUE;
  /* One or two letters are not meant for a reference. */
  if (g_utf8_strlen (word, -1) <= 2 && strpbrk (word, "0123456789") == NULL)
    return FALSE;
  return begins_in_reference (line->reference, word);
}

GPtrArray *
town_list (Town *self,
           const GuichetQuestion *question,
           const char *const *words,
           GuichetCatalogue *catalogue,
           GHashTable *ids,
           GuichetDay today)
{
  GPtrArray *list = g_ptr_array_new ();
  Sorting sorting = { self, question, catalogue, ids };

  for (guint i = 0; i < self->lines->len; i++)
    {
      GuichetLine *line = g_ptr_array_index (self->lines, i);
      gboolean fits = town_is_in (line, question->view, today) &&
                      (question->department == GUICHET_DEPARTMENT_NONE ||
                       question->department == line->department);

      for (gsize j = 0; fits && words != NULL && words[j] != NULL; j++)
        fits = town_has_word (self, line, words[j], catalogue);
      if (fits)
        g_ptr_array_add (list, line);
    }
  g_ptr_array_sort_with_data (list, compare_lines, &sorting);
  for (guint i = 0; i < list->len; i++)
    list->pdata[i] = ((GuichetLine *) list->pdata[i])->reference;
  return list;
}
