/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-api.h"
#include "guichet-desk-card.h"
#include "guichet-desk.h"
#include "guichet-feed.h"
#include "guichet-glossary.h"
#include "guichet-me.h"
#include "guichet-mirror.h"
#include "guichet-outbox.h"
#include "guichet-sync.h"
#include "guichet-worker.h"

G_BEGIN_DECLS

/*
 * Beside those of the public header, a desk has signals for its sisters of this room:
 * `mirror-replaced`: another mirror, or none;
 * `lines-changed` (GuichetApplied): of the mirror there is;
 * `pending-changed` (reference, nullable): what is under way for it is something else;
 * `day-changed`: today is another day;
 * `reconnected`: the server is there again.
 */

/** Whether the keyring keeps the session's token. */
typedef enum
{
  GUICHET_KEPT_UNKNOWN, /* nobody is signed in, or it has not answered yet */
  GUICHET_KEPT_YES,
  GUICHET_KEPT_NO
} GuichetKept;

struct _GuichetDesk
{
  GObject parent_instance;

  /* Given */
  GuichetClock *clock; /* (owned) */
  char *data_dir;      /* (owned) */

  /* Owned, always there */
  GuichetWorker *worker; /* reads catalogues, digests documents */
  GTimeZone *zone;
  GuichetGlossary *glossary;
  GHashTable *looked_at;                        /* reference → version (gint64) */
  GPtrArray *held;                              /* of GuichetHeld */
  GPtrArray *drafts;                            /* guichet-desk-drafts.c */
  GPtrArray *colleagues[GUICHET_N_DEPARTMENTS]; /* of GuichetClerk */

  /* Owned, nullable: last used, also when signed out */
  char *server;
  char *login;

  /* Owned, nullable: while somebody is signed in */
  GCancellable *cancellable;
  GuichetApi *api;
  GuichetMirror *mirror;    /* also NULL while another one is opened */
  gboolean mirror_repaired; /* one took the place of a damaged one, in this session */
  GError *mirror_error;     /* why there is none; it is tried again */
  GuichetOutbox *outbox;
  GuichetFeed *feed;
  GuichetSync *sync;
  GuichetMe *me;
  GuichetCatalogue *catalogue;
  char *catalogue_version;

  /* In progress */
  GuichetDeskState state;
  gint64 clock_offset; /* microseconds that the server is ahead */
  gint64 offline_since;
  gint64 sync_total;
  GuichetDay today;
  guint day_timer;
  GuichetKept keyring;
  gboolean expired;     /* the last session that ended did no more than that */
  gboolean returned;    /* who is signed in is who was then */
  gboolean signing_out; /* what was read is being recorded before */
  gboolean busy;        /* signing in or out */
  gboolean leaving;     /* the latter */
  guint n_leaving;      /* sessions that are being put away, or told the server of */
  guint n_wiping;       /* times that other people's mirrors are being deleted */
  gboolean unfinished;
  GTask *next; /* (owned) (nullable): signs in or resumes once the session before is put away */
  gboolean person_known; /* who is signed in was asked since the feed last connected */
  gboolean person_asked; /* it is being asked */
  gboolean person_again; /* something changed since it was asked */
  guint person_attempts; /* that failed, one after the other */
  guint person_timer;
  gboolean mirror_opening; /* another one, once the old one is wiped */
  guint mirror_attempts;   /* that failed, one after the other */
  guint mirror_timer;
};

/* guichet-desk.c */
void _guichet_desk_update_state (GuichetDesk *self);
void _guichet_desk_set_offline (GuichetDesk *self, gboolean offline);
void _guichet_desk_set_keyring (GuichetDesk *self, GuichetKept keyring);
void _guichet_desk_set_signing_out (GuichetDesk *self, gboolean signing_out);
void _guichet_desk_set_leaving (GuichetDesk *self, gboolean leaving);
void _guichet_desk_update_unfinished (GuichetDesk *self);
void _guichet_desk_check_day (GuichetDesk *self);
void _guichet_desk_notify_sync (GuichetDesk *self);
void _guichet_desk_notify_pending (GuichetDesk *self, const char *reference);
void _guichet_desk_emit_applied (GuichetDesk *self, GuichetApplied *applied);
void _guichet_desk_emit_mirror_replaced (GuichetDesk *self);
void _guichet_desk_emit_reconnected (GuichetDesk *self);

/* guichet-desk-commands.c */
GPtrArray *_guichet_desk_held_new (void);
void _guichet_desk_update_held (GuichetDesk *self);
/** _guichet_desk_look: a request is on the screen in this version; 0: no longer. */
void _guichet_desk_look (GuichetDesk *self, const char *reference, gint64 version);

/* guichet-desk-drafts.c */
GPtrArray *_guichet_desk_drafts_new (void);

/* guichet-desk-files.c */
char *_guichet_desk_mirror_path (GuichetDesk *self, const char *server, const char *login);
char *_guichet_desk_outbox_path (GuichetDesk *self, const char *server, const char *login);
void _guichet_desk_make_folders (GuichetDesk *self);
void _guichet_desk_recall (GuichetDesk *self);
void _guichet_desk_remember (GuichetDesk *self);
/** _guichet_desk_wipe_others: deletes the mirrors that are not of @server and @login; unfinished until then. */
void _guichet_desk_wipe_others (GuichetDesk *self, const char *server, const char *login);

/* guichet-desk-mirror.c */
/** _guichet_desk_replace_mirror: all that was in it leaves the disk before anything new comes. */
void _guichet_desk_replace_mirror (GuichetDesk *self);
/** _guichet_desk_open_mirror: tries at once, where there is none for an error. */
void _guichet_desk_open_mirror (GuichetDesk *self);
void _guichet_desk_forget_mirror_error (GuichetDesk *self);

/* guichet-desk-person.c */

/** What the server says of who is signed in, and the procedures. */
typedef struct
{
  GuichetMe *me;
  GBytes *me_bytes;
  gint64 clock_offset;
  GuichetCatalogue *catalogue; /* (nullable): %NULL: as known */
  GBytes *catalogue_bytes;     /* (nullable) likewise */
  char *version;               /* (nullable) likewise */
} GuichetPerson;

void guichet_person_free (GuichetPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetPerson, guichet_person_free)

/** _guichet_desk_ask_person_async: @version: (nullable): of the catalogue that is known */
void _guichet_desk_ask_person_async (GuichetDesk *self,
                                     GuichetApi *api,
                                     const char *version,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GuichetPerson *
_guichet_desk_ask_person_finish (GuichetDesk *self, GAsyncResult *result, GError **error);

/** _guichet_desk_set_person: @catalogue: (nullable): %NULL: as before */
void _guichet_desk_set_person (GuichetDesk *self,
                               GuichetMe *me,
                               GuichetCatalogue *catalogue,
                               const char *version);
void _guichet_desk_forget_person (GuichetDesk *self);

/* guichet-desk-card.c */
void _guichet_card_content_write_files (const GuichetCardContent *self, GuichetJsonWriter *writer);

/* guichet-desk-live.c */

/** _guichet_desk_go_live: listens to the server, sends and synchronises; api, mirror and outbox are set. */
void _guichet_desk_go_live (GuichetDesk *self);
/** _guichet_desk_go_silent: stops all of it. */
void _guichet_desk_go_silent (GuichetDesk *self);
/** _guichet_desk_take_mirror: one that was just opened, in the place of the one before. */
void _guichet_desk_take_mirror (GuichetDesk *self, GuichetMirror *mirror);
void _guichet_desk_drop_sync (GuichetDesk *self);

/* guichet-desk-enter.c */

/** _guichet_desk_enter_by_card: signs in at @server with what is written of a card. (transfer full) */
void _guichet_desk_enter_by_card (GuichetDesk *self,
                                  GTask *task,
                                  const char *server,
                                  GBytes *credentials);

/** _guichet_desk_enter_next: the desk is free for whoever waits to sign in. */
void _guichet_desk_enter_next (GuichetDesk *self);

/* guichet-desk-session.c */

/**
 * _guichet_desk_make_session_async:
 * @api: is given the session's token
 * @path: where credentials of their kind go
 * @credentials: (transfer full): wiped when they have been sent, which may be after it was cancelled
 *
 * Asks for a session. If it is cancelled and the server makes one all the same, that is ended.
 */
void _guichet_desk_make_session_async (GuichetApi *api,
                                       const char *path,
                                       GBytes *credentials,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/** _guichet_desk_make_session_finish: (transfer full): whose it is. */
char *_guichet_desk_make_session_finish (GAsyncResult *result, GError **error);

/** _guichet_desk_revoke_session: the one of @api, if it has one; nobody waits for it. */
void _guichet_desk_revoke_session (GuichetApi *api);

/* guichet-desk-leave.c */

/** _guichet_desk_end_session: the server no longer knows the session. */
void _guichet_desk_end_session (GuichetDesk *self, const char *word);

G_END_DECLS
