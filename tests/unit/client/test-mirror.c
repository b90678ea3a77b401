/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mirror makes of the pages that the server sends.
 */
#include "config.h"

#include "mirror-fixture.h"

#include "catalogue-fixture.h"
#include "guichet-desk.h"
#include "guichet-mirror-line.h"

#include <glib/gstdio.h>
#include <string.h>

static void
set_up (Desk *desk, gconstpointer data)
{
  desk_set_up (desk);
  desk_open (desk);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  desk_tear_down (desk);
}

static char *
text_of (const GuichetLine *line)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_line_write (line, writer, NULL);
  return guichet_json_writer_end_text (writer);
}

static GuichetLine *
read_line (Desk *desk, const char *reference, gboolean *changed)
{
  g_autoptr (GHashTable) ids = desk_ids (desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetDb) db =
      guichet_db_open (desk->path, GUICHET_DB_READ_ONLY, "/be/mons/Guichetier/mirror/", &error);
  GuichetStatement *statement;
  GuichetLine *line;

  g_assert_no_error (error);
  statement = guichet_db_statement (db, "read-line");
  guichet_statement_bind_integer (statement,
                                  "id",
                                  GPOINTER_TO_INT (g_hash_table_lookup (ids, reference)));
  if (!guichet_statement_step (statement, &error))
    return NULL;
  line = guichet_mirror_line_read (statement, changed);
  guichet_statement_reset (statement);
  return line;
}

static void
assert_counts (const GuichetCounts *counts, Town *town, GuichetDay today)
{
  GuichetCounts naive;

  town_count (town, today, &naive);
  for (int department = 0; department < GUICHET_N_DEPARTMENTS; department++)
    for (int view = 0; view < GUICHET_N_VIEWS; view++)
      g_assert_cmpint (counts->of[department][view], ==, naive.of[department][view]);
}

/* Every line as the town has it, and no other. */
static void
assert_lines (Desk *desk, Town *town)
{
  g_autoptr (GHashTable) ids = desk_ids (desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetDb) db =
      guichet_db_open (desk->path, GUICHET_DB_READ_ONLY, "/be/mons/Guichetier/mirror/", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (ids), ==, town->lines->len);
  for (guint i = 0; i < town->lines->len; i++)
    {
      const GuichetLine *line = g_ptr_array_index (town->lines, i);
      GuichetStatement *statement = guichet_db_statement (db, "read-line");
      g_autoptr (GuichetLine) read = NULL;
      g_autofree char *expected = text_of (line);
      g_autofree char *text = NULL;
      gboolean changed;

      guichet_statement_bind_integer (statement,
                                      "id",
                                      GPOINTER_TO_INT (g_hash_table_lookup (ids, line->reference)));
      g_assert_true (guichet_statement_step (statement, &error));
      read = guichet_mirror_line_read (statement, &changed);
      guichet_statement_reset (statement);
      /* Of a purged request there is no name: "" in the file. */
      if (line->citizen == NULL)
        {
          g_assert_cmpstr (read->citizen, ==, "");
          g_clear_pointer (&read->citizen, g_free);
        }
      text = text_of (read);
      g_assert_cmpstr (text, ==, expected);
    }
}

/* The first synchronisation in pages: only the last one makes the lists complete. */
static void
test_first (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (300);
  g_autoptr (Town) known = town_new (0);

  g_assert_cmpint (desk->state->epoch, ==, -1);
  g_assert_false (desk->state->synchronised);
  for (guint page = 0; page < 3; page++)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GuichetApplied) applied = NULL;

      for (guint i = 100 * page; i < 100 * page + 100; i++)
        {
          GuichetLine *line = g_ptr_array_index (town->lines, i);

          g_ptr_array_add (lines, line);
          town_add (known, guichet_line_ref (line));
        }
      bytes = town_page_of (7, lines, NULL, 100 * page + 100, page < 2, page == 0 ? 300 : 0);
      applied = desk_apply (desk, bytes);
      g_assert_false (applied->foreign);
      g_assert_cmpint (applied->more, ==, page < 2);
      g_assert_cmpint (applied->synchronised, ==, page == 2);
      g_assert_cmpint (applied->epoch, ==, 7);
      g_assert_cmpint (applied->last, ==, 100 * page + 100);
      g_assert_cmpint (applied->total, ==, 300);
      g_assert_cmpuint (applied->touched->len, ==, 100);
      for (guint i = 0; i < 100; i++)
        g_assert_false (((GuichetTouched *) g_ptr_array_index (applied->touched, i))->arrived);
      assert_counts (&applied->counts, known, TOWN_TODAY);
    }
  assert_lines (desk, town);
}

/* A mirror follows whatever happens, and opened again it knows the same. */
static void
test_follow (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (150);
  gint64 revision = 0;

  desk_follow (desk, town);
  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (GBytes) page = NULL;
      g_autoptr (GuichetApplied) applied = NULL;
      guint n_touched;

      for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
        town_live (town);
      n_touched = g_hash_table_size (town->changed) + g_hash_table_size (town->gone);
      page = town_page (town, 1);
      applied = desk_apply (desk, page);
      assert_counts (&applied->counts, town, TOWN_TODAY);
      /* What came and went between two pages was never there. */
      g_assert_cmpuint (applied->touched->len, <=, n_touched);
      g_assert_cmpint (applied->revision, >, revision);
      g_assert_cmpint (applied->last, ==, town->last);
      revision = applied->revision;

      if (round % 20 == 10)
        {
          assert_lines (desk, town);
          desk_close (desk);
          desk_open (desk);
          assert_counts (&desk->state->counts, town, TOWN_TODAY);
          g_assert_cmpint (desk->state->last, ==, town->last);
          g_assert_cmpint (desk->state->epoch, ==, 1);
          g_assert_true (desk->state->synchronised);
        }
    }
  assert_lines (desk, town);
}

static void
test_gone (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (3);
  g_autofree char *reference = NULL;
  g_autoptr (GBytes) page = NULL;
  g_autoptr (GBytes) unknown = NULL;
  g_autoptr (GBytes) content = g_bytes_new_static ("{}", 2);
  g_autoptr (GuichetApplied) applied = NULL;
  g_autoptr (GuichetApplied) nothing = NULL;
  g_autoptr (GuichetApplied) seen = NULL;
  const GuichetTouched *touched;

  desk_follow (desk, town);
  reference = g_strdup (((GuichetLine *) g_ptr_array_index (town->lines, 1))->reference);
  seen = guichet_mirror_writer_put_seen (desk->writer, reference, 2, NULL);
  g_assert_nonnull (seen);
  g_assert_true (guichet_mirror_writer_put_content (desk->writer,
                                                    reference,
                                                    1,
                                                    content,
                                                    content,
                                                    TOWN_NOW,
                                                    NULL));
  town_remove (town, reference);
  page = town_page (town, 1);
  applied = desk_apply (desk, page);
  g_assert_cmpuint (applied->touched->len, ==, 1);
  touched = g_ptr_array_index (applied->touched, 0);
  g_assert_cmpstr (touched->reference, ==, reference);
  g_assert_cmpint (touched->version, ==, 0);
  assert_counts (&applied->counts, town, TOWN_TODAY);
  assert_lines (desk, town);
  /* Nothing of it stays behind. */
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM content"), ==, 0);
  g_assert_cmpint (desk_number (desk, "SELECT count (*) FROM seen"), ==, 0);

  unknown = town_page_of (1,
                          NULL,
                          (const char *const[]){ reference, "26-NONE-SUCH", NULL },
                          town->last + 1,
                          FALSE,
                          0);
  nothing = desk_apply (desk, unknown);
  g_assert_cmpuint (nothing->touched->len, ==, 0);
  assert_counts (&nothing->counts, town, TOWN_TODAY);
}

/* An older line, from a page that overlaps, does not undo a newer one; the same one again does no harm. */
static void
test_older (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (20);
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_line_unref);
  g_autoptr (GBytes) stale = NULL;
  g_autoptr (GBytes) same = NULL;
  g_autoptr (GuichetApplied) applied = NULL;
  g_autoptr (GuichetApplied) again = NULL;

  for (guint i = 0; i < town->lines->len; i++)
    g_ptr_array_add (old, guichet_line_ref (g_ptr_array_index (town->lines, i)));
  desk_follow (desk, town);
  for (guint i = 0; i < old->len; i++)
    {
      const GuichetLine *line = g_ptr_array_index (old, i);
      GuichetLine *next = town_next (town, line);

      next->phase =
          line->phase == GUICHET_PHASE_CLOSED ? GUICHET_PHASE_DECIDED : GUICHET_PHASE_CLOSED;
      town_put (town, next);
    }
  desk_follow (desk, town);

  stale = town_page_of (1, old, NULL, town->last, FALSE, 0);
  applied = desk_apply (desk, stale);
  g_assert_cmpuint (applied->touched->len, ==, 0);
  assert_counts (&applied->counts, town, TOWN_TODAY);
  assert_lines (desk, town);

  same = town_page_of (1, town->lines, NULL, town->last, FALSE, 0);
  again = desk_apply (desk, same);
  assert_counts (&again->counts, town, TOWN_TODAY);
  assert_lines (desk, town);
}

/* Pages of other rights or of another journal change nothing and say so. */
static void
test_foreign (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (10);
  g_autoptr (Town) other = town_new (5);
  const struct
  {
    gint64 epoch;
    gint64 last;
  } pages[] = { { 2, 1000 }, { 0, 1000 }, { 1, town->last - 1 }, { 1, 0 } };

  desk_follow (desk, town);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GBytes) page =
          town_page_of (pages[i].epoch, other->lines, NULL, pages[i].last, FALSE, 0);
      g_autoptr (GuichetApplied) applied = desk_apply (desk, page);

      g_assert_true (applied->foreign);
      g_assert_cmpint (applied->epoch, ==, pages[i].epoch);
      g_assert_cmpuint (applied->touched->len, ==, 0);
      assert_lines (desk, town);
    }
  desk_close (desk);
  desk_open (desk);
  g_assert_cmpint (desk->state->epoch, ==, 1);
  g_assert_cmpint (desk->state->last, ==, town->last);
}

static void
assert_senseless (Desk *desk, const char *text, gsize length)
{
  g_autoptr (GBytes) page = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (guichet_mirror_writer_apply (desk->writer, page, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
}

/* A page with one thing wrong in it leaves nothing of itself behind. */
static void
test_senseless (Desk *desk, gconstpointer data)
{
  static const struct
  {
    const char *right;
    const char *wrong;
  } changes[] = {
    { "\"epoch\":1", "\"epoch\":null" },
    { "\"last\":", "\"first\":" },
    { "\"more\":false", "\"more\":0" },
    { "\"phase\":\"", "\"phase\":\"x" },
    { "\"version\":", "\"version\":-" },
    { "\"gone\":true", "\"gone\":1" },
    { "\"items\":[", "\"items\":[null," },
    { "\"stopped\":", "\"halted\":" },
    { "{\"reference\":\"26-GONE", "{\"name\":\"26-GONE" },
  };
  g_autoptr (Town) town = town_new (10);
  g_autoptr (Town) other = town_new (30);
  g_autoptr (GBytes) page = NULL;
  g_autoptr (GuichetApplied) same_day = NULL;
  gint64 revision;
  gsize length;
  const char *bytes;

  desk_follow (desk, town);
  revision = desk_number (desk, "SELECT revision FROM state");
  for (guint i = 0; i < town->lines->len; i++)
    town_remove (other, ((GuichetLine *) g_ptr_array_index (other->lines, 0))->reference);
  page =
      town_page_of (1, other->lines, (const char *const[]){ "26-GONE-GONE", NULL }, 5000, FALSE, 0);
  bytes = g_bytes_get_data (page, &length);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GString) text = g_string_new_len (bytes, (gssize) length);
      const char *last = g_strrstr (text->str, changes[i].right);
      const gssize at = last - text->str;

      g_assert_nonnull (last);
      g_string_erase (text, at, (gssize) strlen (changes[i].right));
      g_string_insert (text, at, changes[i].wrong);
      assert_senseless (desk, text->str, text->len);
    }
  assert_senseless (desk, "", 0);
  assert_senseless (desk, "[]", 2);
  assert_senseless (desk, bytes, length - 1);

  /* Nor does the next answer tell of lines that were rolled back. */
  same_day = guichet_mirror_writer_set_today (desk->writer, TOWN_TODAY, NULL);
  g_assert_cmpuint (same_day->touched->len, ==, 0);
  assert_counts (&same_day->counts, town, TOWN_TODAY);
  assert_lines (desk, town);
  g_assert_cmpint (desk_number (desk, "SELECT revision FROM state"), ==, revision);
  desk_follow (desk, town);
}

/* Late is judged against the day, forwards and backwards. */
static void
test_days (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (200);

  desk_follow (desk, town);
  for (guint round = 0; round < 25; round++)
    {
      const GuichetDay today = TOWN_TODAY + g_test_rand_int_range (-8, 9);
      g_autoptr (GError) error = NULL;
      g_autoptr (GuichetApplied) applied =
          guichet_mirror_writer_set_today (desk->writer, today, &error);
      g_autoptr (GBytes) page = NULL;
      g_autoptr (GuichetApplied) after = NULL;

      g_assert_no_error (error);
      assert_counts (&applied->counts, town, today);
      for (guint i = 0; i < 5; i++)
        town_live (town);
      page = town_page (town, 1);
      after = desk_apply (desk, page);
      assert_counts (&after->counts, town, today);
      if (round % 10 == 0)
        {
          desk_close (desk);
          desk_open (desk);
        }
    }
  assert_lines (desk, town);
}

/* What was closed leaves ninety days after its last event. */
static void
test_closed (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (0);
  g_autoptr (GError) error = NULL;

  for (int days = 0; days < 100; days++)
    {
      GuichetLine *line = town_make_line (town);

      line->phase = days % 2 == 0 ? GUICHET_PHASE_CLOSED : GUICHET_PHASE_DECIDED;
      line->last_instant = TOWN_NOW - days * TOWN_DAY;
      town_add (town, line);
    }
  desk_follow (desk, town);
  for (GuichetDay today = TOWN_TODAY + 1; today < TOWN_TODAY + 110; today += 7)
    {
      const gint64 before = ((gint64) today - 90) * TOWN_DAY;
      g_autoptr (GuichetApplied) applied =
          guichet_mirror_writer_set_today (desk->writer, today, &error);
      guint n_gone = 0;

      g_assert_no_error (error);
      for (guint i = town->lines->len; i > 0; i--)
        {
          const GuichetLine *line = g_ptr_array_index (town->lines, i - 1);

          if (line->phase != GUICHET_PHASE_CLOSED || line->last_instant >= before)
            continue;
          town_remove (town, line->reference);
          n_gone++;
        }
      g_assert_cmpuint (applied->touched->len, ==, n_gone);
      assert_counts (&applied->counts, town, today);
    }
  assert_lines (desk, town);
  g_assert_cmpuint (town->lines->len, ==, 50);
}

/* "Changed since I looked": one step a line; several of them may come in one page. */
static const struct
{
  const char *actor; /* who did something; NULL: its clerk looks */
  GuichetEventKind kind;
  gboolean changed; /* afterwards */
  gboolean behind;  /* fetched with the next one only */
} steps[] = {
  { "citizen", GUICHET_EVENT_SUBMITTED, FALSE }, /* never looked at: all of it is new anyway */
  { "bruno", GUICHET_EVENT_NOTE_WRITTEN, FALSE },
  { NULL, GUICHET_EVENT_NONE, FALSE },
  { GUICHET_ACTOR_DAEMON, GUICHET_EVENT_NOTIFICATION_SENT, FALSE },
  { TOWN_ME, GUICHET_EVENT_STAGE_MOVED, FALSE },
  { "bruno", GUICHET_EVENT_NOTE_WRITTEN, TRUE },
  { TOWN_ME, GUICHET_EVENT_NOTE_WRITTEN, TRUE }, /* what bruno wrote is still unread */
  { GUICHET_ACTOR_DAEMON, GUICHET_EVENT_NOTIFICATION_QUEUED, TRUE },
  { NULL, GUICHET_EVENT_NONE, FALSE },
  { GUICHET_ACTOR_DAEMON, GUICHET_EVENT_NOTIFICATION_FAILED, TRUE },
  { NULL, GUICHET_EVENT_NONE, FALSE },
  { "bruno", GUICHET_EVENT_STAGE_MOVED, FALSE, TRUE }, /* and the mail that it sent */
  { GUICHET_ACTOR_DAEMON, GUICHET_EVENT_NOTIFICATION_SENT, TRUE },
  { NULL, GUICHET_EVENT_NONE, FALSE },
  { "bruno", GUICHET_EVENT_NOTE_WRITTEN, FALSE, TRUE },
  { TOWN_ME, GUICHET_EVENT_NOTE_WRITTEN, TRUE }, /* which was written without knowing of bruno's */
  { NULL, GUICHET_EVENT_NONE, FALSE },
  { TOWN_ME, GUICHET_EVENT_STAGE_MOVED, FALSE, TRUE },
  { GUICHET_ACTOR_DAEMON, GUICHET_EVENT_NOTIFICATION_SENT, FALSE },
};

static void
test_news (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (1);
  g_autofree char *reference =
      g_strdup (((GuichetLine *) g_ptr_array_index (town->lines, 0))->reference);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GuichetLine) read = NULL;
      gboolean changed = !steps[i].changed;

      if (steps[i].actor != NULL)
        {
          GuichetLine *next = town_next (town, town_find (town, reference));

          g_free (next->last_actor);
          next->last_actor = g_strdup (steps[i].actor);
          next->last_kind = steps[i].kind;
          town_put (town, next);
          if (steps[i].behind)
            continue;
          desk_follow (desk, town);
        }
      else
        {
          g_autoptr (GuichetApplied) applied =
              guichet_mirror_writer_put_seen (desk->writer, reference, town->last, NULL);
          g_autoptr (GuichetApplied) earlier =
              guichet_mirror_writer_put_seen (desk->writer, reference, town->last - 1, NULL);

          g_assert_cmpuint (applied->touched->len, ==, 1);
          g_assert_nonnull (earlier); /* which does not make it unseen */
        }
      read = read_line (desk, reference, &changed);
      g_test_message ("step %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (changed, ==, steps[i].changed);
    }
}

/* What arrives: new in "to take", or newly its clerk's by somebody else's act. */
static const struct
{
  const char *actor;
  GuichetPhase phase;
  const char *assignee;
  gboolean arrived;
} arrivals[] = {
  { "citizen", GUICHET_PHASE_RECEIVED, NULL, TRUE },
  { "bruno", GUICHET_PHASE_PROCESSING, NULL, FALSE }, /* was to take before */
  { "bruno", GUICHET_PHASE_PROCESSING, "bruno", FALSE },
  { "bruno", GUICHET_PHASE_PROCESSING, TOWN_ME, TRUE },
  { "bruno", GUICHET_PHASE_PROCESSING, TOWN_ME, FALSE },
  { TOWN_ME, GUICHET_PHASE_PROCESSING, NULL, FALSE }, /* gave it back themselves */
  { TOWN_ME, GUICHET_PHASE_PROCESSING, TOWN_ME, FALSE },
  { "bruno", GUICHET_PHASE_WAITING, NULL, FALSE },
  { GUICHET_ACTOR_DAEMON, GUICHET_PHASE_PROCESSING, NULL, TRUE },
  { "bruno", GUICHET_PHASE_CLOSED, TOWN_ME, FALSE },
  { "bruno", GUICHET_PHASE_RECEIVED, TOWN_ME, TRUE }, /* reopened */
};

static void
test_arrived (Desk *desk, gconstpointer data)
{
  g_autoptr (Town) town = town_new (1);
  g_autoptr (GuichetLine) line = town_make_line (town);

  desk_follow (desk, town);
  for (gsize i = 0; i < G_N_ELEMENTS (arrivals); i++)
    {
      GuichetLine *next = town_next (town, line);
      g_autoptr (GBytes) page = NULL;
      g_autoptr (GuichetApplied) applied = NULL;
      const GuichetTouched *touched;

      next->phase = arrivals[i].phase;
      g_free (next->last_actor);
      next->last_actor = g_strdup (arrivals[i].actor);
      g_free (next->assignee);
      next->assignee = g_strdup (arrivals[i].assignee);
      if (i == 0)
        town_add (town, next);
      else
        town_put (town, next);
      page = town_page (town, 1);
      applied = desk_apply (desk, page);
      touched = g_ptr_array_index (applied->touched, 0);
      g_test_message ("arrival %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (touched->arrived, ==, arrivals[i].arrived);
    }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Desk *desk, gconstpointer data);
  } tests[] = {
    { "/client/mirror/first", test_first },     { "/client/mirror/follow", test_follow },
    { "/client/mirror/gone", test_gone },       { "/client/mirror/older", test_older },
    { "/client/mirror/foreign", test_foreign }, { "/client/mirror/senseless", test_senseless },
    { "/client/mirror/days", test_days },       { "/client/mirror/closed", test_closed },
    { "/client/mirror/news", test_news },       { "/client/mirror/arrived", test_arrived },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Desk, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
