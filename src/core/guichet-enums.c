/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The closed lists and their words.
 */
#define G_LOG_DOMAIN "guichet-enums"

#include "config.h"

#include "guichet-enums.h"

G_DEFINE_ENUM_TYPE (GuichetDepartment,
                    guichet_department,
                    G_DEFINE_ENUM_VALUE (GUICHET_DEPARTMENT_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_DEPARTMENT_POPULATION, "population"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DEPARTMENT_CIVIL_STATUS, "civilStatus"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DEPARTMENT_PLANNING, "planning"),
                    G_DEFINE_ENUM_VALUE (GUICHET_DEPARTMENT_ARCHIVES, "archives"))

G_DEFINE_ENUM_TYPE (GuichetPhase,
                    guichet_phase,
                    G_DEFINE_ENUM_VALUE (GUICHET_PHASE_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_PHASE_RECEIVED, "received"),
                    G_DEFINE_ENUM_VALUE (GUICHET_PHASE_PROCESSING, "processing"),
                    G_DEFINE_ENUM_VALUE (GUICHET_PHASE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (GUICHET_PHASE_DECIDED, "decided"),
                    G_DEFINE_ENUM_VALUE (GUICHET_PHASE_CLOSED, "closed"))

G_DEFINE_ENUM_TYPE (GuichetWaiting,
                    guichet_waiting,
                    G_DEFINE_ENUM_VALUE (GUICHET_WAITING_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_WAITING_DOCUMENTS, "documents"),
                    G_DEFINE_ENUM_VALUE (GUICHET_WAITING_PAYMENT, "payment"),
                    G_DEFINE_ENUM_VALUE (GUICHET_WAITING_IDENTITY, "identity"),
                    G_DEFINE_ENUM_VALUE (GUICHET_WAITING_CONSENT, "consent"),
                    G_DEFINE_ENUM_VALUE (GUICHET_WAITING_PICKUP, "pickup"),
                    G_DEFINE_ENUM_VALUE (GUICHET_WAITING_APPOINTMENT, "appointment"))

G_DEFINE_ENUM_TYPE (GuichetBlocker,
                    guichet_blocker,
                    G_DEFINE_ENUM_VALUE (GUICHET_BLOCKER_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_BLOCKER_POLICE, "police"),
                    G_DEFINE_ENUM_VALUE (GUICHET_BLOCKER_ACT_BANK, "actBank"),
                    G_DEFINE_ENUM_VALUE (GUICHET_BLOCKER_FEDERAL_REGISTER, "federalRegister"),
                    G_DEFINE_ENUM_VALUE (GUICHET_BLOCKER_OTHER_TOWN, "otherTown"),
                    G_DEFINE_ENUM_VALUE (GUICHET_BLOCKER_REGION, "region"),
                    G_DEFINE_ENUM_VALUE (GUICHET_BLOCKER_FIRE_SERVICE, "fireService"),
                    G_DEFINE_ENUM_VALUE (GUICHET_BLOCKER_COLLEGE, "college"),
                    G_DEFINE_ENUM_VALUE (GUICHET_BLOCKER_OTHER, "other"))

G_DEFINE_ENUM_TYPE (GuichetResult,
                    guichet_result,
                    G_DEFINE_ENUM_VALUE (GUICHET_RESULT_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_RESULT_ISSUED, "issued"),
                    G_DEFINE_ENUM_VALUE (GUICHET_RESULT_ACCEPTED, "accepted"),
                    G_DEFINE_ENUM_VALUE (GUICHET_RESULT_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (GUICHET_RESULT_NO_RECORD, "noRecord"),
                    G_DEFINE_ENUM_VALUE (GUICHET_RESULT_REDIRECTED, "redirected"),
                    G_DEFINE_ENUM_VALUE (GUICHET_RESULT_WITHDRAWN, "withdrawn"),
                    G_DEFINE_ENUM_VALUE (GUICHET_RESULT_LAPSED, "lapsed"),
                    G_DEFINE_ENUM_VALUE (GUICHET_RESULT_DUPLICATE, "duplicate"),
                    G_DEFINE_ENUM_VALUE (GUICHET_RESULT_NOT_ADMISSIBLE, "notAdmissible"))

G_DEFINE_ENUM_TYPE (GuichetEventKind,
                    guichet_event_kind,
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_SUBMITTED, "submitted"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_CLAIMED, "claimed"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_RELEASED, "released"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_ASSIGNED, "assigned"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_STAGE_MOVED, "stageMoved"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_BLOCKED, "blocked"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_UNBLOCKED, "unblocked"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_NOTE_WRITTEN, "noteWritten"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_DOCUMENT_ATTACHED, "documentAttached"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_IDENTITY_CHECKED, "identityChecked"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_NOTIFICATION_QUEUED, "notificationQueued"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_NOTIFICATION_SENT, "notificationSent"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_NOTIFICATION_DELAYED, "notificationDelayed"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_NOTIFICATION_FAILED, "notificationFailed"),
                    G_DEFINE_ENUM_VALUE (GUICHET_EVENT_PURGED, "purged"))

G_DEFINE_ENUM_TYPE (GuichetCommandKind,
                    guichet_command_kind,
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_SUBMIT, "submit"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_CLAIM, "claim"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_RELEASE, "release"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_ASSIGN, "assign"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_MOVE, "move"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_BLOCK, "block"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_UNBLOCK, "unblock"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_NOTE, "note"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_ATTACH_DOCUMENT, "attachDocument"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_RESEND_NOTIFICATION, "resendNotification"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_CHECK_IDENTITY, "checkIdentity"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_REPORT_NOTIFICATION, "reportNotification"),
                    G_DEFINE_ENUM_VALUE (GUICHET_COMMAND_PURGE, "purge"))

G_DEFINE_ENUM_TYPE (GuichetRole,
                    guichet_role,
                    G_DEFINE_ENUM_VALUE (GUICHET_ROLE_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_ROLE_CLERK, "clerk"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ROLE_OFFICER, "officer"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ROLE_SUPERVISOR, "supervisor"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ROLE_RECEPTION, "reception"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ROLE_PROTECTION, "protection"),
                    G_DEFINE_ENUM_VALUE (GUICHET_ROLE_ADMINISTRATOR, "administrator"))

G_DEFINE_ENUM_TYPE (GuichetLanguage,
                    guichet_language,
                    G_DEFINE_ENUM_VALUE (GUICHET_LANGUAGE_FR, "fr"),
                    G_DEFINE_ENUM_VALUE (GUICHET_LANGUAGE_NL, "nl"),
                    G_DEFINE_ENUM_VALUE (GUICHET_LANGUAGE_DE, "de"),
                    G_DEFINE_ENUM_VALUE (GUICHET_LANGUAGE_EN, "en"))

G_DEFINE_ENUM_TYPE (GuichetLevel,
                    guichet_level,
                    G_DEFINE_ENUM_VALUE (GUICHET_LEVEL_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_LEVEL_PASSWORD, "password"),
                    G_DEFINE_ENUM_VALUE (GUICHET_LEVEL_TOKEN, "token"),
                    G_DEFINE_ENUM_VALUE (GUICHET_LEVEL_ITSME, "itsme"),
                    G_DEFINE_ENUM_VALUE (GUICHET_LEVEL_EID, "eid"),
                    G_DEFINE_ENUM_VALUE (GUICHET_LEVEL_COUNTER, "counter"))

G_DEFINE_ENUM_TYPE (GuichetChannel,
                    guichet_channel,
                    G_DEFINE_ENUM_VALUE (GUICHET_CHANNEL_NONE, ""),
                    G_DEFINE_ENUM_VALUE (GUICHET_CHANNEL_WEB, "web"),
                    G_DEFINE_ENUM_VALUE (GUICHET_CHANNEL_COUNTER, "counter"),
                    G_DEFINE_ENUM_VALUE (GUICHET_CHANNEL_TELEPHONE, "telephone"),
                    G_DEFINE_ENUM_VALUE (GUICHET_CHANNEL_POST, "post"),
                    G_DEFINE_ENUM_VALUE (GUICHET_CHANNEL_EMAIL, "email"))

/* Words are asked for by the dozen in each event: the first reference is kept. */
static GEnumClass *
class_of (GType type)
{
  GEnumClass *klass = g_type_class_peek_static (type);

  return klass != NULL ? klass : g_type_class_ref (type);
}

const char *
guichet_enum_word (GType type, int value)
{
  const GEnumValue *found = g_enum_get_value (class_of (type), value);

  g_return_val_if_fail (found != NULL, NULL);

  return found->value_nick[0] != '\0' ? found->value_nick : NULL;
}

gboolean
guichet_enum_value (GType type, const char *word, int *ret_value)
{
  const GEnumValue *found;

  if (word == NULL || *word == '\0')
    return FALSE;

  found = g_enum_get_value_by_nick (class_of (type), word);
  if (found == NULL)
    return FALSE;

  *ret_value = found->value;
  return TRUE;
}
