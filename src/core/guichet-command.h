/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-citizen.h"
#include "guichet-enums.h"
#include "guichet-event.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

G_BEGIN_DECLS

/** GUICHET_DOCUMENT_MAX: bytes of a document that the town issues. */
#define GUICHET_DOCUMENT_MAX (8 * 1024 * 1024)

/**
 * GuichetCommand:
 *
 * What somebody asks the server to do. Immutable once made; any thread. Kept in the desk's
 * outbox as the same JSON that is sent.
 */
typedef struct
{
  GuichetCommandKind kind;
  char *key;               /* made by the client, a lower-case UUID, unique per account */
  char *reference;         /* (nullable) for submit */
  gint64 expected_version; /* version that the clerk was looking at; 0: as if they saw nothing */
  char *after; /* (nullable): key of the unconfirmed command that this one was typed behind */

  char *to;        /* move: stage; assign: login */
  char *text;      /* note: the note; move, release, assign, block, purge: reason (nullable) */
  gboolean notify; /* move: send the notification (ignored where the move says always or never) */
  char *by;        /* purge: who asks for it through the administrator's tool */
  char *sentence;  /* (nullable) move, resendNotification: added to the notification */
  GuichetBlocker blocker; /* block */
  GuichetDay until;       /* block: expected end, or GUICHET_DAY_NONE */
  char *document_name;    /* attachDocument: file name */
  GBytes *document;       /* attachDocument: a PDF; base64 on the wire */
  char *notification;     /* resendNotification, reportNotification: id */
  char *address;          /* (nullable) resendNotification: another address */

  /* checkIdentity */
  char *challenge;             /* what the card's answer was bound to, given once, as hex */
  GuichetIdentityCheck *check; /* (nullable): NULL if the challenge was not valid */

  /* submit */
  char *procedure;
  GuichetChannel channel;
  GuichetCitizen *citizen;
  JsonObject *answers;

  /* reportNotification, by the daemon only */
  GuichetEventKind fate;
  char *detail;
  gint64 next_attempt;
} GuichetCommand;

/** guichet_command_new: with a fresh random key. */
GuichetCommand *guichet_command_new (GuichetCommandKind kind);
GuichetCommand *guichet_command_ref (GuichetCommand *self);
void guichet_command_unref (GuichetCommand *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetCommand, guichet_command_unref)

/**
 * guichet_command_read:
 *
 * Reads the members that belong to the kind; any other member is an issue in strict mode.
 * `key` and `reference` travel outside the body (header and path) and are not read; set
 * them on the result before it is shared.
 */
GuichetCommand *guichet_command_read (GuichetJsonReader *reader);
/** guichet_command_write: without key and reference. */
void
guichet_command_write (const GuichetCommand *self, GuichetJsonWriter *writer, const char *member);

/**
 * guichet_command_owner_after:
 * @commands: (element-type GuichetCommand): of one request, in the order typed
 * @owner: (nullable): login of who has it in charge before
 * @login: who typed them
 *
 * Returns: (nullable) (transfer none): who has it once they are done; of @commands or the arguments
 */
const char *guichet_command_owner_after (GPtrArray *commands, const char *owner, const char *login);

/** guichet_command_key_is_valid: a lower-case UUID (RFC 4122 text form). */
gboolean guichet_command_key_is_valid (const char *key);

G_END_DECLS
