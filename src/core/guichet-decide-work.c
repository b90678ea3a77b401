/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is done to a request where it stands: who has it in charge, what it waits for, what
 * is noted and attached.
 */
#define G_LOG_DOMAIN "guichet-decide-work"

#include "config.h"

#include "guichet-decide-private.h"

#define DOCUMENT_NAME_MAX_CHARS 200

gboolean
guichet_decide_claim (GuichetRuling *self, GError **error)
{
  const char *owner = self->standing.assignee;

  if (g_strcmp0 (owner, self->actor->login) == 0)
    return TRUE;
  if (owner != NULL)
    return guichet_ruling_refuse (GUICHET_REFUSAL_ALREADY_TAKEN,
                                  "a colleague has the request in charge",
                                  error);

  self->standing.assignee = self->actor->login;
  guichet_ruling_add_event (self, GUICHET_EVENT_CLAIMED);
  return TRUE;
}

gboolean
guichet_decide_release (GuichetRuling *self, GError **error)
{
  GuichetEvent *event;

  if (self->standing.assignee == NULL)
    return guichet_ruling_refuse (GUICHET_REFUSAL_NOT_TAKEN,
                                  "nobody has the request in charge",
                                  error);

  self->standing.assignee = NULL;
  event = guichet_ruling_add_event (self, GUICHET_EVENT_RELEASED);
  event->text = g_strdup (self->command->text);
  return TRUE;
}

gboolean
guichet_decide_assign (GuichetRuling *self, GError **error)
{
  const GuichetClerk *target = self->target;
  const GuichetProcedure *procedure = self->procedure;
  GuichetEvent *event;

  if (target == NULL || !target->active || g_strcmp0 (target->login, self->command->to) != 0 ||
      !guichet_clerk_can (target,
                          GUICHET_CAN_WORK,
                          procedure->department,
                          procedure->code,
                          procedure->restricted))
    return guichet_ruling_refuse (GUICHET_REFUSAL_NO_SUCH_CLERK,
                                  "nobody of that name can work on the request",
                                  error);
  if (g_strcmp0 (self->standing.assignee, target->login) == 0)
    return TRUE;

  self->standing.assignee = target->login;
  event = guichet_ruling_add_event (self, GUICHET_EVENT_ASSIGNED);
  event->text = g_strdup (self->command->text);
  return TRUE;
}

gboolean
guichet_decide_block (GuichetRuling *self, GError **error)
{
  const GuichetCommand *command = self->command;
  gboolean same = self->standing.blocker == command->blocker;
  GuichetEvent *event;

  if (command->blocker == GUICHET_BLOCKER_NONE)
    guichet_ruling_add_issue (self, "requiredInput", "blocker", "is missing");
  if (command->until != GUICHET_DAY_NONE && command->until < self->today)
    guichet_ruling_add_issue (self, "outOfRange", "until", "must not be in the past");
  if (!guichet_ruling_check_issues (self, error))
    return FALSE;

  if (self->standing.blocker != GUICHET_BLOCKER_NONE && !same)
    return guichet_ruling_refuse (GUICHET_REFUSAL_ALREADY_BLOCKED,
                                  "the request waits for somebody else already",
                                  error);
  if (same && self->request->blocked_until == command->until)
    return TRUE;

  self->standing.blocker = command->blocker;
  event = guichet_ruling_add_event (self, GUICHET_EVENT_BLOCKED);
  event->text = g_strdup (command->text);
  event->until = command->until;
  return TRUE;
}

gboolean
guichet_decide_unblock (GuichetRuling *self, GError **error)
{
  if (self->standing.blocker == GUICHET_BLOCKER_NONE)
    return guichet_ruling_refuse (GUICHET_REFUSAL_NOT_BLOCKED,
                                  "the request waits for nobody else",
                                  error);

  self->standing.blocker = GUICHET_BLOCKER_NONE;
  guichet_ruling_add_event (self, GUICHET_EVENT_UNBLOCKED);
  return TRUE;
}

gboolean
guichet_decide_note (GuichetRuling *self, GError **error)
{
  GuichetEvent *event;

  if (!guichet_ruling_has_text (self->command->text))
    guichet_ruling_add_issue (self, "requiredInput", "text", "is missing");
  if (!guichet_ruling_check_issues (self, error))
    return FALSE;

  event = guichet_ruling_add_event (self, GUICHET_EVENT_NOTE_WRITTEN);
  event->text = g_strdup (self->command->text);
  return TRUE;
}

/* A file name, and nothing that could lead out of a folder. */
static gboolean
is_file_name (const char *name)
{
  if (g_utf8_strlen (name, -1) > DOCUMENT_NAME_MAX_CHARS || *name == '.' ||
      strpbrk (name, "/\\") != NULL)
    return FALSE;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static void
check_document (GuichetRuling *self)
{
  const GuichetCommand *command = self->command;

  if (!guichet_ruling_has_text (command->document_name))
    guichet_ruling_add_issue (self, "requiredInput", "documentName", "is missing");
  else if (!is_file_name (command->document_name))
    guichet_ruling_add_issue (self, "invalidInput", "documentName", "must be a file name");
  if (command->document == NULL)
    guichet_ruling_add_issue (self, "requiredInput", "document", "is missing");
  else if (g_bytes_get_size (command->document) > GUICHET_DOCUMENT_MAX)
    guichet_ruling_add_issue (self, "outOfRange", "document", "is larger than 8 MiB");
}

/* ISO 32000-1, 7.5.2: the file begins with its version. */
static gboolean
is_pdf (GBytes *document)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (document, &size);

  return size > strlen ("%PDF-1.") && memcmp (data, "%PDF-", strlen ("%PDF-")) == 0;
}

static gboolean
has_document (const GuichetRequest *request, const char *name, const char *sha256)
{
  for (guint i = 0; i < request->documents->len; i++)
    {
      const GuichetDocument *document = g_ptr_array_index (request->documents, i);

      if (g_strcmp0 (document->name, name) == 0 && g_strcmp0 (document->sha256, sha256) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
guichet_decide_attach (GuichetRuling *self, GError **error)
{
  const GuichetCommand *command = self->command;
  g_autofree char *sha256 = NULL;
  GuichetEvent *event;

  check_document (self);
  if (!guichet_ruling_check_issues (self, error))
    return FALSE;
  if (!is_pdf (command->document))
    return guichet_ruling_refuse (GUICHET_REFUSAL_NOT_A_PDF, "the document is not a PDF", error);

  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, command->document);
  if (has_document (self->request, command->document_name, sha256))
    return TRUE;

  event = guichet_ruling_add_event (self, GUICHET_EVENT_DOCUMENT_ATTACHED);
  event->document = guichet_ruling_new_id (self);
  event->document_name = g_strdup (command->document_name);
  event->document_type = g_strdup ("application/pdf");
  event->document_sha256 = g_steal_pointer (&sha256);
  event->document_size = (gint64) g_bytes_get_size (command->document);
  return TRUE;
}

gboolean
guichet_decide_purge (GuichetRuling *self, GError **error)
{
  GuichetEvent *event;

  if (self->request->last_kind == GUICHET_EVENT_PURGED)
    return TRUE;
  if (!guichet_ruling_has_text (self->command->text))
    return guichet_ruling_refuse (GUICHET_REFUSAL_REASON_MISSING, "a purge needs a reason", error);

  event = guichet_ruling_add_event (self, GUICHET_EVENT_PURGED);
  g_free (event->actor);
  event->actor = g_strconcat (GUICHET_ACTOR_TOOL, self->command->by, NULL);
  event->text = g_strdup (self->command->text);
  return TRUE;
}
