/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading requests: one, its events and documents, lists, changes; and what was read elsewhere.
 */
#define G_LOG_DOMAIN "guichetd-routes"

#include "config.h"

#include "guichetd-routes-private.h"

#include "guichet-command.h"
#include "guichet-niss.h"
#include "guichet-reference.h"

#include <string.h>

/* Lines of an answer to `changes`, readings told in one go, rows of a page. */
#define MAX_CHANGES 1000
#define MAX_SHOWN 100
#define MAX_PAGE 200

static void read_json_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void read_document_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void read_changes_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_json_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *body = guichetd_engine_read_finish (GUICHETD_ENGINE (source), result, &error);

  if (body != NULL)
    guichetd_exchange_answer_json (exchange, 200, body);
  else
    guichetd_routes_refuse_error (exchange, error, NULL);
}

void
guichetd_routes_get_request (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autofree char *reference = guichetd_routes_reference (exchange);

  if (reference != NULL)
    guichetd_engine_request_async (api->engine,
                                   guichetd_exchange_get_actor (exchange),
                                   reference,
                                   guichetd_exchange_get_cancellable (exchange),
                                   read_json_cb,
                                   guichetd_exchange_ref (exchange));
}

void
guichetd_routes_get_events (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autofree char *reference = guichetd_routes_reference (exchange);

  if (reference != NULL)
    guichetd_engine_events_async (api->engine,
                                  guichetd_exchange_get_actor (exchange),
                                  reference,
                                  guichetd_exchange_get_cancellable (exchange),
                                  read_json_cb,
                                  guichetd_exchange_ref (exchange));
}

void
guichetd_routes_get_document (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autofree char *reference = guichetd_routes_reference (exchange);

  if (reference != NULL)
    guichetd_engine_document_async (api->engine,
                                    guichetd_exchange_get_actor (exchange),
                                    reference,
                                    guichetd_exchange_get_param (exchange, "documentId"),
                                    guichetd_exchange_get_cancellable (exchange),
                                    read_document_cb,
                                    guichetd_exchange_ref (exchange));
}

static void
read_document_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = guichetd_engine_read_finish (GUICHETD_ENGINE (source), result, &error);

  if (body == NULL)
    {
      guichetd_routes_refuse_error (exchange, error, NULL);
      return;
    }
  guichetd_exchange_set_header (exchange, "X-Content-Type-Options", "nosniff");
  guichetd_exchange_answer (exchange, 200, "application/pdf", body);
}

void
guichetd_routes_preview (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autofree char *reference = guichetd_routes_reference (exchange);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = NULL;
  const char *to;
  const char *reason;
  const char *sentence;

  if (reference == NULL)
    return;
  reader = guichetd_routes_read_body (exchange, &root);
  if (reader == NULL)
    return;

  to = guichet_json_reader_string (reader, "to", GUICHET_JSON_REQUIRED, 64);
  reason = guichet_json_reader_string (reader, "reason", GUICHET_JSON_OPTIONAL, 4000);
  sentence = guichet_json_reader_string (reader, "sentence", GUICHET_JSON_OPTIONAL, 1000);
  if (guichetd_routes_finish (exchange, reader))
    guichetd_engine_preview_async (api->engine,
                                   guichetd_exchange_get_actor (exchange),
                                   reference,
                                   to,
                                   reason,
                                   sentence,
                                   guichetd_exchange_get_cancellable (exchange),
                                   read_json_cb,
                                   guichetd_exchange_ref (exchange));
}

/* Lists */

static guint
read_phases (GuichetJsonReader *reader)
{
  guint phases = 0;
  guint n;

  if (!guichet_json_reader_enter_array (reader, "phase", GUICHET_JSON_OPTIONAL, 5, &n))
    return 0;
  for (guint i = 0; i < n; i++)
    {
      const char *word = guichet_json_reader_item_string (reader, i, 20);
      int value = 0;

      if (word == NULL)
        continue;
      if (guichet_enum_value (GUICHET_TYPE_PHASE, word, &value) && value != GUICHET_PHASE_NONE)
        phases |= 1u << value;
      else
        guichet_json_reader_refuse (reader, NULL, "invalidInput", "there is no such phase");
    }
  guichet_json_reader_leave (reader);
  return phases;
}

static GuichetdSearch *
read_search (GuichetJsonReader *reader)
{
  static const char *const sorts[] = { "received", "due", "changed", NULL };
  GuichetdSearch *search = g_new0 (GuichetdSearch, 1);
  const GuichetJsonNeed optional = GUICHET_JSON_OPTIONAL;

  search->department = (GuichetDepartment)
      guichet_json_reader_enum (reader, "department", optional, GUICHET_TYPE_DEPARTMENT);
  search->phases = read_phases (reader);
  search->stage = g_strdup (guichet_json_reader_string (reader, "stage", optional, 64));
  search->procedure = g_strdup (guichet_json_reader_string (reader, "procedure", optional, 64));
  search->assignee = g_strdup (guichet_json_reader_string (reader, "assignee", optional, 40));
  search->late = guichet_json_reader_boolean (reader, "late", optional);
  search->text = g_strdup (guichet_json_reader_string (reader, "text", optional, 200));
  search->niss = g_strdup (guichet_json_reader_string (reader, "niss", optional, 11));
  search->sort = g_strdup (guichet_json_reader_string (reader, "sort", optional, 20));
  search->cursor = g_strdup (guichet_json_reader_string (reader, "cursor", optional, 400));
  if (guichet_json_reader_has (reader, "pageSize"))
    search->page_size =
        (guint) guichet_json_reader_integer (reader, "pageSize", optional, 1, MAX_PAGE);

  if (search->niss != NULL && !guichet_niss_is_valid (search->niss))
    guichet_json_reader_refuse (reader, "niss", "invalidInput", "must be a national number");
  if (search->sort != NULL && !g_strv_contains (sorts, search->sort))
    guichet_json_reader_refuse (reader, "sort", "invalidInput", "there is no such order");
  return search;
}

void
guichetd_routes_search (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = guichetd_routes_read_body (exchange, &root);
  g_autoptr (GuichetdSearch) search = NULL;

  if (reader == NULL)
    return;
  search = read_search (reader);
  if (guichetd_routes_finish (exchange, reader))
    guichetd_engine_search_async (api->engine,
                                  guichetd_exchange_get_actor (exchange),
                                  g_steal_pointer (&search),
                                  guichetd_exchange_get_cancellable (exchange),
                                  read_json_cb,
                                  guichetd_exchange_ref (exchange));
}

void
guichetd_routes_get_changes (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  gint64 after = 0;
  gint64 limit = MAX_CHANGES;

  if (!guichetd_routes_number (exchange, "after", 0, G_MAXINT64, &after) ||
      !guichetd_routes_number (exchange, "limit", 1, MAX_CHANGES, &limit))
    return;
  guichetd_engine_changes_async (api->engine,
                                 guichetd_exchange_get_actor (exchange),
                                 after,
                                 (guint) limit,
                                 guichetd_exchange_get_cancellable (exchange),
                                 read_changes_cb,
                                 guichetd_exchange_ref (exchange));
}

static void
read_changes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = guichetd_engine_read_finish (GUICHETD_ENGINE (source), result, &error);
  GuichetdSession *session = guichetd_exchange_get_session (exchange);
  g_autoptr (GString) text = NULL;
  const char *data;
  gsize length;

  if (body == NULL)
    {
      guichetd_routes_refuse_error (exchange, error, NULL);
      return;
    }
  /* What was read with the rights of before belongs to no mirror of now. */
  if (session->clerk != guichetd_exchange_get_actor (exchange))
    {
      GuichetdProblemDetails details = { .retry_after = 1 };

      guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_SERVICE_UNAVAILABLE, &details);
      return;
    }

  data = g_bytes_get_data (body, &length);
  g_assert (length > 2 && data[0] == '{');
  text = g_string_sized_new (length + 32);
  g_string_printf (text, "{\"epoch\":%" G_GINT64_FORMAT ",", session->epoch);
  g_string_append_len (text, data + 1, (gssize) length - 1);
  guichetd_exchange_answer_json (exchange, 200, g_string_free_to_bytes (g_steal_pointer (&text)));
}

/* What was read out of a mirror */

static GPtrArray *
read_shown (GuichetJsonReader *reader, gint64 now)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func ((GDestroyNotify) guichetd_shown_free);
  guint n;

  if (!guichet_json_reader_enter_array (reader, "items", GUICHET_JSON_REQUIRED, MAX_SHOWN, &n))
    return shown;
  for (guint i = 0; i < n; i++)
    {
      GuichetdShown *item;
      const char *text;

      if (!guichet_json_reader_enter_item (reader, i))
        continue;
      item = g_new0 (GuichetdShown, 1);
      g_ptr_array_add (shown, item);

      item->key = g_strdup (guichet_json_reader_string (reader, "key", GUICHET_JSON_REQUIRED, 36));
      if (item->key != NULL && !guichet_command_key_is_valid (item->key))
        guichet_json_reader_refuse (reader, "key", "invalidInput", "must be a UUID in lower case");

      text = guichet_json_reader_string (reader, "reference", GUICHET_JSON_REQUIRED, 20);
      item->reference = text != NULL ? guichet_reference_parse (text) : NULL;
      if (text != NULL && item->reference == NULL)
        guichet_json_reader_refuse (reader, "reference", "invalidInput", "must be a reference");

      item->instant = guichet_json_reader_instant (reader, "instant", GUICHET_JSON_REQUIRED);
      /* A desk's clock may be wrong, but nothing was read tomorrow. */
      item->instant = MIN (item->instant, now);

      text = guichet_json_reader_string (reader, "route", GUICHET_JSON_REQUIRED, 20);
      if (text != NULL && strcmp (text, "mirror") != 0)
        guichet_json_reader_refuse (reader, "route", "invalidInput", "must be mirror");
      guichet_json_reader_leave (reader);
    }
  guichet_json_reader_leave (reader);
  return shown;
}

void
guichetd_routes_post_accesses (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = guichetd_routes_read_body (exchange, &root);
  g_autoptr (GPtrArray) shown = NULL;

  if (reader == NULL)
    return;
  shown = read_shown (reader, guichet_clock_now (api->clock));
  if (guichetd_routes_finish (exchange, reader))
    guichetd_engine_record_shown_async (api->engine,
                                        guichetd_exchange_get_actor (exchange),
                                        g_steal_pointer (&shown),
                                        guichetd_exchange_get_cancellable (exchange),
                                        recorded_cb,
                                        guichetd_exchange_ref (exchange));
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;

  if (guichetd_engine_record_shown_finish (GUICHETD_ENGINE (source), result, &error))
    guichetd_exchange_answer_empty (exchange, 204);
  else
    guichetd_routes_refuse_error (exchange, error, NULL);
}
