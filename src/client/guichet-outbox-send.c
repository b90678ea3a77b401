/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the outbox empties itself.
 *
 * Of each request the first command that the server does not have is under way, and none behind
 * it. An answer decides: accepted; refused, so given back with those behind; or no answer, or one that
 * says "later": then everything waits for the next turn of guichet_retry_connection and the same
 * bytes are sent again under the same key, which acts once however often it arrives.
 */
#define G_LOG_DOMAIN "guichet-outbox-send"

#include "config.h"

#include "guichet-outbox-private.h"
#include "guichet-retry.h"

/* Fewer than the connections that GuichetApi opens: a screen must not wait for the outbox. */
#define UNDER_WAY_MAX 4
/* Of errors of the server's own on one command, before it is given back. */
#define FAILURES_MAX 5
/* What the desk says of a command that was answered with something else than a receipt. */
#define PROBLEM_NO_RECEIPT "noReceipt"
#define ACCESSES_MAX 100

/* One call under way. */
typedef struct
{
  GuichetOutbox *outbox;     /* (owned) */
  GCancellable *cancellable; /* (owned): the outbox has another once this call is given up */
  char *key;                 /* (owned) (nullable): of the command */
  guint n;                   /* how many accesses */
} Sending;

static void sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void sent_accesses_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->outbox);
  g_object_unref (sending->cancellable);
  g_free (sending->key);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static Sending *
sending_new (GuichetOutbox *self)
{
  Sending *sending = g_new0 (Sending, 1);

  if (self->sending == NULL)
    self->sending = g_cancellable_new ();
  sending->outbox = g_object_ref (self);
  sending->cancellable = g_object_ref (self->sending);
  return sending;
}

/* The next turn */

static gboolean
timer_cb (gpointer user_data)
{
  GuichetOutbox *self = user_data;

  self->timer = 0;
  _guichet_outbox_pump (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_turn (GuichetOutbox *self, gint64 at_least)
{
  guint pause;

  if (self->timer != 0)
    return;
  pause = guichet_retry_pause (&guichet_retry_connection, ++self->attempts);
  self->timer = g_timeout_add ((guint) MAX (pause, at_least * 1000), timer_cb, self);
}

/* Answers */

/* @ret_event: 0 if what was asked was so already. */
static gboolean
read_receipt (JsonNode *root, gint64 *ret_version, gint64 *ret_event)
{
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);

  *ret_version =
      guichet_json_reader_integer (reader, "version", GUICHET_JSON_REQUIRED, 0, G_MAXINT64);
  *ret_event = guichet_json_reader_integer (reader, "event", GUICHET_JSON_OPTIONAL, 1, G_MAXINT64);
  return guichet_json_reader_finish (reader, NULL);
}

static void
take_receipt (GuichetOutbox *self, GuichetOutboxEntry *entry, gint64 version, gint64 event)
{
  g_autofree char *reference = g_strdup (entry->row->command->reference);

  entry->accepted = TRUE;
  entry->version = version;
  entry->event = event;
  self->attempts = 0;
  if (event == 0)
    {
      /* It changed nothing, so there is nothing that the feed could say of it. */
      g_autoptr (GPtrArray) done = g_ptr_array_new ();

      g_ptr_array_add (done, entry);
      _guichet_outbox_drop (self, done);
    }
  else
    _guichet_outbox_emit_changed (self, reference);
  _guichet_outbox_emit_accepted (self, reference, event);
}

/* The server's own, which may pass or stay for ever. */
static void
take_failure (GuichetOutbox *self, GuichetOutboxEntry *entry, const char *word, gint64 retry_after)
{
  if (++entry->failures < FAILURES_MAX)
    wait_for_turn (self, retry_after);
  else
    _guichet_outbox_hold (self, entry, word, NULL);
}

static void
take_answer (GuichetOutbox *self, GuichetOutboxEntry *entry, const GuichetAnswer *answer)
{
  g_autoptr (JsonNode) root = guichet_json_parse (answer->body, &guichet_json_limits_default, NULL);
  gint64 version;
  gint64 event;

  /* Whoever is on the way has pages, and none in JSON. */
  if (root == NULL)
    wait_for_turn (self, 0);
  else if (read_receipt (root, &version, &event))
    take_receipt (self, entry, version, event);
  else
    take_failure (self, entry, PROBLEM_NO_RECEIPT, 0);
}

static void
take_problem (GuichetOutbox *self, GuichetOutboxEntry *entry, const GuichetProblem *problem)
{
  /* What stands between here and the server knows nothing of this command but how long it is. */
  const gboolean stranger = !problem->told && problem->status != 413;

  /* The session has ended: who sends from now on is another one. */
  if (problem->status == 401 && problem->told)
    return;
  if (guichet_problem_is_passing (problem) || problem->status < 400 || stranger)
    wait_for_turn (self, problem->retry_after);
  else if (problem->status >= 500)
    take_failure (self, entry, problem->word, problem->retry_after);
  else
    _guichet_outbox_hold (self, entry, problem->word, problem->changes);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  GuichetOutbox *self = sending->outbox;
  GuichetOutboxEntry *entry;
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GuichetProblem) problem = NULL;
  g_autoptr (GError) error = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, &problem, &error);
  if (self->sending != sending->cancellable)
    return;

  self->n_under_way--;
  entry = _guichet_outbox_find (self, sending->key);
  g_return_if_fail (entry != NULL);
  entry->under_way = FALSE;

  if (answer != NULL)
    take_answer (self, entry, answer);
  else if (problem != NULL)
    take_problem (self, entry, problem);
  else
    {
      g_debug ("not sent: %s", error->message);
      wait_for_turn (self, 0);
    }
  _guichet_outbox_pump (self);
}

/* @n: from the front. */
static void
drop_accesses (GuichetOutbox *self, guint n)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  GuichetOutboxAsk *ask = _guichet_outbox_ask_new (self);

  for (guint i = 0; i < n; i++)
    {
      const GuichetOutboxAccess *access = g_ptr_array_index (self->accesses, i);

      g_strv_builder_add (keys, access->key);
    }
  ask->keys = g_strv_builder_end (keys);
  _guichet_outbox_ask_thread (self,
                              ask,
                              _guichet_outbox_remove_accesses,
                              _guichet_outbox_noted_cb,
                              g_object_ref (self));
  g_ptr_array_remove_range (self->accesses, 0, n);
}

static void
sent_accesses_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  GuichetOutbox *self = sending->outbox;
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GuichetProblem) problem = NULL;
  g_autoptr (GError) error = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, &problem, &error);
  if (self->sending != sending->cancellable)
    return;

  self->accesses_under_way = FALSE;
  if (answer != NULL)
    {
      self->accesses_at_once = ACCESSES_MAX;
      drop_accesses (self, sending->n);
    }
  else if (problem != NULL && problem->told && problem->status == 401)
    return;
  else if (problem == NULL || !problem->told || problem->status >= 500 ||
           guichet_problem_is_passing (problem))
    wait_for_turn (self, problem != NULL ? problem->retry_after : 0);
  else if (sending->n > 1)
    self->accesses_at_once = 1;
  else
    {
      /* One that the server will never take must not keep the others from it. */
      g_warning ("the server does not record a consultation: %s", problem->word);
      drop_accesses (self, 1);
    }
  _guichet_outbox_pump (self);
  _guichet_outbox_emit_accesses_changed (self);
}

/* Questions */

static void
send (GuichetOutbox *self, GuichetOutboxEntry *entry)
{
  const GuichetCommand *command = entry->row->command;
  g_autofree char *path = guichet_api_path (command->reference, "/commands");
  const GuichetCall call = { .method = "POST",
                             .path = path,
                             .body = entry->row->body,
                             .key = command->key };
  Sending *sending = sending_new (self);

  sending->key = g_strdup (command->key);
  entry->under_way = TRUE;
  self->n_under_way++;
  guichet_api_send_async (self->api, &call, sending->cancellable, sent_cb, sending);
}

static GBytes *
write_accesses (GuichetOutbox *self, guint n)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_begin_array (writer, "items");
  for (guint i = 0; i < n; i++)
    {
      const GuichetOutboxAccess *access = g_ptr_array_index (self->accesses, i);

      guichet_json_writer_begin_object (writer, NULL);
      guichet_json_writer_string (writer, "key", access->key);
      guichet_json_writer_string (writer, "reference", access->reference);
      guichet_json_writer_instant (writer, "instant", access->instant);
      guichet_json_writer_string (writer, "route", "mirror");
      guichet_json_writer_end_object (writer);
    }
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  return guichet_json_writer_end (writer);
}

static void
send_accesses (GuichetOutbox *self)
{
  const guint at_once = self->accesses_at_once > 0 ? self->accesses_at_once : ACCESSES_MAX;
  const guint n = MIN (self->accesses->len, at_once);
  g_autoptr (GBytes) body = NULL;
  GuichetCall call = { .method = "POST", .path = "/v1/accesses" };
  Sending *sending;

  if (n == 0 || self->accesses_under_way)
    return;

  body = write_accesses (self, n);
  call.body = body;
  sending = sending_new (self);
  sending->n = n;
  self->accesses_under_way = TRUE;
  guichet_api_send_async (self->api, &call, sending->cancellable, sent_accesses_cb, sending);
}

void
_guichet_outbox_pump (GuichetOutbox *self)
{
  g_autoptr (GHashTable) busy = NULL;

  if (self->api == NULL || self->timer != 0)
    return;

  busy = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->entries->len && self->n_under_way < UNDER_WAY_MAX; i++)
    {
      GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->row->problem != NULL || entry->accepted)
        continue;
      if (!g_hash_table_add (busy, entry->row->command->reference))
        continue;
      if (entry->on_disk && !entry->under_way)
        send (self, entry);
    }
  send_accesses (self);
}

void
_guichet_outbox_stop_sending (GuichetOutbox *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->sending != NULL)
    g_cancellable_cancel (self->sending);
  g_clear_object (&self->sending);
  for (guint i = 0; i < self->entries->len; i++)
    {
      GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i);

      entry->under_way = FALSE;
    }
  self->n_under_way = 0;
  self->accesses_under_way = FALSE;
  self->attempts = 0;
}

void
guichet_outbox_start (GuichetOutbox *self, GuichetApi *api)
{
  g_return_if_fail (GUICHET_IS_OUTBOX (self));

  g_set_object (&self->api, api);
  _guichet_outbox_pump (self);
}

void
guichet_outbox_stop (GuichetOutbox *self)
{
  g_return_if_fail (GUICHET_IS_OUTBOX (self));

  _guichet_outbox_stop_sending (self);
  g_clear_object (&self->api);
}

void
guichet_outbox_doubt (GuichetOutbox *self)
{
  g_return_if_fail (GUICHET_IS_OUTBOX (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      GuichetOutboxEntry *entry = g_ptr_array_index (self->entries, i);

      entry->accepted = FALSE;
    }
}

void
guichet_outbox_hurry (GuichetOutbox *self)
{
  g_return_if_fail (GUICHET_IS_OUTBOX (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  self->attempts = 0;
  _guichet_outbox_pump (self);
}

guint
guichet_outbox_get_n_accesses (GuichetOutbox *self)
{
  g_return_val_if_fail (GUICHET_IS_OUTBOX (self), 0);
  return self->accesses->len;
}

gboolean
guichet_outbox_is_waiting (GuichetOutbox *self)
{
  g_return_val_if_fail (GUICHET_IS_OUTBOX (self), FALSE);
  return self->timer != 0;
}
