/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The journal: what the database refuses by itself, what the walk finds, and that requests are
 * nothing but their events, whatever is done to them.
 */
#include "config.h"

#include "guichetd-journal-verify.h"
#include "office.h"

#include <string.h>

static void
set_up (Office *office, gconstpointer data)
{
  office_open (office);
}

static void
tear_down (Office *office, gconstpointer data)
{
  office_close (office);
}

static void
verify (Office *office, GuichetdVerdict *verdict)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (guichetd_journal_verify (office->store, NULL, verdict, &error));
  g_assert_no_error (error);
}

static void
assert_good (Office *office)
{
  g_auto (GuichetdVerdict) verdict = { 0 };

  verify (office, &verdict);
  for (guint i = 0; i < verdict.problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (verdict.problems, i));
  g_assert_true (guichetd_verdict_is_good (&verdict));
}

/* Some requests with some history, and some consultations. */
static void
fill (Office *office)
{
  static const char *const names[] = { "Dupont", "Vandenberghe", "Müller", "D’Hondt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GuichetCitizen) citizen = office_citizen (names[i], "Camille", i + 1);
      g_autofree char *reference = office_submit (office, office->anne, "POP-TST", citizen);
      g_autoptr (GuichetCommand) claim = office_command (GUICHET_COMMAND_CLAIM, reference, 2);
      g_autoptr (GuichetCommand) note = office_command (GUICHET_COMMAND_NOTE, reference, 2);
      g_autoptr (GBytes) answer = NULL;

      note->text = g_strdup ("à suivre");
      office_act (office, office->anne, claim);
      office_act (office, office->anne, note);
      answer = office_request (office, office->anne, reference, NULL);
      g_assert_nonnull (answer);
    }
}

static void
test_append_only (Office *office, gconstpointer data)
{
  static const char *const refused[] = {
    "UPDATE event SET actor = 'x' WHERE number = 1",
    "UPDATE event SET payload = x'00'",
    "DELETE FROM event",
    "DELETE FROM event WHERE number = 3",
    "INSERT OR REPLACE INTO event SELECT * FROM event WHERE number = 2",
    "REPLACE INTO event SELECT * FROM event WHERE number = (SELECT max(number) FROM event)",
    "INSERT OR REPLACE INTO event SELECT (SELECT max(number) + 1 FROM event), reference, kind, "
    "procedure, "
    "department, stage, phase, waiting, blocker, result, assignee, actor, instant, version, key, "
    "payload, "
    "hash FROM event WHERE number = 2",
    "INSERT INTO event SELECT number + 100, reference, kind, procedure, department, stage, phase, "
    "waiting, "
    "blocker, result, assignee, actor, instant, version + 100, key, payload, hash FROM event WHERE "
    "number = 2",
    "UPDATE access SET actor = 'x'",
    "DELETE FROM access",
    "REPLACE INTO access SELECT * FROM access WHERE number = 1",
    "UPDATE OR REPLACE event SET number = 1 WHERE number = 2",
  };

  fill (office);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%s", refused[i]);
      g_assert_cmpint (office_raw (office, refused[i]), ==, SQLITE_CONSTRAINT);
    }
  assert_good (office);
}

/* Somebody with the file, a tool and no scruples. */
typedef struct
{
  const char *what;
  const char *sql;
  gint64 broken_event;
  gint64 broken_access;
} Tampering;

static void
test_tampering (Office *office, gconstpointer data)
{
  const Tampering *tampering = data;
  g_autofree char *sql = g_strdup_printf ("DROP TRIGGER event_is_never_changed;"
                                          "DROP TRIGGER event_is_never_removed;"
                                          "DROP TRIGGER event_comes_last;"
                                          "DROP TRIGGER access_is_never_changed;"
                                          "DROP TRIGGER access_is_never_removed;"
                                          "PRAGMA ignore_check_constraints = ON; %s",
                                          tampering->sql);
  g_auto (GuichetdVerdict) verdict = { 0 };

  fill (office);
  assert_good (office);
  g_assert_cmpint (office_raw (office, sql), ==, SQLITE_OK);
  office_reopen (office);
  verify (office, &verdict);
  g_assert_false (guichetd_verdict_is_good (&verdict));
  g_assert_cmpint (verdict.broken_event, ==, tampering->broken_event);
  g_assert_cmpint (verdict.broken_access, ==, tampering->broken_access);
}

static const Tampering tamperings[] = {
  { "other-actor", "UPDATE event SET actor = 'bruno' WHERE number = 5", 5, 0 },
  { "other-instant", "UPDATE event SET instant = instant + 1 WHERE number = 7", 7, 0 },
  { "other-payload",
    "UPDATE event SET payload = (SELECT payload FROM event WHERE number = 9) WHERE number = 1",
    1,
    0 },
  { "payload-cut", "UPDATE event SET payload = x'00' WHERE number = 2", 2, 0 },
  { "unknown-word", "UPDATE event SET kind = 'vanished' WHERE number = 4", 4, 0 },
  { "first-removed", "DELETE FROM event WHERE number = 1", 2, 0 },
  { "middle-removed", "DELETE FROM event WHERE number = 6", 7, 0 },
  { "last-removed", "DELETE FROM event WHERE number = (SELECT max (number) FROM event)", 0, 0 },
  { "swapped",
    "UPDATE event SET number = -1 WHERE number = 3; UPDATE event SET number = 3 WHERE number = 4;"
    "UPDATE event SET number = 4 WHERE number = -1",
    3,
    0 },
  { "hash-rewritten", "UPDATE event SET hash = zeroblob (32) WHERE number = 8", 8, 0 },
  { "row-changed", "UPDATE request SET stage = 'delivered' WHERE id = 1", 0, 0 },
  { "state-swapped",
    "UPDATE content SET state = (SELECT state FROM content ORDER BY id DESC LIMIT 1) WHERE id = 1",
    0,
    0 },
  { "row-removed", "DELETE FROM content WHERE id = 1; DELETE FROM request WHERE id = 1", 0, 0 },
  { "row-invented",
    "INSERT INTO request SELECT 9999, '26-XXXX-XXXX', department, procedure, stage, phase, "
    "assignee, due,"
    "closed, version, 9999, niss, line FROM request WHERE id = 1",
    0,
    0 },
  { "tally-changed", "UPDATE tally SET n = n + 1", 0, 0 },
  { "access-removed", "DELETE FROM access WHERE number = 2", 0, 3 },
  { "access-changed", "UPDATE access SET actor = 'bruno' WHERE number = 1", 0, 1 },
};

static void
test_keys_elsewhere (Office *office, gconstpointer data)
{
  g_autofree char *path = g_build_filename (office->folder, "keys.db", NULL);
  g_auto (GuichetdVerdict) verdict = { 0 };
  sqlite3 *db = NULL;

  fill (office);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE key SET key = randomblob (32)", NULL, NULL, NULL),
                   ==,
                   SQLITE_OK);
  sqlite3_close (db);
  verify (office, &verdict);
  /* The chain needs no key. */
  g_assert_cmpint (verdict.broken_event, ==, 0);
  g_assert_cmpuint (verdict.problems->len, ==, 4);
}

/* Property: any sequence of commands, allowed or not, leaves rows that are the fold of their
 * events, a chain without a gap, and a tally that counts right. */

static GuichetCommand *
random_command (Office *office, GPtrArray *references)
{
  static const GuichetCommandKind kinds[] = {
    GUICHET_COMMAND_CLAIM,
    GUICHET_COMMAND_RELEASE,
    GUICHET_COMMAND_ASSIGN,
    GUICHET_COMMAND_MOVE,
    GUICHET_COMMAND_MOVE,
    GUICHET_COMMAND_MOVE,
    GUICHET_COMMAND_BLOCK,
    GUICHET_COMMAND_UNBLOCK,
    GUICHET_COMMAND_NOTE,
    GUICHET_COMMAND_ATTACH_DOCUMENT,
    GUICHET_COMMAND_RESEND_NOTIFICATION,
  };
  static const char *const stages[] = { "received",  "checking", "documentsAwaited",
                                        "delivered", "refused",  "withdrawn" };
  static const char *const logins[] = { "anne", "bruno", "chloe", "denis", "personne" };
  const char *reference =
      g_ptr_array_index (references, (guint) g_test_rand_int_range (0, (int) references->len));
  g_autofree char *sql =
      g_strdup_printf ("SELECT version FROM request WHERE reference = '%s'", reference);
  GuichetCommandKind kind = kinds[g_test_rand_int_range (0, G_N_ELEMENTS (kinds))];
  GuichetCommand *command = office_command (kind, reference, office_number (office, sql));

  /* Sometimes what was looked at is old, or not there yet. */
  command->expected_version +=
      g_test_rand_int_range (0, 8) == 0 ? g_test_rand_int_range (-3, 3) : 0;
  switch ((int) kind)
    {
    case GUICHET_COMMAND_MOVE:
      command->to = g_strdup (stages[g_test_rand_int_range (0, G_N_ELEMENTS (stages))]);
      command->notify = g_test_rand_bit ();
      command->text = g_test_rand_bit () ? g_strdup ("parce que") : NULL;
      break;
    case GUICHET_COMMAND_ASSIGN:
      command->to = g_strdup (logins[g_test_rand_int_range (0, G_N_ELEMENTS (logins))]);
      break;
    case GUICHET_COMMAND_BLOCK:
      command->blocker = (GuichetBlocker) g_test_rand_int_range (0, GUICHET_BLOCKER_OTHER + 1);
      break;
    case GUICHET_COMMAND_NOTE:
      command->text = g_strdup ("vu");
      break;
    case GUICHET_COMMAND_ATTACH_DOCUMENT:
      command->document_name = g_strdup ("acte.pdf");
      command->document = g_bytes_new_static ("%PDF-1.4\n", 9);
      break;
    case GUICHET_COMMAND_RESEND_NOTIFICATION:
      command->notification = g_strdup ("00000000-0000-8000-8000-000000000000");
      break;
    default:
      break;
    }
  return command;
}

typedef struct
{
  guint left;
  guint good;
} Tide;

static void
command_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdReceipt) receipt =
      guichetd_engine_command_finish (GUICHETD_ENGINE (source), result, NULL, &error);
  Tide *tide = user_data;

  if (receipt == NULL)
    g_assert_true (error->domain == GUICHET_REFUSAL || error->domain == GUICHETD_ENGINE_ERROR);
  tide->good += receipt != NULL;
  tide->left--;
}

static void
test_random_commands (Office *office, gconstpointer data)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_free);
  GuichetClerk *clerks[] = { office->anne, office->bruno, office->chloe, office->denis };
  guint rounds = g_test_slow () ? 400 : 40;
  Tide tide = { 0 };

  for (guint i = 0; i < 12; i++)
    {
      static const char *const procedures[] = { "POP-TST", "POP-SEC", "EC-TST" };
      g_autoptr (GuichetCitizen) citizen = office_citizen ("Lefèvre", "Jean", i + 1);

      g_ptr_array_add (references,
                       office_submit (office, office->chloe, procedures[i % 3], citizen));
    }

  for (guint i = 0; i < rounds; i++)
    {
      guint n = (guint) g_test_rand_int_range (1, 20);

      tide.left += n;
      for (guint j = 0; j < n; j++)
        {
          g_autoptr (GuichetCommand) command = random_command (office, references);

          guichetd_engine_command_async (office->engine,
                                         clerks[g_test_rand_int_range (0, G_N_ELEMENTS (clerks))],
                                         command,
                                         NULL,
                                         command_cb,
                                         &tide);
        }
      while (tide.left > 0)
        g_main_context_iteration (NULL, TRUE);
      guichet_clock_set (office->clock, guichet_clock_now (office->clock) + OFFICE_DAY / 3);
      if (i % 16 == 15)
        office_reopen (office);
    }

  g_test_message ("%u commands were taken", tide.good);
  /* Chance decides how many are; with few, nothing was tried. */
  g_assert_cmpuint (tide.good, >, rounds / 2);
  assert_good (office);
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM document"),
                   ==,
                   office_number (office,
                                  "SELECT count(*) FROM event WHERE kind = 'documentAttached'"));
  g_assert_cmpint (office_number (office, "SELECT count(*) FROM mail"),
                   ==,
                   office_number (office,
                                  "SELECT count(*) FROM event WHERE kind = 'notificationQueued'"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/server/journal/append-only", Office, NULL, set_up, test_append_only, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autofree char *path = g_strconcat ("/server/journal/tampering/", tamperings[i].what, NULL);

      g_test_add (path, Office, &tamperings[i], set_up, test_tampering, tear_down);
    }
  g_test_add ("/server/journal/keys-elsewhere",
              Office,
              NULL,
              set_up,
              test_keys_elsewhere,
              tear_down);
  g_test_add ("/server/journal/random-commands",
              Office,
              NULL,
              set_up,
              test_random_commands,
              tear_down);

  return g_test_run ();
}
