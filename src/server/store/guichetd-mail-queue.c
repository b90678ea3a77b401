/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Notifications that wait to be sent.
 */
#define G_LOG_DOMAIN "guichetd-mail-queue"

#include "config.h"

#include "guichetd-mail-queue.h"
#include "guichet-error.h"

void
guichetd_mail_item_free (GuichetdMailItem *self)
{
  g_free (self->notification);
  g_free (self->reference);
  g_free (self);
}

GPtrArray *
guichetd_mail_queue_claim (GuichetDb *db, gint64 now, gint64 until, guint limit, GError **error)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichetd_mail_item_free);
  GuichetStatement *statement = guichet_db_statement (db, "claim-mails");
  g_autoptr (GError) local_error = NULL;

  guichet_statement_bind_integer (statement, "now", now);
  guichet_statement_bind_integer (statement, "until", until);
  guichet_statement_bind_integer (statement, "limit", limit);
  while (guichet_statement_step (statement, &local_error))
    {
      GuichetdMailItem *item = g_new0 (GuichetdMailItem, 1);

      item->notification = g_strdup (guichet_statement_text (statement, "notification"));
      item->reference = g_strdup (guichet_statement_text (statement, "reference"));
      item->attempts = (guint) guichet_statement_integer (statement, "attempts");
      item->first = guichet_statement_integer (statement, "first");
      g_ptr_array_add (items, item);
    }

  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return NULL;
  return g_steal_pointer (&items);
}

gboolean
guichetd_mail_queue_next (GuichetDb *db, gint64 *ret_next, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-next-mail");
  g_autoptr (GError) local_error = NULL;

  *ret_next = 0;
  if (guichet_statement_step (statement, &local_error))
    {
      *ret_next = guichet_statement_integer (statement, "next");
      guichet_statement_reset (statement);
    }

  return guichet_error_pass (error, g_steal_pointer (&local_error));
}

gboolean
guichetd_mail_queue_add (GuichetDb *db,
                         const char *reference,
                         const char *notification,
                         gint64 now,
                         GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "add-mail");

  guichet_statement_bind_text (statement, "reference", reference);
  guichet_statement_bind_text (statement, "notification", notification);
  guichet_statement_bind_integer (statement, "next", now);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_mail_queue_put_off (GuichetDb *db, const char *notification, gint64 next, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "put-off-mail");

  guichet_statement_bind_text (statement, "notification", notification);
  guichet_statement_bind_integer (statement, "next", next);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_mail_queue_done (GuichetDb *db, const char *notification, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "delete-mail");

  guichet_statement_bind_text (statement, "notification", notification);
  return guichet_statement_run (statement, error);
}
