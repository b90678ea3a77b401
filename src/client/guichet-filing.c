/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A form's way to the server.
 */
#define G_LOG_DOMAIN "guichet-filing"

#include "config.h"

#include "guichet-filing.h"
#include "guichet-json-writer.h"

struct _GuichetFiling
{
  GObject parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) */

  /* Owned */
  char *key;
  GPtrArray *unheard; /* of GuichetCommand: tries that may have been filed, the newest last */

  guint n_under_way;
};

typedef struct
{
  GuichetCommand *command; /* (owned): the version that is being asked about */
  guint n_left;      /* so many of the unheard ones were not asked about, from the oldest on */
  GPtrArray *issues; /* (owned) (nullable) */
  GError *filed;     /* (owned) (nullable): said of the one given: an earlier one was filed */
} Try;

G_DEFINE_FINAL_TYPE (GuichetFiling, guichet_filing, G_TYPE_OBJECT)

static void send_now (GTask *task);

static void
try_free (gpointer data)
{
  Try *op = data;

  guichet_command_unref (op->command);
  g_clear_pointer (&op->issues, g_ptr_array_unref);
  g_clear_error (&op->filed);
  g_free (op);
}

static GBytes *
content_of (GuichetCommand *command)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_command_write (command, writer, NULL);
  return guichet_json_writer_end (writer);
}

static gboolean
says_the_same (GuichetCommand *command, GuichetCommand *other)
{
  g_autoptr (GBytes) content = content_of (command);
  g_autoptr (GBytes) content_of_other = content_of (other);

  return g_bytes_equal (content, content_of_other);
}

static void
forget_unheard (GuichetFiling *self, GuichetCommand *command)
{
  for (guint i = self->unheard->len; i > 0; i--)
    if (says_the_same (g_ptr_array_index (self->unheard, i - 1), command))
      g_ptr_array_remove_index (self->unheard, i - 1);
}

/* It was filed when we did not hear: sent as it was then, the server says under which reference. */
static gboolean
ask_about_earlier (GuichetFiling *self, GTask *task)
{
  Try *op = g_task_get_task_data (task);

  op->n_left = MIN (op->n_left, self->unheard->len);
  if (op->n_left == 0)
    return FALSE;
  op->n_left--;
  guichet_command_unref (op->command);
  op->command = guichet_command_ref (g_ptr_array_index (self->unheard, op->n_left));
  send_now (task);
  return TRUE;
}

/* Whether one that was sent earlier is asked for. Faults of another version are not those of the
 * one that was given: what is said of that one stands. */
static gboolean
is_not_that_one (Try *op, GError **error)
{
  if (g_error_matches (*error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_FILED))
    {
      if (op->filed == NULL)
        op->filed = g_error_copy (*error);
      return TRUE;
    }
  if (op->filed == NULL || op->issues->len == 0)
    return FALSE;

  g_ptr_array_set_size (op->issues, 0);
  g_clear_error (error);
  *error = g_error_copy (op->filed);
  return TRUE;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetFiling *self = g_task_get_source_object (task);
  Try *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *reference;

  self->n_under_way--;
  g_clear_pointer (&op->issues, g_ptr_array_unref);
  reference = guichet_desk_file_finish (GUICHET_DESK (source), result, &op->issues, &error);
  if (reference != NULL)
    {
      g_task_return_pointer (task, reference, g_free);
      return;
    }
  /* One whose faults are told was not filed, and will not be. */
  if (guichet_desk_error_is_open (error) || op->issues->len > 0)
    forget_unheard (self, op->command);
  if (is_not_that_one (op, &error) && ask_about_earlier (self, task))
    return;
  if (guichet_desk_error_is_open (error))
    g_ptr_array_add (self->unheard, guichet_command_ref (op->command));
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
send_now (GTask *task)
{
  GuichetFiling *self = g_task_get_source_object (task);
  const Try *op = g_task_get_task_data (task);

  self->n_under_way++;
  guichet_desk_file_async (self->desk,
                           op->command,
                           g_task_get_cancellable (task),
                           sent_cb,
                           g_object_ref (task));
}

static void
guichet_filing_finalize (GObject *object)
{
  GuichetFiling *self = GUICHET_FILING (object);

  g_object_unref (self->desk);
  g_free (self->key);
  g_ptr_array_unref (self->unheard);

  G_OBJECT_CLASS (guichet_filing_parent_class)->finalize (object);
}

static void
guichet_filing_class_init (GuichetFilingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_filing_finalize;
}

static void
guichet_filing_init (GuichetFiling *self)
{
  self->key = g_uuid_string_random ();
  self->unheard = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_command_unref);
}

GuichetFiling *
guichet_filing_new (GuichetDesk *desk)
{
  GuichetFiling *self;

  g_return_val_if_fail (GUICHET_IS_DESK (desk), NULL);

  self = g_object_new (GUICHET_TYPE_FILING, NULL);
  self->desk = g_object_ref (desk);
  return self;
}

const char *
guichet_filing_get_key (GuichetFiling *self)
{
  g_return_val_if_fail (GUICHET_IS_FILING (self), NULL);

  return self->key;
}

gboolean
guichet_filing_is_unsure (GuichetFiling *self)
{
  g_return_val_if_fail (GUICHET_IS_FILING (self), FALSE);

  return self->n_under_way > 0 || self->unheard->len > 0;
}

void
guichet_filing_try_async (GuichetFiling *self,
                          GuichetCommand *command,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Try *op;

  g_return_if_fail (GUICHET_IS_FILING (self));
  g_return_if_fail (command != NULL && g_strcmp0 (command->key, self->key) == 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, guichet_filing_try_async);
  g_task_set_check_cancellable (task, FALSE);
  op = g_new0 (Try, 1);
  op->command = guichet_command_ref (command);
  op->n_left = self->unheard->len;
  g_task_set_task_data (task, op, try_free);
  send_now (task);
}

char *
guichet_filing_try_finish (GuichetFiling *self,
                           GAsyncResult *result,
                           gboolean *ret_earlier,
                           GPtrArray **ret_issues,
                           GError **error)
{
  const Try *op;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  op = g_task_get_task_data (G_TASK (result));
  *ret_earlier = op->filed != NULL;
  *ret_issues = g_ptr_array_ref (op->issues);
  return g_task_propagate_pointer (G_TASK (result), error);
}
