/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-command.h"
#include "guichet-db.h"

G_BEGIN_DECLS

/** A command as the outbox keeps it. */
typedef struct
{
  GuichetCommand *command;
  GBytes *body; /* what is sent */
  gint64 typed_at;
  char *problem;    /* (nullable): NULL: to be sent; else given back to the clerk */
  char *changed_by; /* (nullable) login */
  GuichetEventKind changed_kind;
  gint64 changed_at;
} GuichetOutboxRow;

void guichet_outbox_row_free (GuichetOutboxRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetOutboxRow, guichet_outbox_row_free)

/** A reading out of the mirror that the server has not recorded yet. */
typedef struct
{
  char *key;
  char *reference;
  gint64 instant;
} GuichetOutboxAccess;

void guichet_outbox_access_free (GuichetOutboxAccess *self);

/**
 * GuichetOutboxStore:
 *
 * The outbox's file. What a function of it answers is flushed. Lives in a thread of its own.
 */
typedef struct _GuichetOutboxStore GuichetOutboxStore;

/** GUICHET_COMMAND_MAX: bytes of a command's JSON, as the server takes them. */
#define GUICHET_COMMAND_MAX (12 * 1024 * 1024)

/**
 * guichet_outbox_store_open:
 * @rows: (element-type GuichetOutboxRow): filled in the order typed
 * @accesses: (element-type GuichetOutboxAccess): filled
 */
GuichetOutboxStore *
guichet_outbox_store_open (const char *path, GPtrArray *rows, GPtrArray *accesses, GError **error);
void guichet_outbox_store_close (GuichetOutboxStore *self);

/** guichet_outbox_store_add: (transfer full): the bytes that will be sent. */
GBytes *guichet_outbox_store_add (GuichetOutboxStore *self,
                                  const GuichetCommand *command,
                                  gint64 typed_at,
                                  GError **error);
gboolean
guichet_outbox_store_remove (GuichetOutboxStore *self, const char *const *keys, GError **error);
/** guichet_outbox_store_hold: @rows: (element-type GuichetOutboxRow): with what is known of the refusal. */
gboolean guichet_outbox_store_hold (GuichetOutboxStore *self, GPtrArray *rows, GError **error);

/**
 * guichet_outbox_store_renew:
 * @rows: (element-type GuichetOutboxRow): a command and those behind it
 * @after: (nullable): key of the command that the first one is now typed behind
 * @version: that the clerk looks at now
 *
 * Puts commands back, each under a new key (the old ones were refused with what they said then), the
 * first one behind @after and each of the others behind the one before.
 *
 * Returns: (transfer full) (element-type GuichetOutboxRow): the new ones
 */
GPtrArray *guichet_outbox_store_renew (GuichetOutboxStore *self,
                                       GPtrArray *rows,
                                       const char *after,
                                       gint64 version,
                                       GError **error);

gboolean guichet_outbox_store_add_access (GuichetOutboxStore *self,
                                          const GuichetOutboxAccess *access,
                                          GError **error);
gboolean guichet_outbox_store_remove_accesses (GuichetOutboxStore *self,
                                               const char *const *keys,
                                               GError **error);

G_END_DECLS
