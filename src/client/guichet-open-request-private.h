/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-desk-private.h"
#include "guichet-open-request.h"

G_BEGIN_DECLS

struct _GuichetOpenRequest
{
  GObject parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) */
  char *reference;   /* (owned) */

  /* Owned */
  GuichetContent *content;     /* (nullable) */
  GPtrArray *nothing;          /* empty */
  GPtrArray *pending;          /* of GuichetCommand */
  GHashTable *versions;        /* key of a command → version (gint64) that the server gave it */
  GuichetRequest *projected;   /* (nullable): as it will be if what is under way is taken */
  GPtrArray *moves;            /* (element-type GuichetMove, borrowed from the catalogue) */
  GuichetDeadline *deadline;   /* (nullable) */
  GuichetCatalogue *catalogue; /* (nullable): of the moves, which point into it */
  GError *error;               /* (nullable) */

  /* In progress */
  GCancellable *cancellable; /* (nullable): of the readings under way */
  gboolean loading;
  gboolean stale;
  gboolean again; /* the line changed while the server was being asked */
};

void _guichet_open_request_set_loading (GuichetOpenRequest *self, gboolean loading);
void _guichet_open_request_set_stale (GuichetOpenRequest *self, gboolean stale);
/** _guichet_open_request_set_error: @error: (nullable) */
void _guichet_open_request_set_error (GuichetOpenRequest *self, const GError *error);
/** _guichet_open_request_set_content: @content: (nullable) */
void _guichet_open_request_set_content (GuichetOpenRequest *self, GuichetContent *content);

/* Reading */

/** _guichet_open_request_read_mirror: what was kept of it, and the server if that is not the newest. */
void _guichet_open_request_read_mirror (GuichetOpenRequest *self);
/** _guichet_open_request_ask_server: for the newest. */
void _guichet_open_request_ask_server (GuichetOpenRequest *self);
/** _guichet_open_request_lose: of what was purged nothing that was said before is shown, whether or not the server can be asked. */
void _guichet_open_request_lose (GuichetOpenRequest *self);
/** _guichet_open_request_fail: ends the reading; what is there stays, unless @error says that it is gone. */
void _guichet_open_request_fail (GuichetOpenRequest *self, const GError *error);
/** _guichet_open_request_stop: gives up what is being read. */
void _guichet_open_request_stop (GuichetOpenRequest *self);

G_END_DECLS
