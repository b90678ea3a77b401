/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-db.h"

G_BEGIN_DECLS

/*
 * Notifications that wait to be sent. The queue holds identifiers only: what they say and to
 * whom is in the request. A command queues them, and the command that reports their fate
 * (GUICHET_COMMAND_REPORT_NOTIFICATION) takes them out or puts them off, each in the same
 * transaction as its events. Runs in a thread of the store.
 */

/**
 * GuichetdMailItem:
 * @attempts: how many have failed
 * @first: instant of the first attempt
 */
typedef struct
{
  char *notification;
  char *reference;
  guint attempts;
  gint64 first;
} GuichetdMailItem;

void guichetd_mail_item_free (GuichetdMailItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdMailItem, guichetd_mail_item_free)

/**
 * guichetd_mail_queue_claim:
 * @now: what is due by then
 * @until: when it is due again, should nobody report what became of it: longer than sending takes
 * @limit: at most so many
 *
 * In the writer: takes what is due, the oldest first.
 *
 * Returns: (transfer full) (element-type GuichetdMailItem)
 */
GPtrArray *
guichetd_mail_queue_claim (GuichetDb *db, gint64 now, gint64 until, guint limit, GError **error);

/** guichetd_mail_queue_next: instant at which the next one is due; 0 if none waits. */
gboolean guichetd_mail_queue_next (GuichetDb *db, gint64 *ret_next, GError **error);

/* For commands */

gboolean guichetd_mail_queue_add (GuichetDb *db,
                                  const char *reference,
                                  const char *notification,
                                  gint64 now,
                                  GError **error);
gboolean
guichetd_mail_queue_put_off (GuichetDb *db, const char *notification, gint64 next, GError **error);
gboolean guichetd_mail_queue_done (GuichetDb *db, const char *notification, GError **error);

G_END_DECLS
