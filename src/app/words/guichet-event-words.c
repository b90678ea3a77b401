/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of the history in words.
 */
#define G_LOG_DOMAIN "guichet-event-words"

#include "config.h"

#include "guichet-event-words.h"
#include "guichet-check-words.h"
#include "guichet-date-words.h"
#include "guichet-enum-words.h"
#include "guichet-locale.h"

#include <glib/gi18n.h>

static const char *const titles[] = {
  [GUICHET_EVENT_CLAIMED] = N_ ("Taken in charge"),
  [GUICHET_EVENT_RELEASED] = N_ ("Released"),
  [GUICHET_EVENT_UNBLOCKED] = N_ ("No longer blocked"),
  [GUICHET_EVENT_NOTE_WRITTEN] = N_ ("Note"),
  [GUICHET_EVENT_NOTIFICATION_SENT] = N_ ("E-mail sent"),
  [GUICHET_EVENT_NOTIFICATION_DELAYED] = N_ ("E-mail delayed"),
  [GUICHET_EVENT_NOTIFICATION_FAILED] = N_ ("E-mail not delivered"),
  [GUICHET_EVENT_PURGED] = N_ ("Personal data destroyed"),
};

static const char *const submissions[] = {
  [GUICHET_CHANNEL_NONE] = N_ ("Request submitted"),
  [GUICHET_CHANNEL_WEB] = N_ ("Request submitted online"),
  [GUICHET_CHANNEL_COUNTER] = N_ ("Request filed at the counter"),
  [GUICHET_CHANNEL_TELEPHONE] = N_ ("Request made by telephone"),
  [GUICHET_CHANNEL_POST] = N_ ("Request received by post"),
  [GUICHET_CHANNEL_EMAIL] = N_ ("Request received by e-mail"),
};

/* Said of a colleague, behind their name. */
static const char *const changes[] = {
  [GUICHET_EVENT_CLAIMED] = N_ ("took the request in charge"),
  [GUICHET_EVENT_RELEASED] = N_ ("released the request"),
  [GUICHET_EVENT_ASSIGNED] = N_ ("gave the request to somebody else"),
  [GUICHET_EVENT_STAGE_MOVED] = N_ ("moved the request to another stage"),
  [GUICHET_EVENT_BLOCKED] = N_ ("marked the request as blocked"),
  [GUICHET_EVENT_UNBLOCKED] = N_ ("marked the request as no longer blocked"),
  [GUICHET_EVENT_DOCUMENT_ATTACHED] = N_ ("attached a document"),
  [GUICHET_EVENT_IDENTITY_CHECKED] = N_ ("verified the person’s identity"),
  [GUICHET_EVENT_NOTIFICATION_QUEUED] = N_ ("had an e-mail sent to the citizen"),
  [GUICHET_EVENT_PURGED] = N_ ("destroyed the personal data of the request"),
};

static const char *const icons[] = {
  [GUICHET_EVENT_NONE] = "content-loading-symbolic",
  [GUICHET_EVENT_SUBMITTED] = "document-new-symbolic",
  [GUICHET_EVENT_CLAIMED] = "avatar-default-symbolic",
  [GUICHET_EVENT_RELEASED] = "edit-undo-symbolic",
  [GUICHET_EVENT_ASSIGNED] = "system-users-symbolic",
  [GUICHET_EVENT_STAGE_MOVED] = "go-next-symbolic",
  [GUICHET_EVENT_BLOCKED] = "media-playback-pause-symbolic",
  [GUICHET_EVENT_UNBLOCKED] = "media-playback-start-symbolic",
  [GUICHET_EVENT_NOTE_WRITTEN] = "document-edit-symbolic",
  [GUICHET_EVENT_DOCUMENT_ATTACHED] = "mail-attachment-symbolic",
  [GUICHET_EVENT_IDENTITY_CHECKED] = "contact-new-symbolic",
  [GUICHET_EVENT_NOTIFICATION_QUEUED] = "mail-send-symbolic",
  [GUICHET_EVENT_NOTIFICATION_SENT] = "mail-send-symbolic",
  [GUICHET_EVENT_NOTIFICATION_DELAYED] = "mail-send-symbolic",
  [GUICHET_EVENT_NOTIFICATION_FAILED] = "dialog-warning-symbolic",
  [GUICHET_EVENT_PURGED] = "user-trash-symbolic",
};

static const char *
stage_name (const GuichetProcedure *procedure, const char *code, gboolean for_citizen)
{
  const GuichetStage *stage =
      procedure != NULL && code != NULL ? guichet_procedure_find_stage (procedure, code) : NULL;

  if (stage == NULL)
    return code != NULL ? code : "";
  return guichet_localized_get (for_citizen ? &stage->citizen_names : &stage->names,
                                guichet_locale_language ());
}

static const char *
text_at (const char *const *words, gsize n_words, int at)
{
  return at >= 0 && (gsize) at < n_words && words[at] != NULL ? _ (words[at]) : "";
}

char *
guichet_event_words_title (const GuichetEvent *self,
                           const GuichetProcedure *procedure,
                           const char *owner)
{
  switch ((int) self->kind)
    {
    case GUICHET_EVENT_SUBMITTED:
      return g_strdup (text_at (submissions, G_N_ELEMENTS (submissions), (int) self->channel));
    case GUICHET_EVENT_ASSIGNED:
      return g_strdup_printf (_ ("Given to %s"), owner != NULL ? owner : self->assignee);
    case GUICHET_EVENT_STAGE_MOVED:
      /* Translators: two stages of a request, the one before and the one now. */
      return g_strdup_printf (_ ("%1$s → %2$s"),
                                 stage_name (procedure, self->from_stage, FALSE),
                                 stage_name (procedure, self->stage, FALSE));
    case GUICHET_EVENT_BLOCKED:
      return g_strdup_printf (_ ("Blocked: %s"), guichet_enum_words_blocker (self->blocker));
    case GUICHET_EVENT_DOCUMENT_ATTACHED:
      return g_strdup_printf (_ ("Document attached: %s"), self->document_name);
    case GUICHET_EVENT_IDENTITY_CHECKED:
      /* Of a request that was purged, only that it happened. */
      return g_strdup (self->check != NULL ? guichet_enum_words_finding (self->check->finding)
                                           : _ ("Identity card read"));
    case GUICHET_EVENT_NOTIFICATION_QUEUED:
      /* Translators: %s is what the citizen reads of the stage: "Your certificate is ready". */
      return g_strdup_printf (_ ("E-mail to the citizen: %s"),
                                 stage_name (procedure, self->stage, TRUE));
    default:
      return g_strdup (text_at (titles, G_N_ELEMENTS (titles), (int) self->kind));
    }
}

char *
guichet_event_words_detail (const GuichetEvent *self)
{
  if (self->kind == GUICHET_EVENT_IDENTITY_CHECKED && self->check != NULL)
    return guichet_check_words_detail (self->check);
  if (self->kind == GUICHET_EVENT_BLOCKED && self->until != GUICHET_DAY_NONE)
    {
      g_autofree char *day = guichet_date_words_full (self->until);

      if (self->text == NULL || self->text[0] == '\0')
        return g_strdup_printf (_ ("Expected until %s"), day);
      /* Translators: %1$s is a reason, %2$s a date. */
      return g_strdup_printf (_ ("%1$s (expected until %2$s)"), self->text, day);
    }
  if (self->kind == GUICHET_EVENT_NOTIFICATION_QUEUED)
    return g_strdup (self->sentence);
  return g_strdup (self->text);
}

const char *
guichet_event_words_icon (GuichetEventKind kind)
{
  g_return_val_if_fail (kind >= 0 && (gsize) kind < G_N_ELEMENTS (icons), NULL);

  return icons[kind];
}

char *
guichet_event_words_delivery (const GuichetNotification *self)
{
  const char *address = self->address != NULL ? self->address : "";

  switch (self->delivery)
    {
    case GUICHET_DELIVERY_QUEUED:
      return g_strdup_printf (_ ("Waiting to be sent to %s"), address);
    case GUICHET_DELIVERY_DELAYED:
      return g_strdup_printf (_ ("Not accepted yet, will be tried again: %s"), address);
    case GUICHET_DELIVERY_SENT:
      return g_strdup_printf (_ ("Sent to %s"), address);
    case GUICHET_DELIVERY_FAILED:
      return g_strdup_printf (_ ("Could not be delivered to %s"), address);
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
guichet_event_words_changed (GuichetEventKind kind)
{
  const char *text = text_at (changes, G_N_ELEMENTS (changes), (int) kind);

  return text[0] != '\0' ? text : _ ("changed the request");
}

static char *
move_label (const GuichetCommand *self, const GuichetProcedure *procedure)
{
  const guint n_stages = procedure != NULL ? procedure->stages->len : 0;

  /* Every way to a stage says much the same: the first one found will do. */
  for (guint i = 0; i < n_stages; i++)
    {
      const GuichetMove *move =
          guichet_stage_find_move (g_ptr_array_index (procedure->stages, i), self->to);

      if (move != NULL)
        return g_strdup (guichet_localized_get (&move->labels, guichet_locale_language ()));
    }
  return g_strdup_printf (_ ("Move to “%s”"), stage_name (procedure, self->to, FALSE));
}

char *
guichet_event_words_command (const GuichetCommand *self,
                             const GuichetProcedure *procedure,
                             const char *owner)
{
  switch ((int) self->kind)
    {
    case GUICHET_COMMAND_CLAIM:
      return g_strdup (_ ("Take in charge"));
    case GUICHET_COMMAND_RELEASE:
      return g_strdup (_ ("Release"));
    case GUICHET_COMMAND_ASSIGN:
      return g_strdup_printf (_ ("Give to %s"), owner != NULL ? owner : self->to);
    case GUICHET_COMMAND_MOVE:
      return move_label (self, procedure);
    case GUICHET_COMMAND_BLOCK:
      return g_strdup_printf (_ ("Block: %s"), guichet_enum_words_blocker (self->blocker));
    case GUICHET_COMMAND_UNBLOCK:
      return g_strdup (_ ("Unblock"));
    case GUICHET_COMMAND_NOTE:
      return g_strdup (_ ("Note"));
    case GUICHET_COMMAND_ATTACH_DOCUMENT:
      return g_strdup_printf (_ ("Attach %s"), self->document_name);
    case GUICHET_COMMAND_RESEND_NOTIFICATION:
      return g_strdup (_ ("Send the e-mail again"));
    case GUICHET_COMMAND_CHECK_IDENTITY:
      return g_strdup (_ ("Verify the identity"));
    default:
      return g_strdup (_ ("Action"));
    }
}

GuichetEventKind
guichet_event_words_command_kind (GuichetCommandKind kind)
{
  static const GuichetEventKind kinds[] = {
    [GUICHET_COMMAND_SUBMIT] = GUICHET_EVENT_SUBMITTED,
    [GUICHET_COMMAND_CLAIM] = GUICHET_EVENT_CLAIMED,
    [GUICHET_COMMAND_RELEASE] = GUICHET_EVENT_RELEASED,
    [GUICHET_COMMAND_ASSIGN] = GUICHET_EVENT_ASSIGNED,
    [GUICHET_COMMAND_MOVE] = GUICHET_EVENT_STAGE_MOVED,
    [GUICHET_COMMAND_BLOCK] = GUICHET_EVENT_BLOCKED,
    [GUICHET_COMMAND_UNBLOCK] = GUICHET_EVENT_UNBLOCKED,
    [GUICHET_COMMAND_NOTE] = GUICHET_EVENT_NOTE_WRITTEN,
    [GUICHET_COMMAND_ATTACH_DOCUMENT] = GUICHET_EVENT_DOCUMENT_ATTACHED,
    [GUICHET_COMMAND_RESEND_NOTIFICATION] = GUICHET_EVENT_NOTIFICATION_QUEUED,
    [GUICHET_COMMAND_CHECK_IDENTITY] = GUICHET_EVENT_IDENTITY_CHECKED,
    [GUICHET_COMMAND_REPORT_NOTIFICATION] = GUICHET_EVENT_NOTIFICATION_SENT,
    [GUICHET_COMMAND_PURGE] = GUICHET_EVENT_PURGED,
  };

  g_return_val_if_fail (kind >= 0 && (gsize) kind < G_N_ELEMENTS (kinds), GUICHET_EVENT_NONE);

  return kinds[kind];
}
