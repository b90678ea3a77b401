/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cards, as far as the server has to do with them. What lies in one is wiped when it has been
 * sent.
 */
#define G_LOG_DOMAIN "guichet-desk-card"

#include "config.h"

#include "guichet-address.h"
#include "guichet-desk-card.h"
#include "guichet-desk-private.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

#include <string.h>

#define NONCE_CHARS 44
#define NONCE_SIZE 32
#define TOWN_MAX 200
/* For typing at the keys of a reader, and for the answer to be sent. */
#define NONCE_RESERVE G_TIME_SPAN_MINUTE

/* One file, or one answer of a key. */
typedef struct
{
  char *word;
  char *algorithm; /* (nullable): of an answer */
  GBytes *content;
} Part;

struct _GuichetCardContent
{
  char *key;
  GPtrArray *files;  /* of Part */
  GPtrArray *proofs; /* of Part */
};

static void
part_free (gpointer data)
{
  Part *self = data;

  g_free (self->word);
  g_free (self->algorithm);
  g_bytes_unref (self->content);
  g_free (self);
}

static void
add_part (GPtrArray *parts, const char *word, const char *algorithm, GBytes *content)
{
  Part *part = g_new0 (Part, 1);

  part->word = g_strdup (word);
  part->algorithm = g_strdup (algorithm);
  part->content = g_bytes_ref (content);
  g_ptr_array_add (parts, part);
}

GuichetCardContent *
guichet_card_content_new (void)
{
  GuichetCardContent *self = g_new0 (GuichetCardContent, 1);

  self->key = g_uuid_string_random ();
  self->files = g_ptr_array_new_with_free_func (part_free);
  self->proofs = g_ptr_array_new_with_free_func (part_free);
  return self;
}

void
guichet_card_content_free (GuichetCardContent *self)
{
  g_free (self->key);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->proofs);
  g_free (self);
}

void
guichet_card_content_add_file (GuichetCardContent *self, const char *word, GBytes *content)
{
  g_return_if_fail (self != NULL && word != NULL && content != NULL);

  add_part (self->files, word, NULL, content);
}

void
guichet_card_content_add_proof (GuichetCardContent *self,
                                const char *kind,
                                const char *algorithm,
                                GBytes *signature)
{
  g_return_if_fail (self != NULL && kind != NULL && algorithm != NULL && signature != NULL);

  add_part (self->proofs, kind, algorithm, signature);
}

void
guichet_nonce_free (GuichetNonce *self)
{
  g_clear_pointer (&self->nonce, g_bytes_unref);
  g_free (self->town);
  g_free (self->session);
  g_free (self);
}

/* Nobody sets this clock, and it does not stand still while the machine sleeps. */
static gint64
running_clock (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

gboolean
guichet_nonce_lasts (const GuichetNonce *self)
{
  return self->until - running_clock () >= NONCE_RESERVE;
}

/* Asking for a nonce */

/* Of an answer without a date nobody knows how long it lasts: it is good for who hurries. */
static gint64
read_until (GuichetJsonReader *reader, gint64 date)
{
  const gint64 expires = guichet_json_reader_instant (reader, "expires", GUICHET_JSON_REQUIRED);

  return date > 0 ? running_clock () + expires - date : 0;
}

static GuichetNonce *
read_nonce (const GuichetAnswer *answer, GError **error)
{
  g_autoptr (JsonNode) root =
      guichet_json_parse (answer->body, &guichet_json_limits_default, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GuichetNonce) nonce = NULL;
  const char *text;
  guchar *decoded;
  gsize size = 0;

  if (root == NULL)
    return NULL;

  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  nonce = g_new0 (GuichetNonce, 1);
  text = guichet_json_reader_string (reader, "nonce", GUICHET_JSON_REQUIRED, NONCE_CHARS);
  nonce->town =
      g_strdup (guichet_json_reader_string (reader, "town", GUICHET_JSON_REQUIRED, TOWN_MAX));
  nonce->until = read_until (reader, answer->date);
  if (!guichet_json_reader_finish (reader, error))
    return NULL;

  decoded = g_base64_decode (text, &size);
  nonce->nonce = g_bytes_new_take (decoded, size);
  if (size != NONCE_SIZE)
    {
      g_set_error (error,
                   GUICHET_DESK_ERROR,
                   GUICHET_DESK_ERROR_PROTOCOL,
                   "it has %" G_GSIZE_FORMAT " bytes",
                   size);
      return NULL;
    }
  return g_steal_pointer (&nonce);
}

static void
nonce_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GuichetAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  GuichetNonce *nonce;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  nonce = read_nonce (answer, &error);
  if (nonce == NULL)
    {
      g_task_return_new_error (task,
                               GUICHET_DESK_ERROR,
                               GUICHET_DESK_ERROR_PROTOCOL,
                               "reading a nonce: %s",
                               error->message);
      return;
    }
  nonce->session = g_strdup (g_task_get_task_data (task));
  g_task_return_pointer (task, nonce, (GDestroyNotify) guichet_nonce_free);
}

static gboolean
is_signed_in (GuichetDesk *self, GTask *task)
{
  if (self->api != NULL && guichet_api_get_token (self->api) != NULL)
    return TRUE;
  g_task_return_new_error (task,
                           GUICHET_DESK_ERROR,
                           GUICHET_DESK_ERROR_SIGNED_OUT,
                           "nobody is signed in");
  return FALSE;
}

void
guichet_desk_ask_nonce_async (GuichetDesk *self,
                              const char *reference,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = guichet_api_path (reference, "/identityChallenges");
  const GuichetCall call = { .method = "POST", .path = path };

  g_return_if_fail (GUICHET_IS_DESK (self));

  g_task_set_source_tag (task, guichet_desk_ask_nonce_async);
  if (!is_signed_in (self, task))
    return;

  /* Of the session that the nonce is given to, whatever becomes of it meanwhile. */
  g_task_set_task_data (task,
                        g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                                       guichet_api_get_token (self->api),
                                                       -1),
                        g_free);
  guichet_api_send_async (self->api, &call, cancellable, nonce_cb, g_steal_pointer (&task));
}

GuichetNonce *
guichet_desk_ask_nonce_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Recording a check */

static void
write_bytes (GuichetJsonWriter *writer, const char *member, GBytes *content)
{
  char *text = g_base64_encode (g_bytes_get_data (content, NULL), g_bytes_get_size (content));

  guichet_json_writer_string (writer, member, text);
  explicit_bzero (text, strlen (text));
  g_free (text);
}

void
_guichet_card_content_write_files (const GuichetCardContent *self, GuichetJsonWriter *writer)
{
  guichet_json_writer_begin_object (writer, "files");
  for (guint i = 0; i < self->files->len; i++)
    {
      const Part *part = g_ptr_array_index (self->files, i);

      write_bytes (writer, part->word, part->content);
    }
  guichet_json_writer_end_object (writer);
}

/* @version: 0 where there is none */
static GBytes *
write_check (gint64 version, const GuichetNonce *nonce, const GuichetCardContent *content)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  if (version > 0)
    guichet_json_writer_integer (writer, "expectedVersion", version);
  write_bytes (writer, "nonce", nonce->nonce);
  _guichet_card_content_write_files (content, writer);
  guichet_json_writer_begin_array (writer, "proofs");
  for (guint i = 0; i < content->proofs->len; i++)
    {
      const Part *part = g_ptr_array_index (content->proofs, i);

      guichet_json_writer_begin_object (writer, NULL);
      guichet_json_writer_string (writer, "kind", part->word);
      guichet_json_writer_string (writer, "algorithm", part->algorithm);
      write_bytes (writer, "signature", part->content);
      guichet_json_writer_end_object (writer);
    }
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  return guichet_json_writer_end (writer);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GuichetAnswer) answer = NULL;
  GError *error = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
guichet_desk_check_identity_async (GuichetDesk *self,
                                   const char *reference,
                                   gint64 version,
                                   const GuichetNonce *nonce,
                                   const GuichetCardContent *content,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = guichet_api_path (reference, "/identityChecks");
  GuichetCall call = { .method = "POST", .path = path };

  g_return_if_fail (GUICHET_IS_DESK (self));
  g_return_if_fail (nonce != NULL && content != NULL);

  g_task_set_source_tag (task, guichet_desk_check_identity_async);
  if (!is_signed_in (self, task))
    return;

  call.key = content->key;
  call.body = write_check (version, nonce, content);
  g_task_set_task_data (task, call.body, (GDestroyNotify) guichet_api_wipe_body);
  guichet_api_send_async (self->api, &call, cancellable, checked_cb, g_steal_pointer (&task));
}

gboolean
guichet_desk_check_identity_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Signing in */

void
guichet_desk_ask_sign_in_nonce_async (GuichetDesk *self,
                                      const char *server,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const GuichetCall call = { .method = "POST", .path = "/v1/signInChallenges", .anonymous = TRUE };
  g_autofree char *address = NULL;
  g_autoptr (GuichetApi) api = NULL;
  GError *error = NULL;

  g_return_if_fail (GUICHET_IS_DESK (self));

  g_task_set_source_tag (task, guichet_desk_ask_sign_in_nonce_async);
  address = guichet_address_read (server, &error);
  if (address == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  api = guichet_api_new (address);
  guichet_api_send_async (api, &call, cancellable, nonce_cb, g_steal_pointer (&task));
}

GuichetNonce *
guichet_desk_ask_sign_in_nonce_finish (GuichetDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_desk_sign_in_card_async (GuichetDesk *self,
                                 const char *server,
                                 const GuichetNonce *nonce,
                                 const GuichetCardContent *content,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *address = NULL;
  GError *error = NULL;

  g_return_if_fail (GUICHET_IS_DESK (self));
  g_return_if_fail (nonce != NULL && content != NULL);

  g_task_set_source_tag (task, guichet_desk_sign_in_card_async);
  address = guichet_address_read (server, &error);
  if (address == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  _guichet_desk_enter_by_card (self, task, address, write_check (0, nonce, content));
}
