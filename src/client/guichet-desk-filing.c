/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filing a request for a citizen. What they said is wiped when it has been sent.
 */
#define G_LOG_DOMAIN "guichet-desk-filing"

#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

#include <string.h>

#define REFERENCE_MAX 40

typedef struct
{
  GBytes *body;      /* (owned): what is sent */
  GPtrArray *issues; /* (owned): what came back */
} Filing;

static void
filing_free (gpointer data)
{
  Filing *self = data;

  guichet_api_wipe_body (self->body);
  g_ptr_array_unref (self->issues);
  g_free (self);
}

static char *
read_reference (GBytes *answer, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (answer, &guichet_json_limits_default, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  const char *reference;

  if (root == NULL)
    return NULL;
  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  reference =
      guichet_json_reader_string (reader, "reference", GUICHET_JSON_REQUIRED, REFERENCE_MAX);
  return guichet_json_reader_finish (reader, error) ? g_strdup (reference) : NULL;
}

static void
filed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Filing *filing = g_task_get_task_data (task);
  g_autoptr (GuichetProblem) problem = NULL;
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  char *reference;

  answer = guichet_api_send_finish (GUICHET_API (source), result, &problem, &error);
  if (answer == NULL)
    {
      if (problem != NULL)
        {
          g_ptr_array_unref (filing->issues);
          filing->issues = g_ptr_array_ref (problem->issues);
          if (problem->told && g_str_equal (problem->word, "idempotencyKeyReused"))
            error->code = GUICHET_DESK_ERROR_FILED;
        }
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  reference = read_reference (answer->body, &error);
  if (reference != NULL)
    g_task_return_pointer (task, reference, g_free);
  else
    g_task_return_new_error (task,
                             GUICHET_DESK_ERROR,
                             GUICHET_DESK_ERROR_PROTOCOL,
                             "reading what became of a request: %s",
                             error->message);
}

void
guichet_desk_file_async (GuichetDesk *self,
                         GuichetCommand *command,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  Filing *filing = g_new0 (Filing, 1);
  GuichetCall call = { .method = "POST", .path = "/v1/requests" };

  g_return_if_fail (GUICHET_IS_DESK (self));
  g_return_if_fail (command != NULL && command->kind == GUICHET_COMMAND_SUBMIT);

  g_task_set_source_tag (task, guichet_desk_file_async);
  guichet_command_write (command, writer, NULL);
  filing->body = guichet_json_writer_end (writer);
  filing->issues = guichet_issues_new ();
  g_task_set_task_data (task, filing, filing_free);
  if (self->api == NULL)
    {
      g_task_return_new_error (task,
                               GUICHET_DESK_ERROR,
                               GUICHET_DESK_ERROR_SIGNED_OUT,
                               "nobody is signed in");
      return;
    }
  call.key = command->key;
  call.body = filing->body;
  guichet_api_send_async (self->api, &call, cancellable, filed_cb, g_steal_pointer (&task));
}

char *
guichet_desk_file_finish (GuichetDesk *self,
                          GAsyncResult *result,
                          GPtrArray **ret_issues,
                          GError **error)
{
  const Filing *filing;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  filing = g_task_get_task_data (G_TASK (result));
  *ret_issues = g_ptr_array_ref (filing->issues);
  return g_task_propagate_pointer (G_TASK (result), error);
}
