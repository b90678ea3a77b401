/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "guichet-enums.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

G_BEGIN_DECLS

/** What a role may do in a department. The words are those of the API. */
typedef enum
{
  GUICHET_CAN_LIST = 1 << 0,          /* see queue lines */
  GUICHET_CAN_READ = 1 << 1,          /* open a request */
  GUICHET_CAN_WORK = 1 << 2,          /* claim, release, note, block, attach, ordinary moves */
  GUICHET_CAN_DECIDE = 1 << 3,        /* moves that decide */
  GUICHET_CAN_ASSIGN_OTHERS = 1 << 4, /* assignOthers */
  GUICHET_CAN_REOPEN = 1 << 5,
  GUICHET_CAN_ENCODE = 1 << 6,         /* submit on behalf of a citizen */
  GUICHET_CAN_SEE_ACCESS_LOG = 1 << 7, /* seeAccessLog */
  GUICHET_CAN_PURGE = 1 << 8,
  GUICHET_CAN_MANAGE_STAFF = 1 << 9, /* manageStaff */
  GUICHET_CAN_ASSIST_ACCOUNT =
      1 << 10, /* assistAccount: open and read accounts; they are of no department */
} GuichetCapability;

#define GUICHET_TYPE_CAPABILITY (guichet_capability_get_type ())
GType guichet_capability_get_type (void); /* flags; nicks are the words */

/** guichet_role_capabilities: the set that a role stands for: the one table. */
GuichetCapability guichet_role_capabilities (GuichetRole role);

/** A role held in a department. */
typedef struct
{
  GuichetDepartment department;
  GuichetRole role;
} GuichetPost;

/**
 * GuichetClerk:
 *
 * A member of staff and what they may do. Immutable; any thread.
 */
typedef struct
{
  char *login; /* lower case, [a-z0-9.-], the stable name in the journal */
  char *name;
  GuichetLanguage language;
  gboolean active;
  GArray *posts;     /* of GuichetPost */
  char **restricted; /* codes of restricted procedures that they may see; never NULL */
} GuichetClerk;

GuichetClerk *guichet_clerk_new (void);
GuichetClerk *guichet_clerk_ref (GuichetClerk *self);
void guichet_clerk_unref (GuichetClerk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetClerk, guichet_clerk_unref)

GuichetClerk *guichet_clerk_read (GuichetJsonReader *reader);
void guichet_clerk_write (const GuichetClerk *self, GuichetJsonWriter *writer, const char *member);

/** guichet_clerk_capabilities: what they may do in @department, all posts together. */
GuichetCapability
guichet_clerk_capabilities (const GuichetClerk *self, GuichetDepartment department);

/** guichet_clerk_knows: whether a restricted procedure is one of theirs. */
gboolean guichet_clerk_knows (const GuichetClerk *self, const char *procedure);

/**
 * guichet_clerk_can:
 * @procedure: code
 * @restricted: whether the catalogue restricts that procedure
 *
 * The one question of authorisation.
 *
 * Returns: %TRUE if every capability of @wanted is theirs in @department and, when the
 *   procedure is restricted, they are named for it
 */
gboolean guichet_clerk_can (const GuichetClerk *self,
                            GuichetCapability wanted,
                            GuichetDepartment department,
                            const char *procedure,
                            gboolean restricted);

/** guichet_clerk_can_somewhere: whether every capability of @wanted is theirs in one department at least: for what belongs to none. */
gboolean guichet_clerk_can_somewhere (const GuichetClerk *self, GuichetCapability wanted);

/** guichet_clerk_login_is_valid: 2 to 40 of [a-z0-9.-], beginning with a letter. */
gboolean guichet_clerk_login_is_valid (const char *login);

G_END_DECLS
