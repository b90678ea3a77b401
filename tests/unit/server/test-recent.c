/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests that were changed lately.
 */
#include "config.h"

#include "guichetd-recent.h"

static GuichetEvent *
event_of (GuichetEventKind kind, const char *reference, gint64 version, gint64 number)
{
  GuichetEvent *event = guichet_event_new (kind);

  event->reference = g_strdup (reference);
  event->procedure = g_strdup ("POP-TST");
  event->stage = g_strdup ("received");
  event->phase = GUICHET_PHASE_RECEIVED;
  event->actor = g_strdup ("anne");
  event->version = version;
  event->number = number;
  return event;
}

static GuichetRequest *
submitted (const char *reference, gint64 number)
{
  g_autoptr (GuichetEvent) event = event_of (GUICHET_EVENT_SUBMITTED, reference, 1, number);

  return guichet_request_apply (NULL, event);
}

static GuichetRequest *
after (const GuichetRequest *request, GuichetEventKind kind, gint64 number)
{
  g_autoptr (GuichetEvent) event =
      event_of (kind, request->reference, request->version + 1, number);

  return guichet_request_apply (request, event);
}

static gboolean
is_remembered (GuichetdRecent *recent, const GuichetRequest *request)
{
  g_autoptr (GuichetRequest) found =
      guichetd_recent_find (recent, request->reference, request->version, request->last_event);

  g_assert_true (found == NULL || found == request);
  return found != NULL;
}

/* Only what is kept counts: an older one, a newer one and one of a group that came to nothing do not. */
static void
test_is_what_is_kept (void)
{
  g_autoptr (GuichetdRecent) recent = guichetd_recent_new (4);
  g_autoptr (GuichetRequest) first = submitted ("26-AAAA-AAAA", 7);
  g_autoptr (GuichetRequest) next = after (first, GUICHET_EVENT_NOTE_WRITTEN, 9);
  g_autoptr (GuichetRequest) undone = after (first, GUICHET_EVENT_NOTE_WRITTEN, 8);

  g_assert_false (is_remembered (recent, first));
  guichetd_recent_put (recent, first);
  g_assert_true (is_remembered (recent, first));
  g_assert_null (guichetd_recent_find (recent, "26-BBBB-BBBB", 1, 7));
  g_assert_null (guichetd_recent_find (recent, "26-AAAA-AAAA", 2, 7));

  guichetd_recent_put (recent, undone);
  g_assert_false (is_remembered (recent, first));
  g_assert_false (is_remembered (recent, next));
  guichetd_recent_put (recent, next);
  g_assert_true (is_remembered (recent, next));
  g_assert_false (is_remembered (recent, undone));
}

/* The one that was neither put nor asked for longest makes room; one that is there again takes none. */
static void
test_room (void)
{
  g_autoptr (GuichetdRecent) recent = guichetd_recent_new (3);
  g_autoptr (GuichetRequest) a = submitted ("26-AAAA-AAAA", 1);
  g_autoptr (GuichetRequest) b = submitted ("26-BBBB-BBBB", 2);
  g_autoptr (GuichetRequest) c = submitted ("26-CCCC-CCCC", 3);
  g_autoptr (GuichetRequest) d = submitted ("26-DDDD-DDDD", 4);
  g_autoptr (GuichetRequest) again = after (b, GUICHET_EVENT_NOTE_WRITTEN, 5);

  guichetd_recent_put (recent, a);
  guichetd_recent_put (recent, b);
  guichetd_recent_put (recent, c);
  guichetd_recent_put (recent, again);
  g_assert_true (is_remembered (recent, a));
  guichetd_recent_put (recent, d);
  g_assert_false (is_remembered (recent, c));
  g_assert_true (is_remembered (recent, a));
  g_assert_true (is_remembered (recent, again));
  g_assert_true (is_remembered (recent, d));
}

/* A purge leaves nothing, and so does one of which nothing was there. */
static void
test_purged (void)
{
  g_autoptr (GuichetdRecent) recent = guichetd_recent_new (2);
  g_autoptr (GuichetRequest) kept = submitted ("26-AAAA-AAAA", 1);
  g_autoptr (GuichetRequest) request = submitted ("26-BBBB-BBBB", 2);
  g_autoptr (GuichetRequest) purged = after (request, GUICHET_EVENT_PURGED, 3);

  guichetd_recent_put (recent, kept);
  guichetd_recent_put (recent, purged);
  g_assert_false (is_remembered (recent, purged));
  guichetd_recent_put (recent, request);
  guichetd_recent_put (recent, purged);
  g_assert_false (is_remembered (recent, request));
  g_assert_false (is_remembered (recent, purged));
  g_assert_true (is_remembered (recent, kept));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server/recent/is-what-is-kept", test_is_what_is_kept);
  g_test_add_func ("/server/recent/room", test_room);
  g_test_add_func ("/server/recent/purged", test_purged);

  return g_test_run ();
}
