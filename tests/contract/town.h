/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * Town:
 *
 * A real guichetd with a temporary folder, and people who speak to it without a desk. The programs
 * are found through GUICHETD and GUICHETCTL; procedures and texts are those of tests/data. Started
 * again it has the same port and data. Its staff, who all have TOWN_PASSWORD:
 *
 *   marie.dubois    population: officer
 *   luc.lefebvre    population and civilStatus: clerk
 *   sofia.peeters   civilStatus: officer
 *   anne.mercier    everywhere: supervisor
 */
typedef struct
{
  const char *extra;    /* (nullable): more of its configuration, set before it is opened */
  char *folder;         /* (owned) */
  char *config;         /* (owned): path of guichetd.conf */
  char *address;        /* (owned) (nullable): http://127.0.0.1:PORT */
  guint lives;          /* how often it was started */
  guint16 port;         /* 0 until it was started once */
  GSubprocess *process; /* (owned) (nullable): while it runs */
  SoupSession *session; /* (owned) */
  GHashTable *tokens;   /* (owned): login → token of who speaks without a desk */
} Town;

#define TOWN_PASSWORD "Mons-demo-2026-essai"
#define TOWN_NISS "85073003328"

/** town_open: makes and starts it. */
void town_open (Town *self);
/** town_close: ends it and removes its folder; what it printed is shown if the test has failed. */
void town_close (Town *self);
void town_start (Town *self);
/** town_stop: as systemd does; the daemon must end well. */
void town_stop (Town *self);
/** town_kill: where it stands. */
void town_kill (Town *self);

/** town_die_with_parent: a launcher's child setup: whatever becomes of the test, its programs do not outlive it. */
void town_die_with_parent (gpointer user_data);

/** town_control: guichetctl with these words, %NULL at the end; must go well. */
void town_control (Town *self, const char *word, ...) G_GNUC_NULL_TERMINATED;
/** town_n_exchanges: how often it gave this answer since it was started, as far as its log says by now. */
guint town_n_exchanges (Town *self, const char *method, const char *route, guint status);
/** town_set_aside: copies the data of the stopped server. */
void town_set_aside (Town *self);
/** town_put_back: the copy takes the place of the stopped server's data, behind its back. */
void town_put_back (Town *self);
/** town_sql: runs SQL on a database of the stopped server. */
void town_sql (Town *self, const char *sql);
/** town_count: the number that a SELECT on the server's database gives. */
gint64 town_count (Town *self, const char *sql);

/**
 * town_call:
 * @login: who calls; signed in when first needed
 * @body: (nullable): JSON
 * @ret_status: (out): of the answer
 *
 * Returns: (transfer full): the answer's body
 */
GBytes *town_call (Town *self,
                   const char *login,
                   const char *method,
                   const char *path,
                   const char *body,
                   guint *ret_status);

/** town_submit: files a request for a citizen. (transfer full): its reference. */
char *town_submit (Town *self, const char *login, const char *procedure);
/** town_command: somebody acts on a request as it is now; @members: further ones, as `,"to":"x"`. */
void town_command (Town *self,
                   const char *login,
                   const char *reference,
                   const char *kind,
                   const char *members);
/** town_events: (transfer full) (element-type utf8): kinds of all events of a request, oldest first. */
GPtrArray *town_events (Town *self, const char *reference);
/** town_texts: (transfer full) (element-type utf8): of the notes of a request, oldest first. */
GPtrArray *town_texts (Town *self, const char *reference);
/** town_n_events: how many of a kind a request has. */
guint town_n_events (Town *self, const char *reference, const char *kind);

/* Waiting: the main loop runs until the condition holds. What does not come about within a minute
 * ends the test. */
gint64 town_wait_begin (void);
void town_wait_turn (gint64 end, const char *where, const char *condition);

#define wait_until(condition)                           \
  G_STMT_START                                          \
  {                                                     \
    const gint64 wait_end_ = town_wait_begin ();        \
                                                        \
    while (!(condition))                                \
      town_wait_turn (wait_end_, G_STRLOC, #condition); \
  }                                                     \
  G_STMT_END

G_END_DECLS
