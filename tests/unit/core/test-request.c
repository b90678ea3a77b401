/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request is the fold of its events, however it is cut.
 */
#include "config.h"

#include "guichet-line.h"
#include "random-fixture.h"

static char *
text_of (const GuichetRequest *request)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_request_write (request, writer, NULL);
  return guichet_json_writer_end_text (writer);
}

static GuichetRequest *
read_back (const char *text)
{
  const GuichetJsonLimits wide = { .max_bytes = 1 << 20, .max_depth = 16 };
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonNode) root = guichet_json_parse (bytes, &wide, NULL);
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, GUICHET_JSON_STRICT);
  GuichetRequest *request = guichet_request_read (reader);
  g_autoptr (GError) error = NULL;

  guichet_json_reader_finish (reader, &error);
  g_assert_no_error (error);
  return request;
}

static GPtrArray *
any_life (void)
{
  return random_life ((guint) g_test_rand_int_range (1, 25));
}

/* The header of the last event is the state; the deposit stays that of the first. */
static void
test_state_is_last_header (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GPtrArray) events = any_life ();
      g_autoptr (GuichetRequest) request = random_fold (NULL, events, 0);
      const GuichetEvent *first = g_ptr_array_index (events, 0);
      const GuichetEvent *last = g_ptr_array_index (events, events->len - 1);

      g_assert_cmpint (request->version, ==, events->len);
      g_assert_cmpint (request->last_event, ==, last->number);
      g_assert_cmpint (request->last_kind, ==, last->kind);
      g_assert_cmpstr (request->last_actor, ==, last->actor);
      g_assert_cmpint (request->last_instant, ==, last->instant);
      g_assert_cmpstr (request->stage, ==, last->stage);
      g_assert_cmpint (request->phase, ==, last->phase);
      g_assert_cmpint (request->waiting, ==, last->waiting);
      g_assert_cmpint (request->blocker, ==, last->blocker);
      g_assert_cmpint (request->result, ==, last->result);
      g_assert_cmpstr (request->assignee, ==, last->assignee);
      g_assert_cmpint (request->received, ==, first->instant);
    }
}

/* Folding in two pieces, with the state written and read between, comes to the same. */
static void
test_in_pieces (void)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (GPtrArray) events = any_life ();
      g_autoptr (GuichetRequest) whole = random_fold (NULL, events, 0);
      g_autofree char *wanted = text_of (whole);
      guint cut = (guint) g_test_rand_int_range (0, (int) events->len);
      g_autoptr (GPtrArray) head =
          g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
      g_autoptr (GuichetRequest) kept = NULL;
      g_autoptr (GuichetRequest) request = NULL;
      g_autofree char *found = NULL;

      for (guint i = 0; i < cut; i++)
        g_ptr_array_add (head, guichet_event_ref (g_ptr_array_index (events, i)));
      if (cut > 0)
        {
          g_autoptr (GuichetRequest) before = random_fold (NULL, head, 0);
          g_autofree char *text = text_of (before);

          kept = read_back (text);
        }
      request = random_fold (kept, events, cut);
      found = text_of (request);
      g_assert_cmpstr (found, ==, wanted);
    }
}

/* What somebody else holds does not change under them. */
static void
test_leaves_the_old_one_alone (void)
{
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (GPtrArray) events = random_life (10);
      g_autoptr (GuichetRequest) request = random_fold (NULL, events, 0);
      g_autofree char *before = text_of (request);
      g_autofree char *after = NULL;
      GuichetEventKind kind = GUICHET_EVENT_SUBMITTED;

      while (kind == GUICHET_EVENT_SUBMITTED)
        kind = (GuichetEventKind) random_word (GUICHET_TYPE_EVENT_KIND);

      g_autoptr (GuichetEvent) event = random_event (kind, request->version + 1);
      g_autoptr (GuichetRequest) next = guichet_request_apply (request, event);

      g_assert_cmpint (next->version, ==, request->version + 1);
      after = text_of (request);
      g_assert_cmpstr (after, ==, before);
    }
}

static GuichetEvent *
header_of (const GuichetEvent *event)
{
  GuichetEvent *header = guichet_event_new (event->kind);

  header->number = event->number;
  header->reference = g_strdup (event->reference);
  header->procedure = g_strdup (event->procedure);
  header->department = event->department;
  header->stage = g_strdup (event->stage);
  header->phase = event->phase;
  header->waiting = event->waiting;
  header->blocker = event->blocker;
  header->result = event->result;
  header->assignee = g_strdup (event->assignee);
  header->actor = g_strdup (event->actor);
  header->instant = event->instant;
  header->version = event->version;
  header->key = g_strdup (event->key);
  return header;
}

/* A purge leaves exactly what the headers say: who reads the journal later finds the same. */
static void
test_purge_leaves_headers (void)
{
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (GPtrArray) events = any_life ();
      g_autoptr (GPtrArray) headers =
          g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
      g_autoptr (GuichetRequest) request = NULL;
      g_autoptr (GuichetRequest) from_headers = NULL;
      g_autoptr (GuichetLine) line = NULL;
      g_autofree char *found = NULL;
      g_autofree char *wanted = NULL;

      g_ptr_array_add (events, random_event (GUICHET_EVENT_PURGED, events->len + 1));
      for (guint i = 0; i < events->len; i++)
        g_ptr_array_add (headers, header_of (g_ptr_array_index (events, i)));
      request = random_fold (NULL, events, 0);
      from_headers = random_fold (NULL, headers, 0);
      found = text_of (request);
      wanted = text_of (from_headers);

      g_assert_cmpstr (found, ==, wanted);
      g_assert_null (request->citizen);
      g_assert_null (request->answers);
      g_assert_cmpuint (request->documents->len, ==, 0);
      g_assert_cmpuint (request->notifications->len, ==, 0);
      line = guichet_line_from_request (request, NULL, NULL);
      g_assert_null (line->citizen);
    }
}

/* Life by hand */

static GuichetRequest *
next (GuichetRequest *before, GuichetEvent *event)
{
  GuichetRequest *after;

  event->version = before != NULL ? before->version + 1 : 1;
  event->number = event->version + 100;
  event->instant = event->version * G_USEC_PER_SEC;
  g_free (event->stage);
  event->stage = g_strdup (event->from_stage != NULL ? "after" : "before");
  after = guichet_request_apply (before, event);
  g_clear_pointer (&before, guichet_request_unref);
  guichet_event_unref (event);
  return after;
}

static GuichetEvent *
plain_event (GuichetEventKind kind, GuichetBlocker blocker)
{
  GuichetEvent *event = random_event (kind, 1);

  event->blocker = blocker;
  g_clear_pointer (&event->from_stage, g_free);
  if (kind == GUICHET_EVENT_STAGE_MOVED)
    event->from_stage = g_strdup ("before");
  return event;
}

static GuichetEvent *
mail_event (GuichetEventKind kind, const char *id, const char *detail)
{
  GuichetEvent *event = plain_event (kind, GUICHET_BLOCKER_NONE);

  g_free (event->notification);
  event->notification = g_strdup (id);
  g_free (event->detail);
  event->detail = g_strdup (detail);
  return event;
}

static void
test_stays (void)
{
  g_autoptr (GuichetRequest) request =
      next (NULL, plain_event (GUICHET_EVENT_SUBMITTED, GUICHET_BLOCKER_NONE));
  const GuichetStay *stay;

  request =
      next (g_steal_pointer (&request), plain_event (GUICHET_EVENT_CLAIMED, GUICHET_BLOCKER_NONE));
  request = next (g_steal_pointer (&request),
                  plain_event (GUICHET_EVENT_NOTE_WRITTEN, GUICHET_BLOCKER_NONE));
  request = next (g_steal_pointer (&request),
                  plain_event (GUICHET_EVENT_STAGE_MOVED, GUICHET_BLOCKER_NONE));
  request = next (g_steal_pointer (&request),
                  plain_event (GUICHET_EVENT_BLOCKED, GUICHET_BLOCKER_POLICE));

  g_assert_cmpuint (request->stays->len, ==, 2);
  stay = g_ptr_array_index (request->stays, 0);
  g_assert_cmpstr (stay->stage, ==, "before");
  g_assert_cmpint (stay->from, ==, G_USEC_PER_SEC);
  stay = g_ptr_array_index (request->stays, 1);
  g_assert_cmpstr (stay->stage, ==, "after");
  g_assert_cmpint (stay->from, ==, 4 * G_USEC_PER_SEC);
}

static GuichetEvent *
block_event (GuichetBlocker blocker, GuichetDay until)
{
  GuichetEvent *event = plain_event (GUICHET_EVENT_BLOCKED, blocker);

  event->until = until;
  return event;
}

static void
test_blocker (void)
{
  g_autoptr (GuichetRequest) request =
      next (NULL, plain_event (GUICHET_EVENT_SUBMITTED, GUICHET_BLOCKER_NONE));

  request = next (g_steal_pointer (&request), block_event (GUICHET_BLOCKER_POLICE, 20800));
  g_assert_cmpint (request->blocker, ==, GUICHET_BLOCKER_POLICE);
  g_assert_cmpint (request->blocked_until, ==, 20800);

  request = next (g_steal_pointer (&request),
                  plain_event (GUICHET_EVENT_NOTE_WRITTEN, GUICHET_BLOCKER_POLICE));
  g_assert_cmpint (request->blocked_until, ==, 20800);

  request = next (g_steal_pointer (&request),
                  plain_event (GUICHET_EVENT_UNBLOCKED, GUICHET_BLOCKER_NONE));
  g_assert_cmpint (request->blocker, ==, GUICHET_BLOCKER_NONE);
  g_assert_cmpint (request->blocked_until, ==, GUICHET_DAY_NONE);

  /* The day of one block is not that of the next stage's. */
  request = next (g_steal_pointer (&request), block_event (GUICHET_BLOCKER_POLICE, 20800));
  request = next (g_steal_pointer (&request),
                  plain_event (GUICHET_EVENT_STAGE_MOVED, GUICHET_BLOCKER_COLLEGE));
  g_assert_cmpint (request->blocker, ==, GUICHET_BLOCKER_COLLEGE);
  g_assert_cmpint (request->blocked_until, ==, GUICHET_DAY_NONE);
}

static void
test_documents (void)
{
  g_autoptr (GuichetRequest) request =
      next (NULL, plain_event (GUICHET_EVENT_SUBMITTED, GUICHET_BLOCKER_NONE));
  g_autoptr (GuichetEvent) kept =
      plain_event (GUICHET_EVENT_DOCUMENT_ATTACHED, GUICHET_BLOCKER_NONE);
  const GuichetDocument *document;

  request = next (g_steal_pointer (&request), guichet_event_ref (kept));
  request = next (g_steal_pointer (&request),
                  plain_event (GUICHET_EVENT_DOCUMENT_ATTACHED, GUICHET_BLOCKER_NONE));

  g_assert_cmpuint (request->documents->len, ==, 2);
  document = g_ptr_array_index (request->documents, 0);
  g_assert_cmpstr (document->id, ==, kept->document);
  g_assert_cmpstr (document->name, ==, kept->document_name);
  g_assert_cmpstr (document->sha256, ==, kept->document_sha256);
  g_assert_cmpint (document->size, ==, kept->document_size);
  g_assert_cmpint (document->instant, ==, 2 * G_USEC_PER_SEC);
  g_assert_cmpstr (document->actor, ==, kept->actor);
}

static void
assert_delivery (const GuichetRequest *request,
                 const char *id,
                 GuichetDelivery delivery,
                 const char *detail)
{
  const GuichetNotification *found = guichet_request_find_notification (request, id);

  g_assert_nonnull (found);
  g_assert_cmpint (found->delivery, ==, delivery);
  g_assert_cmpstr (found->detail, ==, detail);
}

static gboolean
line_failed (const GuichetRequest *request)
{
  g_autoptr (GuichetLine) line = guichet_line_from_request (request, NULL, NULL);

  return line->delivery_failed;
}

static void
test_notifications (void)
{
  g_autoptr (GuichetRequest) request =
      next (NULL, plain_event (GUICHET_EVENT_SUBMITTED, GUICHET_BLOCKER_NONE));

  g_assert_false (line_failed (request));
  request = next (g_steal_pointer (&request),
                  mail_event (GUICHET_EVENT_NOTIFICATION_QUEUED, "one", NULL));
  assert_delivery (request, "one", GUICHET_DELIVERY_QUEUED, NULL);
  g_assert_cmpstr (guichet_request_find_notification (request, "one")->stage, ==, "before");

  request = next (g_steal_pointer (&request),
                  mail_event (GUICHET_EVENT_NOTIFICATION_DELAYED, "one", "451 later"));
  assert_delivery (request, "one", GUICHET_DELIVERY_DELAYED, "451 later");
  g_assert_false (line_failed (request));

  request = next (g_steal_pointer (&request),
                  mail_event (GUICHET_EVENT_NOTIFICATION_FAILED, "one", "550 no such user"));
  assert_delivery (request, "one", GUICHET_DELIVERY_FAILED, "550 no such user");
  g_assert_true (line_failed (request));

  /* Sent again, under another name: the first one's fate stays to be read. */
  request = next (g_steal_pointer (&request),
                  mail_event (GUICHET_EVENT_NOTIFICATION_QUEUED, "two", NULL));
  assert_delivery (request, "one", GUICHET_DELIVERY_FAILED, "550 no such user");
  assert_delivery (request, "two", GUICHET_DELIVERY_QUEUED, NULL);
  g_assert_false (line_failed (request));

  request =
      next (g_steal_pointer (&request), mail_event (GUICHET_EVENT_NOTIFICATION_SENT, "two", NULL));
  assert_delivery (request, "two", GUICHET_DELIVERY_SENT, NULL);
  g_assert_cmpuint (request->notifications->len, ==, 2);
  g_assert_null (guichet_request_find_notification (request, "three"));

  /* The fate of one that nobody knows changes nothing but the header. */
  request = next (g_steal_pointer (&request),
                  mail_event (GUICHET_EVENT_NOTIFICATION_FAILED, "three", NULL));
  g_assert_cmpuint (request->notifications->len, ==, 2);
  g_assert_false (line_failed (request));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("A request is nothing but its events.");

  g_test_add_func ("/core/request/state", test_state_is_last_header);
  g_test_add_func ("/core/request/in-pieces", test_in_pieces);
  g_test_add_func ("/core/request/old-one", test_leaves_the_old_one_alone);
  g_test_add_func ("/core/request/purge", test_purge_leaves_headers);
  g_test_add_func ("/core/request/stays", test_stays);
  g_test_add_func ("/core/request/blocker", test_blocker);
  g_test_add_func ("/core/request/documents", test_documents);
  g_test_add_func ("/core/request/notifications", test_notifications);

  return g_test_run ();
}
