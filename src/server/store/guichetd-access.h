/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-store.h"

G_BEGIN_DECLS

/**
 * GuichetdAccess:
 * @actor: login of who saw
 * @instant: when
 * @route: through what: `request`, `events`, `document`, `search`, `changes`, `preview`, `mirror`,
 *   `identityCheck`, `account`, `accountSearch`, `accountOpening`
 * @reference: (nullable): of the request, or the name of the account, if it was one
 * @listed: (nullable): JSON array of references, if it was a page of a list
 * @detail: (nullable): code of what it was beyond that
 * @purpose: (nullable): where it is not implied by who they are
 * @key: (nullable): of a record that may be sent twice
 *
 * A consultation: who saw whose data, when and through what. Holds identifiers only.
 */
typedef struct
{
  const char *actor;
  gint64 instant;
  const char *route;
  const char *reference;
  const char *listed;
  const char *detail;
  const char *purpose;
  const char *key;
} GuichetdAccess;

/** guichetd_access_append: adds to the chain of consultations, in the writer; one whose key is there already changes nothing. */
gboolean guichetd_access_append (GuichetdStore *store,
                                 GuichetDb *db,
                                 const GuichetdAccess *access,
                                 GError **error);

/** guichetd_access_text: what the chain hashes. (transfer full) */
char *guichetd_access_text (gint64 number, gint64 recorded, const GuichetdAccess *access);

G_END_DECLS
