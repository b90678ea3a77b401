/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules of accounts.
 */
#define G_LOG_DOMAIN "guichet-account-decide"

#include "config.h"

#include "guichet-account-decide.h"

#include "guichet-event.h"

// clang-format off
G_DEFINE_ENUM_TYPE (GuichetAccountCommandKind, guichet_account_command_kind,
                    G_DEFINE_ENUM_VALUE (GUICHET_ACCOUNT_COMMAND_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_ACCOUNT_COMMAND_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ACCOUNT_COMMAND_CHANGE_CONTACT, "changeContact"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ACCOUNT_COMMAND_RENEW_PERSON, "renewPerson"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ACCOUNT_COMMAND_PURGE, "purge"))
// clang-format on

static void
command_clear (gpointer data)
{
  GuichetAccountCommand *self = data;

  g_free (self->key);
  g_free (self->account);
  g_clear_pointer (&self->contact, guichet_contact_unref);
  g_clear_pointer (&self->citizen, guichet_citizen_unref);
  g_clear_pointer (&self->check, guichet_identity_check_unref);
  g_free (self->by);
  g_free (self->text);
}

GuichetAccountCommand *
guichet_account_command_new (GuichetAccountCommandKind kind)
{
  GuichetAccountCommand *self = g_atomic_rc_box_new0 (GuichetAccountCommand);

  self->kind = kind;
  self->key = g_uuid_string_random ();
  return self;
}

GuichetAccountCommand *
guichet_account_command_ref (GuichetAccountCommand *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_account_command_unref (GuichetAccountCommand *self)
{
  g_atomic_rc_box_release_full (self, command_clear);
}

static gboolean
refuse (GuichetRefusal refusal, const char *message, GError **error)
{
  g_set_error_literal (error, GUICHET_REFUSAL, (int) refusal, message);
  return FALSE;
}

/* What is wrong with the card, for who asks what is wrong. */
static void
add_issues (const GuichetIdentityCheck *check, GPtrArray *issues)
{
  for (guint i = 0; i < check->verdicts->len; i++)
    {
      const GuichetVerdict *verdict = g_ptr_array_index (check->verdicts, i);
      g_autofree char *name = NULL;

      if (!g_str_equal (verdict->severity, "bad") && !g_str_equal (verdict->severity, "unreadable"))
        continue;
      name =
          verdict->file != NULL ? g_strconcat ("files.", verdict->file, NULL) : g_strdup ("files");
      g_ptr_array_add (issues, guichet_issue_new ("rejectedInput", name, verdict->detail));
    }
}

/*
 * Genuine, valid and not revoked. That nobody could be asked about revocation, or that presence was not
 * proved, does not speak against it: both stay with the event.
 */
static gboolean
check_card (const GuichetAccountCommand *command, GPtrArray *issues, GError **error)
{
  const GuichetIdentityCheck *check = command->check;

  if (check->finding == GUICHET_FINDING_NOT_TRUSTED ||
      check->finding == GUICHET_FINDING_UNREADABLE || check->finding == GUICHET_FINDING_NONE)
    {
      add_issues (check, issues);
      return refuse (GUICHET_REFUSAL_CARD_REFUSED, "the card cannot be trusted", error);
    }
  if (command->citizen == NULL || command->citizen->niss == NULL ||
      command->citizen->family_name == NULL)
    {
      g_ptr_array_add (issues,
                       guichet_issue_new ("rejectedInput",
                                          "files.identity",
                                          "names nobody who could be found again"));
      return refuse (GUICHET_REFUSAL_CARD_REFUSED, "the card names nobody", error);
    }
  return TRUE;
}

static gboolean
check_person (const GuichetAccount *account, const GuichetAccountCommand *command, GError **error)
{
  return g_strcmp0 (account->citizen->niss, command->citizen->niss) == 0 ||
         refuse (GUICHET_REFUSAL_OTHER_PERSON, "the card is another person's", error);
}

static gboolean
is_same_contact (const GuichetAccount *account, const GuichetContact *contact)
{
  return g_strcmp0 (account->citizen->email, contact->email) == 0 &&
         g_strcmp0 (account->citizen->phone, contact->phone) == 0 &&
         account->citizen->language == contact->language;
}

static GuichetAccountEvent *
new_event (GuichetAccountEventKind kind,
           const GuichetAccount *account,
           const GuichetAccountCommand *command,
           const char *actor,
           gint64 now)
{
  GuichetAccountEvent *event = guichet_account_event_new (kind);

  event->account = g_strdup (account != NULL ? account->account : command->account);
  event->actor = g_strdup (actor);
  event->instant = now;
  event->version = (account != NULL ? account->version : 0) + 1;
  event->key = g_strdup (command->key);
  return event;
}

static void
take_person (GuichetAccountEvent *event, const GuichetAccountCommand *command)
{
  event->citizen = guichet_citizen_ref (command->citizen);
  event->check = guichet_identity_check_ref (command->check);
}

static GuichetAccountEvent *
decide_purge (const GuichetAccount *account,
              const GuichetAccountCommand *command,
              gint64 now,
              GError **error)
{
  g_autofree char *actor = g_strconcat (GUICHET_ACTOR_TOOL, command->by, NULL);
  GuichetAccountEvent *event;

  if (command->text == NULL || *command->text == '\0')
    {
      refuse (GUICHET_REFUSAL_REASON_MISSING, "a purge needs a reason", error);
      return NULL;
    }
  event = new_event (GUICHET_ACCOUNT_EVENT_PURGED, account, command, actor, now);
  event->text = g_strdup (command->text);
  return event;
}

GuichetAccountEvent *
guichet_account_decide (const GuichetAccount *account,
                        const char *existing,
                        const GuichetAccountCommand *command,
                        const char *actor,
                        gint64 now,
                        GPtrArray *issues,
                        GError **error)
{
  GuichetAccountEvent *event;

  g_return_val_if_fail (command != NULL && actor != NULL && issues != NULL, NULL);
  g_return_val_if_fail ((account == NULL) == (command->kind == GUICHET_ACCOUNT_COMMAND_OPEN), NULL);

  switch ((int) command->kind)
    {
    case GUICHET_ACCOUNT_COMMAND_OPEN:
      /* A card that proves nothing is not told whether its person has one. */
      if (!check_card (command, issues, error) ||
          (existing != NULL &&
           !refuse (GUICHET_REFUSAL_ACCOUNT_EXISTS, "the person has an account", error)))
        return NULL;
      event = new_event (GUICHET_ACCOUNT_EVENT_OPENED, NULL, command, actor, now);
      take_person (event, command);
      event->contact = guichet_contact_ref (command->contact);
      return event;

    case GUICHET_ACCOUNT_COMMAND_CHANGE_CONTACT:
      if (is_same_contact (account, command->contact))
        return NULL;
      event = new_event (GUICHET_ACCOUNT_EVENT_CONTACT_CHANGED, account, command, actor, now);
      event->contact = guichet_contact_ref (command->contact);
      return event;

    case GUICHET_ACCOUNT_COMMAND_RENEW_PERSON:
      if (!check_card (command, issues, error) || !check_person (account, command, error))
        return NULL;
      event = new_event (GUICHET_ACCOUNT_EVENT_PERSON_RENEWED, account, command, actor, now);
      take_person (event, command);
      return event;

    case GUICHET_ACCOUNT_COMMAND_PURGE:
      return decide_purge (account, command, now, error);

    default:
      g_return_val_if_reached (NULL);
    }
}

gboolean
guichet_account_is_disturbed (GuichetAccountCommandKind command,
                              GPtrArray *since,
                              const char *actor)
{
  if (command != GUICHET_ACCOUNT_COMMAND_CHANGE_CONTACT)
    return FALSE;

  for (guint i = 0; i < since->len; i++)
    {
      const GuichetAccountEvent *event = g_ptr_array_index (since, i);

      if (event->kind == GUICHET_ACCOUNT_EVENT_CONTACT_CHANGED &&
          !g_str_equal (event->actor, actor))
        return TRUE;
    }
  return FALSE;
}
