/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists: that pages put together are the whole list in the right order, whichever way it was
 * made; that changes tell all; and that no list is made by looking through everything.
 */
#include "config.h"

#include "guichetd-listing.h"
#include "guichetd-mail-queue.h"
#include "office.h"
#include "plans.h"

#include <string.h>

#define N_REQUESTS 60

static void
set_up (Office *office, gconstpointer data)
{
  static const char *const procedures[] = { "POP-TST", "POP-SEC", "EC-TST" };
  static const char *const names[] = { "Dupont", "Élise", "van den Berg", "Müller" };

  office_open (office);
  for (guint i = 0; i < N_REQUESTS; i++)
    {
      g_autoptr (GuichetCitizen) citizen = office_citizen (names[i % 4], "Noé", 1 + i / 3);
      g_autofree char *reference =
          office_submit (office, office->chloe, procedures[i % 3], citizen);
      g_autoptr (GuichetCommand) claim = office_command (GUICHET_COMMAND_CLAIM, reference, 1);
      g_autoptr (GuichetCommand) move = office_command (GUICHET_COMMAND_MOVE, reference, 1);
      int fate = g_test_rand_int_range (0, 6);

      if (fate >= 1)
        office_act (office,
                    i % 3 == 0 && g_test_rand_bit () ? office->bruno : office->chloe,
                    claim);
      move->to = g_strdup (fate == 5 ? "withdrawn" : "checking");
      move->text = g_strdup ("parce que");
      if (fate >= 2)
        office_act (office, office->chloe, move);
      if (fate == 4)
        {
          g_autoptr (GuichetCommand) ask = office_command (GUICHET_COMMAND_MOVE, reference, 0);

          ask->after = g_strdup (move->key);
          ask->to = g_strdup ("documentsAwaited");
          ask->text = g_strdup ("il manque la signature");
          office_act (office, office->chloe, ask);
        }
      /* Deposits over a month: some are late by now. */
      guichet_clock_set (office->clock, guichet_clock_now (office->clock) + OFFICE_DAY / 2);
    }
}

static void
tear_down (Office *office, gconstpointer data)
{
  office_close (office);
}

/* All lines that Chloé may list, by one page; she is the measure of the others. */
static GPtrArray *
all_lines (Office *office)
{
  const GuichetdSearch search = { .page_size = 200 };
  g_autoptr (GBytes) bytes = office_search (office, office->chloe, &search, NULL);
  g_autoptr (JsonObject) answer = office_json (bytes);
  JsonArray *items = json_object_get_array_member (answer, "items");
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < json_array_get_length (items); i++)
    g_ptr_array_add (lines, json_object_ref (json_array_get_object_element (items, i)));
  return lines;
}

static const char *
text_of (JsonObject *line, const char *member)
{
  return json_object_get_string_member_with_default (line, member, NULL);
}

static gboolean
fits (Office *office, const GuichetdSearch *search, JsonObject *line)
{
  const char *assignee = text_of (line, "assignee");
  const char *wanted = g_strcmp0 (search->assignee, "me") == 0 ? "chloe" : search->assignee;
  int phase = 0;

  guichet_enum_value (GUICHET_TYPE_PHASE, text_of (line, "phase"), &phase);
  if (search->phases != 0 && (search->phases & (1u << phase)) == 0)
    return FALSE;
  if (search->stage != NULL && g_strcmp0 (search->stage, text_of (line, "stage")) != 0)
    return FALSE;
  if (search->procedure != NULL && g_strcmp0 (search->procedure, text_of (line, "procedure")) != 0)
    return FALSE;
  if (search->department != GUICHET_DEPARTMENT_NONE &&
      g_strcmp0 (guichet_enum_word (GUICHET_TYPE_DEPARTMENT, search->department),
                 text_of (line, "department")) != 0)
    return FALSE;
  if (g_strcmp0 (search->assignee, "none") == 0
          ? assignee != NULL
          : wanted != NULL && g_strcmp0 (wanted, assignee) != 0)
    return FALSE;
  if (search->late)
    {
      g_autofree char *today = guichet_day_text (
          guichet_day_of_instant (guichet_clock_now (office->clock), office->zone));

      return text_of (line, "due") != NULL && strcmp (text_of (line, "due"), today) < 0;
    }
  return TRUE;
}

static int
by_changed (gconstpointer a, gconstpointer b)
{
  gint64 first = json_object_get_int_member (*(JsonObject *const *) a, "lastEvent");
  gint64 second = json_object_get_int_member (*(JsonObject *const *) b, "lastEvent");

  return first > second ? -1 : first < second;
}

static int
by_received (gconstpointer a, gconstpointer b)
{
  return -strcmp (text_of (*(JsonObject *const *) a, "received"),
                  text_of (*(JsonObject *const *) b, "received"));
}

static int
by_due (gconstpointer a, gconstpointer b)
{
  const char *first = text_of (*(JsonObject *const *) a, "due");
  const char *second = text_of (*(JsonObject *const *) b, "due");
  int order = strcmp (first != NULL ? first : "9999", second != NULL ? second : "9999");

  return order != 0 ? order : -by_received (a, b);
}

/* Page after page, against the whole filtered and sorted here. */
static void
check_pages (Office *office, GPtrArray *lines, const GuichetdSearch *asked)
{
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  GuichetdSearch search = *asked;
  g_autofree char *cursor = NULL;
  guint seen = 0;

  for (guint i = 0; i < lines->len; i++)
    if (fits (office, &search, g_ptr_array_index (lines, i)))
      g_ptr_array_add (expected, g_ptr_array_index (lines, i));
  g_ptr_array_sort (expected,
                    g_strcmp0 (search.sort, "due") == 0       ? by_due
                    : g_strcmp0 (search.sort, "changed") == 0 ? by_changed
                                                              : by_received);

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (JsonObject) answer = NULL;
      JsonArray *items;

      search.cursor = cursor;
      bytes = office_search (office, office->chloe, &search, &error);
      g_assert_no_error (error);
      answer = office_json (bytes);
      g_assert_cmpint (json_object_get_int_member (answer, "total"), ==, expected->len);
      items = json_object_get_array_member (answer, "items");
      for (guint i = 0; i < json_array_get_length (items); i++)
        {
          g_assert_cmpuint (seen, <, expected->len);
          g_assert_cmpstr (text_of (json_array_get_object_element (items, i), "reference"),
                           ==,
                           text_of (g_ptr_array_index (expected, seen), "reference"));
          seen++;
        }
      g_free (cursor);
      cursor = g_strdup (text_of (answer, "next"));
      g_assert_true (cursor == NULL || json_array_get_length (items) == search.page_size);
    }
  while (cursor != NULL);
  g_assert_cmpuint (seen, ==, expected->len);
}

static const GuichetdSearch searches[] = {
  { 0 },
  { .department = GUICHET_DEPARTMENT_POPULATION },
  { .department = GUICHET_DEPARTMENT_ARCHIVES },
  { .phases = 1u << GUICHET_PHASE_CLOSED },
  { .phases = 1u << GUICHET_PHASE_RECEIVED | 1u << GUICHET_PHASE_PROCESSING },
  { .stage = (char *) "checking" },
  { .stage = (char *) "checking", .procedure = (char *) "POP-SEC" },
  { .procedure = (char *) "EC-TST" },
  { .assignee = (char *) "me" },
  { .assignee = (char *) "none" },
  { .assignee = (char *) "bruno", .phases = 1u << GUICHET_PHASE_PROCESSING },
  { .assignee = (char *) "personne" },
  { .late = TRUE },
  { .late = TRUE, .assignee = (char *) "me", .department = GUICHET_DEPARTMENT_CIVIL_STATUS },
  { .phases = 1u << GUICHET_PHASE_WAITING,
    .assignee = (char *) "me",
    .procedure = (char *) "POP-TST" },
};

static const char *const sorts[] = { "received", "changed", "due" };

/* A page of one row is walked to where much matches; a page of 200 is always gathered. */
static const guint page_sizes[] = { 1, 7, 200 };

static void
test_pages (Office *office, gconstpointer data)
{
  g_autoptr (GPtrArray) lines = all_lines (office);

  g_assert_cmpuint (lines->len, ==, N_REQUESTS);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sorts); j++)
      for (guint k = 0; k < G_N_ELEMENTS (page_sizes); k++)
        {
          GuichetdSearch search = searches[i];

          search.sort = (char *) sorts[j];
          search.page_size = page_sizes[k];
          check_pages (office, lines, &search);
        }
}

static guint
count_found (Office *office, const char *text, const char *sort, guint page_size)
{
  GuichetdSearch search = { .text = (char *) text, .sort = (char *) sort, .page_size = page_size };
  g_autofree char *cursor = NULL;
  guint found = 0;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (JsonObject) answer = NULL;

      search.cursor = cursor;
      bytes = office_search (office, office->chloe, &search, &error);
      g_assert_no_error (error);
      answer = office_json (bytes);
      found += json_array_get_length (json_object_get_array_member (answer, "items"));
      g_free (cursor);
      cursor = g_strdup (text_of (answer, "next"));
      if (cursor == NULL)
        g_assert_cmpint (json_object_get_int_member (answer, "total"), ==, found);
    }
  while (cursor != NULL);
  return found;
}

static void
test_words (Office *office, gconstpointer data)
{
  static const struct
  {
    const char *text;
    guint found;
  } cases[] = {
    { "dupont", N_REQUESTS / 4 },
    { "DUP", N_REQUESTS / 4 },
    { "elise", N_REQUESTS / 4 },
    { "Élise no", N_REQUESTS / 4 },
    { "muller", N_REQUESTS / 4 },
    { "berg den van", N_REQUESTS / 4 },
    { "naissance", N_REQUESTS / 3 },
    { "geboorteakte", N_REQUESTS / 3 },
    { "d", N_REQUESTS }, /* Dupont, den; and every procedure has a word with it */
    { "noe", N_REQUESTS },
    { "dupont elise", 0 },
    { "xyzzy", 0 },
    { "\"dupont\"", N_REQUESTS / 4 },
    { "dupont* OR elise", 0 },
    { "name:dupont", 0 },
    { "NOT dupont", 0 },
    { "du(pont", 0 },
    { "  ' - \" ", N_REQUESTS }, /* no word at all */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sorts); j++)
      {
        guint found = count_found (office, cases[i].text, sorts[j], 7);

        g_test_message ("%s: %u", cases[i].text, found);
        if (strcmp (cases[i].text, "d") != 0)
          g_assert_cmpuint (found, ==, cases[i].found);
      }
}

static void
test_reference_and_niss (Office *office, gconstpointer data)
{
  g_autoptr (GPtrArray) lines = all_lines (office);
  const char *reference = text_of (g_ptr_array_index (lines, 5), "reference");
  g_autofree char *lower = g_ascii_strdown (reference, -1);
  g_autofree char *part = g_strndup (reference, 6);
  g_autofree char *niss = NULL;
  g_autoptr (GuichetCitizen) citizen = office_citizen ("X", "Y", 4);
  g_autofree char *typed =
      g_strdup_printf ("%.6s-%.3s.%s", citizen->niss, citizen->niss + 6, citizen->niss + 9);

  g_assert_cmpuint (count_found (office, reference, NULL, 50), ==, 1);
  g_assert_cmpuint (count_found (office, lower, NULL, 50), ==, 1);
  g_assert_cmpuint (count_found (office, part, NULL, 50), >=, 1);

  /* Eleven digits are a person: exactly, however they are written, and nobody if they are wrong. */
  g_assert_cmpuint (count_found (office, citizen->niss, NULL, 50), ==, 3);
  g_assert_cmpuint (count_found (office, typed, "due", 2), ==, 3);
  niss = g_strdup (citizen->niss);
  niss[10] = niss[10] == '0' ? '1' : '0';
  g_assert_cmpuint (count_found (office, niss, NULL, 50), ==, 0);
}

static void
test_bad_questions (Office *office, gconstpointer data)
{
  static const GuichetdSearch bad[] = {
    { .sort = (char *) "name" },    { .cursor = (char *) "r." },
    { .cursor = (char *) "d.1.2" }, { .cursor = (char *) "r.1.2" },
    { .cursor = (char *) "" },      { .cursor = (char *) "r.99999999999999999999" },
    { .cursor = (char *) "c.4" },   { .cursor = (char *) "r.1; DROP TABLE event" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (office_search (office, office->chloe, &bad[i], &error));
      g_assert_error (error, GUICHET_REFUSAL, GUICHET_REFUSAL_INVALID);
    }
}

/* A mirror that only ever asks for changes knows what the server knows. */
static void
synchronise (Office *office, GuichetClerk *clerk, GHashTable *mirror, gint64 *after, guint limit)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = office_changes (office, clerk, *after, limit, &error);
      g_autoptr (JsonObject) answer = NULL;
      JsonArray *items;

      g_assert_no_error (error);
      answer = office_json (bytes);
      items = json_object_get_array_member (answer, "items");
      g_assert_cmpuint (json_array_get_length (items), <=, limit);
      for (guint i = 0; i < json_array_get_length (items); i++)
        {
          JsonObject *item = json_array_get_object_element (items, i);

          if (json_object_has_member (item, "line"))
            {
              JsonObject *line = json_object_get_object_member (item, "line");

              g_hash_table_insert (mirror,
                                   g_strdup (text_of (line, "reference")),
                                   GINT_TO_POINTER (
                                       (int) json_object_get_int_member (line, "version")));
            }
          else
            g_hash_table_remove (mirror, text_of (item, "reference"));
        }
      g_assert_cmpint (json_object_get_int_member (answer, "last"), >=, *after);
      *after = json_object_get_int_member (answer, "last");
      more = json_object_get_boolean_member (answer, "more");
    }
}

static void
assert_mirror (Office *office, GHashTable *mirror)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM request WHERE department IN ('population', 'civilStatus')"
      " AND procedure <> 'EC-SEC' AND (closed IS NULL OR closed >= %" G_GINT64_FORMAT ")",
      guichet_clock_now (office->clock) - 90 * OFFICE_DAY);
  GHashTableIter iter;
  gpointer reference, version;

  g_assert_cmpint (office_number (office, sql), ==, g_hash_table_size (mirror));
  g_hash_table_iter_init (&iter, mirror);
  while (g_hash_table_iter_next (&iter, &reference, &version))
    {
      g_autofree char *one = g_strdup_printf ("SELECT version FROM request WHERE reference = '%s'",
                                              (const char *) reference);

      g_assert_cmpint (office_number (office, one), ==, GPOINTER_TO_INT (version));
    }
}

static void
test_changes (Office *office, gconstpointer data)
{
  g_autoptr (GHashTable) mirror = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) lines = all_lines (office);
  gint64 after = 0;

  synchronise (office, office->chloe, mirror, &after, 7);
  assert_mirror (office, mirror);
  g_assert_cmpint (after, ==, guichetd_store_get_last (office->store));

  for (guint i = 0; i < 30; i++)
    {
      const char *reference =
          text_of (g_ptr_array_index (lines, (guint) g_test_rand_int_range (0, (int) lines->len)),
                   "reference");
      g_autoptr (GuichetCommand) note = office_command (GUICHET_COMMAND_NOTE, reference, 1);
      g_autoptr (GError) error = NULL;

      if (i % 10 == 9)
        {
          g_assert_true (
              guichetd_engine_purge (office->engine, reference, "root", "délai", &error) ||
              g_error_matches (error, GUICHETD_ENGINE_ERROR, GUICHETD_ENGINE_ERROR_NOT_FOUND));
        }
      else
        {
          g_autoptr (GuichetdReceipt) receipt = NULL;

          note->text = g_strdup ("vu");
          receipt = guichetd_engine_command (office->engine, office->chloe, note, NULL, NULL);
        }
      if (g_test_rand_bit ())
        synchronise (office, office->chloe, mirror, &after, 3);
    }
  synchronise (office, office->chloe, mirror, &after, 1000);
  assert_mirror (office, mirror);
}

static void
test_closed_for_long (Office *office, gconstpointer data)
{
  g_autoptr (GHashTable) late = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) old = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GuichetCitizen) citizen = office_citizen ("Ancien", "Jean", 900);
  g_autofree char *reference = office_submit (office, office->chloe, "POP-TST", citizen);
  g_autoptr (GuichetCommand) withdraw = office_command (GUICHET_COMMAND_MOVE, reference, 1);
  gint64 before = 0;
  gint64 from_start = 0;

  /* A desk that saw it open, then was away for long, hears that it is gone; one that begins
   * then never hears of it. */
  synchronise (office, office->chloe, old, &before, 1000);
  g_assert_true (g_hash_table_contains (old, reference));
  withdraw->to = g_strdup ("withdrawn");
  withdraw->text = g_strdup ("à sa demande");
  office_act (office, office->chloe, withdraw);
  guichet_clock_set (office->clock, guichet_clock_now (office->clock) + 91 * OFFICE_DAY);

  synchronise (office, office->chloe, old, &before, 1000);
  g_assert_false (g_hash_table_contains (old, reference));
  synchronise (office, office->chloe, late, &from_start, 1000);
  g_assert_false (g_hash_table_contains (late, reference));
  assert_mirror (office, late);
}

static gboolean
use_mail_queue (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) items = guichetd_mail_queue_claim (db, 0, 1, 1, error);
  gint64 next;

  return items != NULL && guichetd_mail_queue_next (db, &next, error);
}

static void
test_plans (Office *office, gconstpointer data)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *reference = NULL;
  g_autoptr (GError) error = NULL;
  Plans reading = { 0 };
  Plans writing = { 0 };

  /* With one reader, all statements of lists are on one connection. */
  office_stop (office);
  office->store = guichetd_store_open (office->folder,
                                       office->clock,
                                       &(GuichetdStoreOptions){ .readers = 1 },
                                       &error);
  g_assert_no_error (error);
  office->engine = guichetd_engine_new (office->store,
                                        office->catalogue,
                                        office->texts,
                                        &(GuichetTown){ "Mons", "x", "y" },
                                        office->clock,
                                        office->zone);

  test_pages (office, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sorts); j++)
      {
        GuichetdSearch search = searches[i];

        search.sort = (char *) sorts[j];
        search.text = (char *) "dupont no";
        g_bytes_unref (office_search (office, office->chloe, &search, NULL));
        search.text = NULL;
        search.niss = (char *) "85073000328";
        g_bytes_unref (office_search (office, office->chloe, &search, NULL));
      }
  test_changes (office, NULL);
  lines = all_lines (office);
  reference = g_strdup (text_of (g_ptr_array_index (lines, 0), "reference"));
  g_bytes_unref (office_request (office, office->chloe, reference, NULL));
  g_bytes_unref (office_events (office, office->chloe, reference, NULL));
  g_bytes_unref (office_preview (office, office->chloe, reference, "checking", NULL, NULL, NULL));
  g_assert_true (guichetd_store_write (office->store, use_mail_queue, NULL, NULL));

  g_assert_true (guichetd_store_read (office->store, plans_explain, &reading, NULL));
  g_assert_cmpuint (reading.looked_at, >, 100);
  g_assert_cmpuint (reading.scans, ==, 0);
  g_assert_true (guichetd_store_write (office->store, plans_explain, &writing, NULL));
  g_assert_cmpuint (writing.looked_at, >, 15);
  g_assert_cmpuint (writing.scans, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/server/listing/" name, Office, NULL, set_up, func, tear_down)
  ADD ("pages", test_pages);
  ADD ("words", test_words);
  ADD ("reference-and-niss", test_reference_and_niss);
  ADD ("bad-questions", test_bad_questions);
  ADD ("changes", test_changes);
  ADD ("closed-for-long", test_closed_for_long);
  ADD ("plans", test_plans);
#undef ADD

  return g_test_run ();
}
