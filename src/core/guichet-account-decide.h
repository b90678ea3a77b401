/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-account.h"
#include "guichet-decide.h"

G_BEGIN_DECLS

/** What somebody may ask the server to do to an account. Nicks: open, changeContact, renewPerson, purge. */
typedef enum
{
  GUICHET_ACCOUNT_COMMAND_NONE,
  GUICHET_ACCOUNT_COMMAND_OPEN,           /* has a route of its own */
  GUICHET_ACCOUNT_COMMAND_CHANGE_CONTACT, /* changeContact */
  GUICHET_ACCOUNT_COMMAND_RENEW_PERSON,   /* renewPerson */
  GUICHET_ACCOUNT_COMMAND_PURGE,          /* only by the daemon's tool */
} GuichetAccountCommandKind;
#define GUICHET_TYPE_ACCOUNT_COMMAND_KIND (guichet_account_command_kind_get_type ())
GType guichet_account_command_kind_get_type (void);

/**
 * GuichetAccountCommand:
 *
 * What somebody asks. Immutable once made; any thread. Who the person is stands on their card, which
 * the server verified: no desk says it.
 */
typedef struct
{
  GuichetAccountCommandKind kind;
  char *key;               /* made by the client, a lower-case UUID */
  char *account;           /* of the account; for open the name to give */
  gint64 expected_version; /* that the clerk was looking at; not for open and purge */
  GuichetContact *contact; /* open, changeContact: all of it, as it shall be */
  GuichetCitizen
      *citizen; /* (nullable) open, renewPerson: as the card says; NULL if it says nothing */
  GuichetIdentityCheck *check; /* open, renewPerson: what the card was found to be */
  char *by;                    /* purge: who asks for it through the administrator's tool */
  char *text;                  /* purge: the reason */
} GuichetAccountCommand;

GuichetAccountCommand *guichet_account_command_new (GuichetAccountCommandKind kind);
GuichetAccountCommand *guichet_account_command_ref (GuichetAccountCommand *self);
void guichet_account_command_unref (GuichetAccountCommand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetAccountCommand, guichet_account_command_unref)

/**
 * guichet_account_decide:
 * @account: (nullable): as it is; %NULL for open
 * @existing: (nullable): for open, the name of the account that the person has already
 * @actor: login of who asks, or %GUICHET_ACTOR_DAEMON
 * @issues: (element-type GuichetIssue): with %GUICHET_REFUSAL_CARD_REFUSED, what speaks against the card
 *
 * The rules: state and command in, an event or a refusal out. Pure. Register data come from a card
 * and from nowhere else; a person has one account.
 *
 * Returns: (transfer full) (nullable): what happens; %NULL without @error if all is so already
 */
GuichetAccountEvent *guichet_account_decide (const GuichetAccount *account,
                                             const char *existing,
                                             const GuichetAccountCommand *command,
                                             const char *actor,
                                             gint64 now,
                                             GPtrArray *issues,
                                             GError **error);

/**
 * guichet_account_is_disturbed:
 * @since: (element-type GuichetAccountEvent): what happened to the account after the version that the
 *   clerk was looking at
 *
 * Whether one of them conflicts with @command: contact data with what another clerk made of them;
 * nothing with a card.
 */
gboolean guichet_account_is_disturbed (GuichetAccountCommandKind command,
                                       GPtrArray *since,
                                       const char *actor);

G_END_DECLS
