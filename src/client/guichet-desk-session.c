/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The session that the server makes for who signs in, and the end of one that nobody uses.
 *
 * The question outlives whoever gives up waiting: the server may have made a session by then, and
 * only its answer says how to end it.
 */
#define G_LOG_DOMAIN "guichet-desk-session"

#include "config.h"

#include "guichet-desk-private.h"
#include "guichet-json-reader.h"

#define TOKEN_MAX 1024
#define LOGIN_MAX 40

typedef struct
{
  GTask *task;         /* (owned) (nullable): NULL once it was given up */
  GSource *given_up;   /* (owned) (nullable) */
  GBytes *credentials; /* (owned): what is sent */
} Question;

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer == NULL)
    g_debug ("a session that nobody uses stays open: %s", error->message);
}

void
_guichet_desk_revoke_session (GuichetApi *api)
{
  const GuichetCall call = { .method = "DELETE", .path = "/v1/sessions/current" };

  if (guichet_api_get_token (api) != NULL)
    guichet_api_send_async (api, &call, NULL, revoked_cb, NULL);
}

/* The login (transfer full), or NULL if the answer makes no sense. */
static char *
take_session (GuichetApi *api, GBytes *answer)
{
  g_autoptr (JsonNode) root = guichet_json_parse (answer, &guichet_json_limits_default, NULL);
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autofree char *login = NULL;
  const char *token;

  if (root == NULL)
    return NULL;
  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  token = guichet_json_reader_string (reader, "token", GUICHET_JSON_REQUIRED, TOKEN_MAX);
  if (guichet_json_reader_enter (reader, "clerk", GUICHET_JSON_REQUIRED))
    {
      login =
          g_strdup (guichet_json_reader_string (reader, "login", GUICHET_JSON_REQUIRED, LOGIN_MAX));
      guichet_json_reader_leave (reader);
    }
  if (!guichet_json_reader_finish (reader, NULL))
    return NULL;
  guichet_api_set_token (api, token);
  return g_steal_pointer (&login);
}

static gboolean
given_up_cb (GCancellable *cancellable, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&question->task);

  g_clear_pointer (&question->given_up, g_source_unref);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* Who waits for the answer, if somebody still does. (transfer full) (nullable) */
static GTask *
end_question (Question *question)
{
  GTask *task = question->task;

  if (question->given_up != NULL)
    g_source_destroy (question->given_up);
  g_clear_pointer (&question->given_up, g_source_unref);
  guichet_api_wipe_body (question->credentials);
  g_free (question);
  return task;
}

static void
session_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = end_question (user_data);
  GuichetApi *api = GUICHET_API (source);
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autofree char *login = NULL;
  GError *error = NULL;

  answer = guichet_api_send_finish (api, result, NULL, &error);
  if (answer != NULL)
    login = take_session (api, answer->body);

  if (task == NULL)
    {
      _guichet_desk_revoke_session (api);
      g_clear_error (&error);
    }
  else if (answer == NULL)
    g_task_return_error (task, error);
  else if (login == NULL)
    g_task_return_new_error (task,
                             GUICHET_DESK_ERROR,
                             GUICHET_DESK_ERROR_PROTOCOL,
                             "the answer to signing in makes no sense");
  else
    g_task_return_pointer (task, g_steal_pointer (&login), g_free);
}

void
_guichet_desk_make_session_async (GuichetApi *api,
                                  const char *path,
                                  GBytes *credentials,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  const GuichetCall call = { .method = "POST",
                             .path = path,
                             .body = credentials,
                             .anonymous = TRUE };
  Question *question = g_new0 (Question, 1);

  question->credentials = credentials;
  question->task = g_task_new (api, cancellable, callback, user_data);
  g_task_set_source_tag (question->task, _guichet_desk_make_session_async);
  if (cancellable != NULL)
    {
      question->given_up = g_cancellable_source_new (cancellable);
      g_source_set_callback (question->given_up, G_SOURCE_FUNC (given_up_cb), question, NULL);
      g_source_attach (question->given_up, g_task_get_context (question->task));
    }
  guichet_api_send_async (api, &call, NULL, session_made_cb, question);
}

char *
_guichet_desk_make_session_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
