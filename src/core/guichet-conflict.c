/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one table of what disturbs what.
 */
#define G_LOG_DOMAIN "guichet-conflict"

#include "config.h"

#include "guichet-conflict.h"

/* What an event changes, as far as a command may mind. */
typedef enum
{
  CHANGES_OWNER = 1 << 0,
  CHANGES_STAGE = 1 << 1, /* with its waiting and result */
  CHANGES_BLOCKER = 1 << 2,
  CHANGES_MAIL = 1 << 3,
  ENDS = 1 << 4, /* closed or purged */
} Change;

// clang-format off
static const unsigned int minds[] = {
  [GUICHET_COMMAND_SUBMIT] = 0,
  [GUICHET_COMMAND_CLAIM] = CHANGES_OWNER | ENDS,
  [GUICHET_COMMAND_RELEASE] = CHANGES_OWNER | ENDS,
  [GUICHET_COMMAND_ASSIGN] = CHANGES_OWNER | ENDS,
  [GUICHET_COMMAND_MOVE] = CHANGES_STAGE | ENDS,
  [GUICHET_COMMAND_BLOCK] = CHANGES_STAGE | CHANGES_BLOCKER | ENDS,
  [GUICHET_COMMAND_UNBLOCK] = CHANGES_STAGE | CHANGES_BLOCKER | ENDS,
  [GUICHET_COMMAND_NOTE] = 0,
  [GUICHET_COMMAND_ATTACH_DOCUMENT] = CHANGES_STAGE | ENDS,
  [GUICHET_COMMAND_RESEND_NOTIFICATION] = CHANGES_MAIL,
  [GUICHET_COMMAND_CHECK_IDENTITY] = ENDS,
  [GUICHET_COMMAND_REPORT_NOTIFICATION] = 0,
  [GUICHET_COMMAND_PURGE] = 0,
};

static const unsigned int makes[] = {
  [GUICHET_EVENT_SUBMITTED] = 0,
  [GUICHET_EVENT_CLAIMED] = CHANGES_OWNER,
  [GUICHET_EVENT_RELEASED] = CHANGES_OWNER,
  [GUICHET_EVENT_ASSIGNED] = CHANGES_OWNER,
  [GUICHET_EVENT_STAGE_MOVED] = CHANGES_STAGE,
  [GUICHET_EVENT_BLOCKED] = CHANGES_BLOCKER,
  [GUICHET_EVENT_UNBLOCKED] = CHANGES_BLOCKER,
  [GUICHET_EVENT_NOTE_WRITTEN] = 0,
  [GUICHET_EVENT_DOCUMENT_ATTACHED] = 0,
  [GUICHET_EVENT_IDENTITY_CHECKED] = 0,
  [GUICHET_EVENT_NOTIFICATION_QUEUED] = CHANGES_MAIL,
  [GUICHET_EVENT_NOTIFICATION_SENT] = 0,
  [GUICHET_EVENT_NOTIFICATION_DELAYED] = 0,
  [GUICHET_EVENT_NOTIFICATION_FAILED] = 0,
  [GUICHET_EVENT_PURGED] = ENDS,
};
// clang-format on

static unsigned int
changes_of (const GuichetEvent *event)
{
  unsigned int changes = makes[event->kind];

  if (event->kind == GUICHET_EVENT_STAGE_MOVED && event->phase == GUICHET_PHASE_CLOSED)
    changes |= ENDS;
  return changes;
}

const GuichetEvent *
guichet_conflict_find (GuichetCommandKind command, GPtrArray *since, const char *actor)
{
  g_return_val_if_fail (command < (int) G_N_ELEMENTS (minds), NULL);
  g_return_val_if_fail (since != NULL && actor != NULL, NULL);

  for (guint i = 0; i < since->len; i++)
    {
      const GuichetEvent *event = g_ptr_array_index (since, i);

      /* What the daemon does by itself is news and no disturbance. */
      if (g_str_equal (event->actor, actor) || g_str_equal (event->actor, GUICHET_ACTOR_DAEMON))
        continue;
      if ((minds[command] & changes_of (event)) != 0)
        return event;
    }
  return NULL;
}

gboolean
guichet_conflict_is_possible (GuichetCommandKind command)
{
  g_return_val_if_fail (command < (int) G_N_ELEMENTS (minds), FALSE);

  return minds[command] != 0;
}
