/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accounts of citizens, as the server has them.
 */
#define G_LOG_DOMAIN "guichet-desk-account"

#include "config.h"

#include "guichet-desk-account.h"
#include "guichet-desk-private.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

/* A person has one. */
#define FOUND_MAX 1

struct _GuichetAccountAct
{
  char *key;
  char *path;
  GBytes *body;
};

gboolean
guichet_desk_may_assist (const GuichetClerk *clerk)
{
  return clerk != NULL && guichet_clerk_can_somewhere (clerk, GUICHET_CAN_ASSIST_ACCOUNT);
}

static gboolean
is_signed_in (GuichetDesk *self, GTask *task)
{
  if (self->api != NULL)
    return TRUE;
  g_task_return_new_error (task,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_SIGNED_OUT,
                           "nobody is signed in");
  return FALSE;
}

/* Finding */

static gboolean
read_found (GBytes *answer, GuichetAccount **ret_account, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (answer, &guichet_json_limits_default, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GuichetAccount) account = NULL;
  guint n = 0;

  if (root == NULL)
    return FALSE;
  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  if (guichet_json_reader_enter_array (reader, "items", GUICHET_JSON_REQUIRED, FOUND_MAX, &n))
    {
      if (n > 0 && guichet_json_reader_enter_item (reader, 0))
        {
          account = guichet_account_read (reader);
          guichet_json_reader_leave (reader);
        }
      guichet_json_reader_leave (reader);
    }
  if (!guichet_json_reader_finish (reader, error))
    return FALSE;
  *ret_account = g_steal_pointer (&account);
  return TRUE;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  GuichetAccount *account = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (read_found (answer->body, &account, &error))
    g_task_return_pointer (task, account, (GDestroyNotify) guichet_account_unref);
  else
    g_task_return_new_error (task,
                             GUICHET_DESK_ERROR,
                             GUICHET_DESK_ERROR_PROTOCOL,
                             "reading an account: %s",
                             error->message);
}

void
guichet_desk_find_account_async (GuichetDesk *self,
                                 const char *niss,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GuichetJsonWriter) writer = NULL;
  GuichetCall call = { .method = "POST", .path = "/v1/accounts/search" };

  g_return_if_fail (GUICHET_IS_DESK (self));
  g_return_if_fail (niss != NULL);

  g_task_set_source_tag (task, guichet_desk_find_account_async);
  if (!is_signed_in (self, task))
    return;
  writer = guichet_json_writer_new ();
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "niss", niss);
  guichet_json_writer_end_object (writer);
  call.body = guichet_json_writer_end (writer);
  g_task_set_task_data (task, call.body, (GDestroyNotify) guichet_api_wipe_body);
  guichet_api_send_async (self->api, &call, cancellable, found_cb, g_steal_pointer (&task));
}

gboolean
guichet_desk_find_account_finish (GuichetDesk *self,
                                  GAsyncResult *result,
                                  GuichetAccount **ret_account,
                                  GError **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  /* Of nothing found there is no pointer, and no error either. */
  *ret_account = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* Acts */

static void
act_clear (gpointer data)
{
  GuichetAccountAct *self = data;

  g_free (self->key);
  g_free (self->path);
  guichet_api_wipe_body (self->body);
}

GuichetAccountAct *
guichet_account_act_ref (GuichetAccountAct *self)
{
  return g_rc_box_acquire (self);
}

void
guichet_account_act_unref (GuichetAccountAct *self)
{
  g_rc_box_release_full (self, act_clear);
}

/* @account, @card, @contact: (nullable): what is not said */
static GuichetAccountAct *
act_new (const char *kind,
         const GuichetAccount *account,
         const GuichetCardContent *card,
         const GuichetContact *contact)
{
  GuichetAccountAct *self = g_rc_box_new0 (GuichetAccountAct);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "kind", kind);
  if (account != NULL)
    guichet_json_writer_integer (writer, "expectedVersion", account->version);
  if (card != NULL)
    _guichet_card_content_write_files (card, writer);
  if (contact != NULL)
    guichet_contact_write (contact, writer, "contact");
  guichet_json_writer_end_object (writer);

  self->key = g_uuid_string_random ();
  self->path = account != NULL ? g_strconcat ("/v1/accounts/", account->account, "/commands", NULL)
                               : g_strdup ("/v1/accounts");
  self->body = guichet_json_writer_end (writer);
  return self;
}

GuichetAccountAct *
guichet_account_act_new_open (const GuichetCardContent *card, const GuichetContact *contact)
{
  g_return_val_if_fail (card != NULL && contact != NULL, NULL);

  return act_new (NULL, NULL, card, contact);
}

GuichetAccountAct *
guichet_account_act_new_change (const GuichetAccount *account, const GuichetContact *contact)
{
  g_return_val_if_fail (account != NULL && contact != NULL, NULL);

  return act_new ("changeContact", account, NULL, contact);
}

GuichetAccountAct *
guichet_account_act_new_renew (const GuichetAccount *account, const GuichetCardContent *card)
{
  g_return_val_if_fail (account != NULL && card != NULL, NULL);

  return act_new ("renewPerson", account, card, NULL);
}

typedef struct
{
  GuichetAccountAct *act; /* (owned): its body is read until the call has ended */
  char *word;             /* (owned) (nullable) */
  GPtrArray *issues;      /* (owned) */
} Acting;

static void
acting_free (gpointer data)
{
  Acting *self = data;

  guichet_account_act_unref (self->act);
  g_free (self->word);
  g_ptr_array_unref (self->issues);
  g_free (self);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Acting *acting = g_task_get_task_data (task);
  g_autoptr (GuichetProblem) problem = NULL;
  g_autoptr (GuichetAnswer) answer = NULL;
  GError *error = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, &problem, &error);
  if (answer != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (problem != NULL && problem->told)
    {
      acting->word = g_strdup (problem->word);
      g_ptr_array_unref (acting->issues);
      acting->issues = g_ptr_array_ref (problem->issues);
    }
  g_task_return_error (task, error);
}

void
guichet_desk_act_on_account_async (GuichetDesk *self,
                                   GuichetAccountAct *act,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Acting *acting = g_new0 (Acting, 1);
  const GuichetCall call = { .method = "POST",
                             .path = act->path,
                             .key = act->key,
                             .body = act->body };

  g_return_if_fail (GUICHET_IS_DESK (self));

  g_task_set_source_tag (task, guichet_desk_act_on_account_async);
  acting->act = guichet_account_act_ref (act);
  acting->issues = guichet_issues_new ();
  g_task_set_task_data (task, acting, acting_free);
  if (is_signed_in (self, task))
    guichet_api_send_async (self->api, &call, cancellable, acted_cb, g_object_ref (task));
}

gboolean
guichet_desk_act_on_account_finish (GuichetDesk *self,
                                    GAsyncResult *result,
                                    char **ret_word,
                                    GPtrArray **ret_issues,
                                    GError **error)
{
  Acting *acting;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  acting = g_task_get_task_data (G_TASK (result));
  *ret_word = g_steal_pointer (&acting->word);
  *ret_issues = g_ptr_array_ref (acting->issues);
  return g_task_propagate_boolean (G_TASK (result), error);
}
