/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-outbox.h"
#include "guichet-worker.h"

G_BEGIN_DECLS

/** One command and where it is. */
typedef struct
{
  GuichetOutboxRow *row; /* (owned) */
  gboolean on_disk;
  gboolean under_way;
  gboolean accepted; /* the server has it; not yet confirmed */
  gint64 version;    /* of the request after it */
  gint64 event;
  guint failures; /* of the server's own */
} GuichetOutboxEntry;

/** What the thread works with. */
typedef struct
{
  char *path;                /* (owned) */
  GuichetOutboxStore *store; /* (owned) (nullable) */
} GuichetOutboxShared;

struct _GuichetOutbox
{
  GObject parent_instance;

  /* Given */
  char *login;         /* (owned) */
  GuichetClock *clock; /* (owned) */
  GuichetApi *api;     /* (owned) (nullable): while something may be sent */

  /* Owned */
  GuichetWorker *worker;
  GuichetOutboxShared *shared;
  GPtrArray *entries;  /* of GuichetOutboxEntry, in the order typed */
  GPtrArray *accesses; /* of GuichetOutboxAccess, on disk */

  /* In progress */
  guint n_asked;         /* questions that the thread has not answered */
  GCancellable *sending; /* (owned) (nullable): of everything under way */
  guint n_under_way;
  gboolean accesses_under_way;
  guint accesses_at_once; /* 1 after a refusal, to find out which one it is */
  guint timer;            /* source of the next try; nothing is sent before */
  guint attempts;
};

/** _guichet_outbox_pump: sends what can be sent now. */
void _guichet_outbox_pump (GuichetOutbox *self);
/** _guichet_outbox_stop_sending: gives up what is under way. */
void _guichet_outbox_stop_sending (GuichetOutbox *self);

GuichetOutboxEntry *_guichet_outbox_find (GuichetOutbox *self, const char *key);
/**
 * _guichet_outbox_hold:
 * @problem: why, in the API's word or the desk's own
 * @changes: (nullable) (element-type GuichetEvent): what happened since, as a conflict tells it
 *
 * Gives a command back, and those behind it.
 */
void _guichet_outbox_hold (GuichetOutbox *self,
                           GuichetOutboxEntry *entry,
                           const char *problem,
                           GPtrArray *changes);
/** _guichet_outbox_drop: removes entries that are done. */
void _guichet_outbox_drop (GuichetOutbox *self, GPtrArray *entries);
void _guichet_outbox_emit_changed (GuichetOutbox *self, const char *reference);
void _guichet_outbox_emit_accepted (GuichetOutbox *self, const char *reference, gint64 event);
void _guichet_outbox_emit_held_changed (GuichetOutbox *self);
void _guichet_outbox_emit_busy_changed (GuichetOutbox *self);
void _guichet_outbox_emit_accesses_changed (GuichetOutbox *self);

GuichetOutboxEntry *_guichet_outbox_entry_new (GuichetOutboxRow *row, gboolean on_disk);
gboolean _guichet_outbox_is_pending_for (const GuichetOutboxEntry *entry, const char *reference);
/** _guichet_outbox_find_last_pending: the last command of a request that is not confirmed: what another one is typed behind. */
const GuichetCommand *
_guichet_outbox_find_last_pending (GuichetOutbox *self, const char *reference);
/** _guichet_outbox_take_out: takes entries out of the list. (transfer full) */
GPtrArray *_guichet_outbox_take_out (GuichetOutbox *self, GPtrArray *entries);

/* Questions to the thread */

typedef struct _GuichetOutboxAsk GuichetOutboxAsk;

/** What the thread does with a question, the store being open. */
typedef gboolean (*GuichetOutboxStep) (GuichetOutboxAsk *ask, GError **error);

/** One question to the thread. */
struct _GuichetOutboxAsk
{
  GuichetOutboxShared *shared; /* (borrowed): freed when the thread has ended */
  GuichetOutboxStep step;

  /* Input, as the step needs it */
  GuichetCommand *command;     /* (owned) (nullable) */
  GuichetOutboxAccess *access; /* (owned) (nullable) */
  char **keys;                 /* (owned) (nullable) */
  char *after;                 /* (owned) (nullable) */
  gint64 number;               /* an instant or a version */

  /* Input, and then output */
  GPtrArray *rows; /* (owned) (nullable) of GuichetOutboxRow */

  /* Output */
  GPtrArray *accesses; /* (owned) (nullable) of GuichetOutboxAccess */
  GBytes *body;        /* (owned) (nullable): the bytes that will be sent */
};

GuichetOutboxAsk *_guichet_outbox_ask_new (GuichetOutbox *self);
/** _guichet_outbox_ask_thread: @ask: (transfer full); the task of the answer is a boolean, and the ask its data. */
void _guichet_outbox_ask_thread (GuichetOutbox *self,
                                 GuichetOutboxAsk *ask,
                                 GuichetOutboxStep step,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/** _guichet_outbox_noted_cb: @user_data: (transfer full): the outbox; for what can be written again. */
void _guichet_outbox_noted_cb (GObject *source, GAsyncResult *result, gpointer user_data);
GPtrArray *_guichet_outbox_rows_new (void);

/* Its steps; the first two are for a closed store too. */

gboolean _guichet_outbox_open_store (GuichetOutboxAsk *ask, GError **error);
gboolean _guichet_outbox_close_store (GuichetOutboxAsk *ask, GError **error);
gboolean _guichet_outbox_store_command (GuichetOutboxAsk *ask, GError **error);
gboolean _guichet_outbox_store_access (GuichetOutboxAsk *ask, GError **error);
gboolean _guichet_outbox_remove_commands (GuichetOutboxAsk *ask, GError **error);
gboolean _guichet_outbox_remove_accesses (GuichetOutboxAsk *ask, GError **error);
gboolean _guichet_outbox_hold_commands (GuichetOutboxAsk *ask, GError **error);
gboolean _guichet_outbox_renew_commands (GuichetOutboxAsk *ask, GError **error);

G_END_DECLS
