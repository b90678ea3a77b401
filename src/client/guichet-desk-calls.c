/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What only the server knows: the text that a citizen would get, who a number belongs to, a
 * document.
 */
#define G_LOG_DOMAIN "guichet-desk-calls"

#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

#define TEXT_MAX (256 * 1024)
#define FOUND_MAX 200
#define REFUSED_WHILE_OUT "nobody is signed in"

static const GuichetJsonLimits limits = { GUICHET_API_ANSWER_MAX, 16 };

static gboolean
is_signed_in (GuichetDesk *self, GTask *task)
{
  if (self->api != NULL)
    return TRUE;
  g_task_return_new_error (task,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_SIGNED_OUT,
                           REFUSED_WHILE_OUT);
  return FALSE;
}

static GError *
senseless (const char *what, const GError *cause)
{
  return g_error_new (GUICHET_DESK_ERROR,
                      GUICHET_DESK_ERROR_PROTOCOL,
                      "reading %s: %s",
                      what,
                      cause->message);
}

/* Previews */

typedef struct
{
  GuichetRendering *rendering; /* (owned) (nullable) */
  char *address;               /* (owned) (nullable) */
} Preview;

static void
preview_free (Preview *preview)
{
  g_clear_pointer (&preview->rendering, guichet_rendering_free);
  g_free (preview->address);
  g_free (preview);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Preview, preview_free)

static Preview *
read_preview (GBytes *answer, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (answer, &limits, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (Preview) preview = NULL;
  GuichetRendering *rendering;

  if (root == NULL)
    return NULL;

  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  preview = g_new0 (Preview, 1);
  rendering = preview->rendering = g_new0 (GuichetRendering, 1);
  rendering->subject =
      g_strdup (guichet_json_reader_string (reader, "subject", GUICHET_JSON_REQUIRED, TEXT_MAX));
  rendering->text =
      g_strdup (guichet_json_reader_string (reader, "text", GUICHET_JSON_REQUIRED, TEXT_MAX));
  rendering->html =
      g_strdup (guichet_json_reader_string (reader, "html", GUICHET_JSON_REQUIRED, TEXT_MAX));
  rendering->language = (GuichetLanguage)
      guichet_json_reader_enum (reader, "language", GUICHET_JSON_REQUIRED, GUICHET_TYPE_LANGUAGE);
  preview->address =
      g_strdup (guichet_json_reader_string (reader, "address", GUICHET_JSON_OPTIONAL, TEXT_MAX));
  if (!guichet_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&preview);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  Preview *preview;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  preview = read_preview (answer->body, &error);
  if (preview == NULL)
    g_task_return_error (task, senseless ("a preview", error));
  else
    g_task_return_pointer (task, preview, (GDestroyNotify) preview_free);
}

void
guichet_desk_preview_async (GuichetDesk *self,
                            const char *reference,
                            const char *to,
                            const char *reason,
                            const char *sentence,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GuichetJsonWriter) writer = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *path = NULL;
  GuichetCall call = { .method = "POST" };

  g_return_if_fail (GUICHET_IS_DESK (self));

  g_task_set_source_tag (task, guichet_desk_preview_async);
  if (!is_signed_in (self, task))
    return;

  writer = guichet_json_writer_new ();
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "to", to);
  guichet_json_writer_string (writer, "reason", reason != NULL && *reason != '\0' ? reason : NULL);
  guichet_json_writer_string (writer,
                              "sentence",
                              sentence != NULL && *sentence != '\0' ? sentence : NULL);
  guichet_json_writer_end_object (writer);
  body = guichet_json_writer_end (writer);
  path = guichet_api_path (reference, "/notificationPreviews");
  call.path = path;
  call.body = body;
  guichet_api_send_async (self->api, &call, cancellable, previewed_cb, g_object_ref (task));
}

GuichetRendering *
guichet_desk_preview_finish (GuichetDesk *self,
                             GAsyncResult *result,
                             char **ret_address,
                             GError **error)
{
  g_autoptr (Preview) preview = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  preview = g_task_propagate_pointer (G_TASK (result), error);
  if (preview == NULL)
    return NULL;
  if (ret_address != NULL)
    *ret_address = g_steal_pointer (&preview->address);
  return g_steal_pointer (&preview->rendering);
}

/* People */

static GPtrArray *
read_lines (GBytes *answer, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (answer, &limits, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  guint n = 0;

  if (root == NULL)
    return NULL;

  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_line_unref);
  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  if (guichet_json_reader_enter_array (reader, "items", GUICHET_JSON_REQUIRED, FOUND_MAX, &n))
    {
      for (guint i = 0; i < n; i++)
        {
          GuichetLine *line;

          if (!guichet_json_reader_enter_item (reader, i))
            continue;
          line = guichet_line_read (reader);
          if (line != NULL)
            g_ptr_array_add (lines, line);
          guichet_json_reader_leave (reader);
        }
      guichet_json_reader_leave (reader);
    }
  if (!guichet_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&lines);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *lines;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  lines = read_lines (answer->body, &error);
  if (lines == NULL)
    g_task_return_error (task, senseless ("what was found", error));
  else
    g_task_return_pointer (task, lines, (GDestroyNotify) g_ptr_array_unref);
}

void
guichet_desk_find_person_async (GuichetDesk *self,
                                const char *niss,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GuichetJsonWriter) writer = NULL;
  g_autoptr (GBytes) body = NULL;
  GuichetCall call = { .method = "POST", .path = "/v1/requests/search" };

  g_return_if_fail (GUICHET_IS_DESK (self));

  g_task_set_source_tag (task, guichet_desk_find_person_async);
  if (!is_signed_in (self, task))
    return;

  writer = guichet_json_writer_new ();
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "niss", niss);
  guichet_json_writer_integer (writer, "pageSize", FOUND_MAX);
  guichet_json_writer_end_object (writer);
  body = guichet_json_writer_end (writer);
  call.body = body;
  guichet_api_send_async (self->api, &call, cancellable, found_cb, g_object_ref (task));
}

GPtrArray *
guichet_desk_find_person_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Documents */

typedef struct
{
  /* Input */
  char *reference; /* (owned) */
  char *document;  /* (owned) */

  /* In progress */
  char *sha256;  /* (owned) (nullable): that it must have */
  GBytes *bytes; /* (owned) (nullable) */
} Fetch;

static void content_found_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void document_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void document_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
fetch_free (Fetch *op)
{
  g_free (op->reference);
  g_free (op->document);
  g_free (op->sha256);
  g_clear_pointer (&op->bytes, g_bytes_unref);
  g_free (op);
}

/* In the desk's thread: eight megabytes take longer than a frame. */
static void
digest (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, task_data), g_free);
}

static void
content_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GuichetDesk *self = g_task_get_source_object (task);
  Fetch *op = g_task_get_task_data (task);
  g_autofree char *escaped = g_uri_escape_string (op->document, NULL, FALSE);
  g_autofree char *tail = g_strconcat ("/documents/", escaped, NULL);
  g_autofree char *path = guichet_api_path (op->reference, tail);
  const GuichetCall call = { .method = "GET",
                             .path = path,
                             .accept = "application/pdf",
                             .answer_max = GUICHET_DOCUMENT_MAX };
  g_autoptr (GuichetContent) content = NULL;

  content = guichet_mirror_content_finish (GUICHET_MIRROR (source), result, NULL);
  for (guint i = 0; content != NULL && i < content->request->documents->len; i++)
    {
      const GuichetDocument *document = g_ptr_array_index (content->request->documents, i);

      if (g_str_equal (document->id, op->document))
        op->sha256 = g_strdup (document->sha256);
    }

  if (op->sha256 == NULL)
    g_task_return_new_error (task,
                             GUICHET_DESK_ERROR,
                             GUICHET_DESK_ERROR_GONE,
                             "the request has no such document");
  else if (is_signed_in (self, task))
    guichet_api_send_async (self->api,
                            &call,
                            g_task_get_cancellable (task),
                            document_sent_cb,
                            g_object_ref (task));
}

static void
document_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  GuichetDesk *self = g_task_get_source_object (task);
  Fetch *op = g_task_get_task_data (task);
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GTask) digesting = NULL;
  GError *error = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  op->bytes = g_bytes_ref (answer->body);
  digesting =
      g_task_new (NULL, g_task_get_cancellable (task), document_checked_cb, g_object_ref (task));
  g_task_set_source_tag (digesting, document_sent_cb);
  g_task_set_task_data (digesting, g_bytes_ref (op->bytes), (GDestroyNotify) g_bytes_unref);
  guichet_worker_push (self->worker, G_PRIORITY_DEFAULT, digesting, digest);
}

static void
document_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = g_steal_pointer (&user_data);
  Fetch *op = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *sha256 = g_task_propagate_pointer (G_TASK (result), &error);

  if (sha256 == NULL)
    g_task_return_error (task, error);
  else if (g_ascii_strcasecmp (sha256, op->sha256) != 0)
    g_task_return_new_error (task,
                             GUICHET_DESK_ERROR,
                             GUICHET_DESK_ERROR_PROTOCOL,
                             "the document is not the one that was attached");
  else
    g_task_return_pointer (task, g_steal_pointer (&op->bytes), (GDestroyNotify) g_bytes_unref);
}

void
guichet_desk_fetch_document_async (GuichetDesk *self,
                                   const char *reference,
                                   const char *document,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Fetch *op;

  g_return_if_fail (GUICHET_IS_DESK (self));

  g_task_set_source_tag (task, guichet_desk_fetch_document_async);
  op = g_new0 (Fetch, 1);
  op->reference = g_strdup (reference);
  op->document = g_strdup (document);
  g_task_set_task_data (task, op, (GDestroyNotify) fetch_free);

  if (self->mirror_error != NULL)
    g_task_return_error (task, g_error_copy (self->mirror_error));
  else if (self->mirror == NULL)
    g_task_return_new_error (task,
                             GUICHET_DESK_ERROR,
                             GUICHET_DESK_ERROR_SIGNED_OUT,
                             REFUSED_WHILE_OUT);
  else
    /* The content was kept when the request was opened, its documents' digests with it. */
    guichet_mirror_find_content_async (self->mirror,
                                       reference,
                                       cancellable,
                                       content_found_cb,
                                       g_object_ref (task));
}

GBytes *
guichet_desk_fetch_document_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
