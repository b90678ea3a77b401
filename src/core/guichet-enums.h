/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/*
 * The closed lists of the design. Each is a registered enumeration whose nick is the word
 * on the wire and in the database; `guichet_enum_word` and `guichet_enum_value` are the
 * only way between the two. A value 0 called NONE means "does not apply" and has no word:
 * on the wire such a member is absent.
 */

G_BEGIN_DECLS

/** The town's services. Nicks: population, civilStatus, planning, archives. */
typedef enum
{
  GUICHET_DEPARTMENT_NONE,
  GUICHET_DEPARTMENT_POPULATION,
  GUICHET_DEPARTMENT_CIVIL_STATUS,
  GUICHET_DEPARTMENT_PLANNING,
  GUICHET_DEPARTMENT_ARCHIVES,
} GuichetDepartment;

/** The five states that all procedures share. */
typedef enum
{
  GUICHET_PHASE_NONE,
  GUICHET_PHASE_RECEIVED,
  GUICHET_PHASE_PROCESSING,
  GUICHET_PHASE_WAITING,
  GUICHET_PHASE_DECIDED,
  GUICHET_PHASE_CLOSED,
} GuichetPhase;

/** Why a request waits for the citizen; a procedure's term says which ones stop its clock. */
typedef enum
{
  GUICHET_WAITING_NONE,
  GUICHET_WAITING_DOCUMENTS,
  GUICHET_WAITING_PAYMENT,
  GUICHET_WAITING_IDENTITY,
  GUICHET_WAITING_CONSENT,
  GUICHET_WAITING_PICKUP,
  GUICHET_WAITING_APPOINTMENT,
} GuichetWaiting;

/** Somebody else whom processing waits for; the clock runs on. */
typedef enum
{
  GUICHET_BLOCKER_NONE,
  GUICHET_BLOCKER_POLICE,
  GUICHET_BLOCKER_ACT_BANK,         /* actBank: the central bank of civil-status acts */
  GUICHET_BLOCKER_FEDERAL_REGISTER, /* federalRegister */
  GUICHET_BLOCKER_OTHER_TOWN,       /* otherTown */
  GUICHET_BLOCKER_REGION,
  GUICHET_BLOCKER_FIRE_SERVICE, /* fireService */
  GUICHET_BLOCKER_COLLEGE,      /* the college of mayor and aldermen */
  GUICHET_BLOCKER_OTHER,
} GuichetBlocker;

/** How a request ended. Nothing closes without one. */
typedef enum
{
  GUICHET_RESULT_NONE,
  GUICHET_RESULT_ISSUED,
  GUICHET_RESULT_ACCEPTED,
  GUICHET_RESULT_REFUSED,
  GUICHET_RESULT_NO_RECORD, /* noRecord */
  GUICHET_RESULT_REDIRECTED,
  GUICHET_RESULT_WITHDRAWN,
  GUICHET_RESULT_LAPSED,
  GUICHET_RESULT_DUPLICATE,
  GUICHET_RESULT_NOT_ADMISSIBLE, /* notAdmissible */
} GuichetResult;

/** One line of the journal is of one of these kinds. */
typedef enum
{
  GUICHET_EVENT_NONE,
  GUICHET_EVENT_SUBMITTED,
  GUICHET_EVENT_CLAIMED,
  GUICHET_EVENT_RELEASED,
  GUICHET_EVENT_ASSIGNED,
  GUICHET_EVENT_STAGE_MOVED, /* stageMoved */
  GUICHET_EVENT_BLOCKED,
  GUICHET_EVENT_UNBLOCKED,
  GUICHET_EVENT_NOTE_WRITTEN,         /* noteWritten */
  GUICHET_EVENT_DOCUMENT_ATTACHED,    /* documentAttached */
  GUICHET_EVENT_IDENTITY_CHECKED,     /* identityChecked: a card was read and judged */
  GUICHET_EVENT_NOTIFICATION_QUEUED,  /* notificationQueued */
  GUICHET_EVENT_NOTIFICATION_SENT,    /* notificationSent: our mail server took it, no more */
  GUICHET_EVENT_NOTIFICATION_DELAYED, /* notificationDelayed: will be tried again */
  GUICHET_EVENT_NOTIFICATION_FAILED,  /* notificationFailed: given up */
  GUICHET_EVENT_PURGED,
} GuichetEventKind;

/** What somebody may ask the server to do to a request. */
typedef enum
{
  GUICHET_COMMAND_NONE,
  GUICHET_COMMAND_SUBMIT,
  GUICHET_COMMAND_CLAIM,
  GUICHET_COMMAND_RELEASE,
  GUICHET_COMMAND_ASSIGN,
  GUICHET_COMMAND_MOVE,
  GUICHET_COMMAND_BLOCK,
  GUICHET_COMMAND_UNBLOCK,
  GUICHET_COMMAND_NOTE,
  GUICHET_COMMAND_ATTACH_DOCUMENT,     /* attachDocument */
  GUICHET_COMMAND_RESEND_NOTIFICATION, /* resendNotification */
  /* Has a route of its own: what it says is found out by the server, not by who asks. */
  GUICHET_COMMAND_CHECK_IDENTITY, /* checkIdentity */
  /* Only the daemon and its tool may give those below; the API refuses them. */
  GUICHET_COMMAND_REPORT_NOTIFICATION, /* reportNotification: the fate of a mail */
  GUICHET_COMMAND_PURGE,
} GuichetCommandKind;

/** Sets of capabilities; see guichet-clerk.h for what each may do. */
typedef enum
{
  GUICHET_ROLE_NONE,
  GUICHET_ROLE_CLERK,
  GUICHET_ROLE_OFFICER, /* delegated officer: a clerk who also decides and signs */
  GUICHET_ROLE_SUPERVISOR,
  GUICHET_ROLE_RECEPTION,
  GUICHET_ROLE_PROTECTION,    /* data protection officer */
  GUICHET_ROLE_ADMINISTRATOR, /* keeps staff and catalogue; reads no request */
} GuichetRole;

/** Languages of citizens and staff: fr, nl, de, en. French is always there. */
typedef enum
{
  GUICHET_LANGUAGE_FR,
  GUICHET_LANGUAGE_NL,
  GUICHET_LANGUAGE_DE,
  GUICHET_LANGUAGE_EN,
} GuichetLanguage;

#define GUICHET_N_LANGUAGES 4

/** How well a person is identified, in rising order. Nicks: password, token, itsme, eid, counter. */
typedef enum
{
  GUICHET_LEVEL_NONE,
  GUICHET_LEVEL_PASSWORD, /* e-mail address and password */
  GUICHET_LEVEL_TOKEN,    /* paper token through CSAM */
  GUICHET_LEVEL_ITSME,
  GUICHET_LEVEL_EID,
  GUICHET_LEVEL_COUNTER, /* card seen and verified at the counter */
} GuichetLevel;

/** How a request reached the town: web, counter, telephone, post, email. */
typedef enum
{
  GUICHET_CHANNEL_NONE,
  GUICHET_CHANNEL_WEB,
  GUICHET_CHANNEL_COUNTER,
  GUICHET_CHANNEL_TELEPHONE,
  GUICHET_CHANNEL_POST,
  GUICHET_CHANNEL_EMAIL,
} GuichetChannel;

#define GUICHET_TYPE_DEPARTMENT (guichet_department_get_type ())
#define GUICHET_TYPE_PHASE (guichet_phase_get_type ())
#define GUICHET_TYPE_WAITING (guichet_waiting_get_type ())
#define GUICHET_TYPE_BLOCKER (guichet_blocker_get_type ())
#define GUICHET_TYPE_RESULT (guichet_result_get_type ())
#define GUICHET_TYPE_EVENT_KIND (guichet_event_kind_get_type ())
#define GUICHET_TYPE_COMMAND_KIND (guichet_command_kind_get_type ())
#define GUICHET_TYPE_ROLE (guichet_role_get_type ())
#define GUICHET_TYPE_LANGUAGE (guichet_language_get_type ())
#define GUICHET_TYPE_LEVEL (guichet_level_get_type ())
#define GUICHET_TYPE_CHANNEL (guichet_channel_get_type ())

GType guichet_department_get_type (void);
GType guichet_phase_get_type (void);
GType guichet_waiting_get_type (void);
GType guichet_blocker_get_type (void);
GType guichet_result_get_type (void);
GType guichet_event_kind_get_type (void);
GType guichet_command_kind_get_type (void);
GType guichet_role_get_type (void);
GType guichet_language_get_type (void);
GType guichet_level_get_type (void);
GType guichet_channel_get_type (void);

/**
 * guichet_enum_word:
 * @type: one of the types above
 * @value: a value of it
 *
 * Returns: (nullable): the word, %NULL for a NONE
 */
const char *guichet_enum_word (GType type, int value);

/**
 * guichet_enum_value:
 * @word: (nullable): a word
 * @ret_value: (out): its value; untouched on failure
 *
 * Returns: %FALSE if the list has no such word
 */
gboolean guichet_enum_value (GType type, const char *word, int *ret_value);

G_END_DECLS
