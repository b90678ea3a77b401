/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-conflict.h"

/* Every command, and the words of the events that disturb it; `closing` is a move to an end. */
static const struct
{
  GuichetCommandKind command;
  const char *disturbed_by;
} cases[] = {
  { GUICHET_COMMAND_SUBMIT, "" },
  { GUICHET_COMMAND_CLAIM, "claimed released assigned closing purged" },
  { GUICHET_COMMAND_RELEASE, "claimed released assigned closing purged" },
  { GUICHET_COMMAND_ASSIGN, "claimed released assigned closing purged" },
  { GUICHET_COMMAND_MOVE, "stageMoved closing purged" },
  { GUICHET_COMMAND_BLOCK, "stageMoved closing blocked unblocked purged" },
  { GUICHET_COMMAND_UNBLOCK, "stageMoved closing blocked unblocked purged" },
  { GUICHET_COMMAND_NOTE, "" },
  { GUICHET_COMMAND_ATTACH_DOCUMENT, "stageMoved closing purged" },
  { GUICHET_COMMAND_RESEND_NOTIFICATION, "notificationQueued" },
  { GUICHET_COMMAND_CHECK_IDENTITY, "closing purged" },
  { GUICHET_COMMAND_REPORT_NOTIFICATION, "" },
  { GUICHET_COMMAND_PURGE, "" },
};

static GuichetEvent *
new_event (GuichetEventKind kind, gboolean closing, const char *actor)
{
  GuichetEvent *event = guichet_event_new (kind);

  event->actor = g_strdup (actor);
  event->phase = closing ? GUICHET_PHASE_CLOSED : GUICHET_PHASE_PROCESSING;
  return event;
}

static void
check (GuichetCommandKind command, GuichetEvent *event, gboolean expected)
{
  g_autoptr (GPtrArray) since = g_ptr_array_new ();

  g_ptr_array_add (since, event);
  if ((guichet_conflict_find (command, since, "me") != NULL) != expected)
    g_error ("%s after %s of %s: %s",
             guichet_enum_word (GUICHET_TYPE_COMMAND_KIND, (int) command),
             guichet_enum_word (GUICHET_TYPE_EVENT_KIND, (int) event->kind),
             event->actor,
             expected ? "should conflict" : "should not conflict");
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = g_strsplit (cases[i].disturbed_by, " ", -1);

      for (int kind = GUICHET_EVENT_SUBMITTED; kind <= GUICHET_EVENT_PURGED; kind++)
        for (int closing = 0; closing < 2; closing++)
          {
            const char *word = guichet_enum_word (GUICHET_TYPE_EVENT_KIND, kind);
            gboolean ends = closing == 1 && kind == GUICHET_EVENT_STAGE_MOVED;
            gboolean expected =
                g_strv_contains ((const char *const *) words, ends ? "closing" : word);
            g_autoptr (GuichetEvent) colleague = new_event (kind, closing, "colleague");
            g_autoptr (GuichetEvent) mine = new_event (kind, closing, "me");
            g_autoptr (GuichetEvent) daemon = new_event (kind, closing, GUICHET_ACTOR_DAEMON);

            check (cases[i].command, colleague, expected);
            check (cases[i].command, mine, FALSE);
            check (cases[i].command, daemon, FALSE);
          }
    }
}

static void
test_covers_every_command (void)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (GUICHET_TYPE_COMMAND_KIND);

  /* All but none. */
  g_assert_cmpuint (G_N_ELEMENTS (cases), ==, klass->n_values - 1);
}

static void
test_gives_the_first (void)
{
  g_autoptr (GPtrArray) since =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);

  g_assert_null (guichet_conflict_find (GUICHET_COMMAND_MOVE, since, "me"));

  g_ptr_array_add (since, new_event (GUICHET_EVENT_NOTE_WRITTEN, FALSE, "colleague"));
  g_ptr_array_add (since, new_event (GUICHET_EVENT_STAGE_MOVED, FALSE, "me"));
  g_ptr_array_add (since, new_event (GUICHET_EVENT_NOTIFICATION_SENT, FALSE, "guichetd"));
  g_assert_null (guichet_conflict_find (GUICHET_COMMAND_MOVE, since, "me"));

  g_ptr_array_add (since, new_event (GUICHET_EVENT_STAGE_MOVED, FALSE, "colleague"));
  g_ptr_array_add (since, new_event (GUICHET_EVENT_STAGE_MOVED, FALSE, "third"));
  g_assert_true (guichet_conflict_find (GUICHET_COMMAND_MOVE, since, "me") == since->pdata[3]);
  g_assert_true (guichet_conflict_find (GUICHET_COMMAND_MOVE, since, "colleague") ==
                 since->pdata[1]);
  g_assert_null (guichet_conflict_find (GUICHET_COMMAND_CLAIM, since, "me"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("What disturbs a command, every command against every event.");

  g_test_add_func ("/conflict/table", test_table);
  g_test_add_func ("/conflict/covers-every-command", test_covers_every_command);
  g_test_add_func ("/conflict/gives-the-first", test_gives_the_first);

  return g_test_run ();
}
