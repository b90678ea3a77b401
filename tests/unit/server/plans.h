/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-store.h"

G_BEGIN_DECLS

/* How SQLite means to answer: by an index, or by going through everything. */

typedef struct
{
  guint looked_at;
  guint scans; /* those that go through everything; each is a message of the test */
} Plans;

/** plans_explain: a GuichetdWork: every statement that this connection has ever prepared. @data: Plans, added to. */
gboolean plans_explain (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error);

G_END_DECLS
