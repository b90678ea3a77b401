/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The closed lists as a clerk reads them.
 */
#define G_LOG_DOMAIN "guichet-enum-words"

#include "config.h"

#include "guichet-enum-words.h"

#include <glib/gi18n.h>

static const char *const departments[] = {
  [GUICHET_DEPARTMENT_POPULATION] = NC_ ("department", "Population"),
  [GUICHET_DEPARTMENT_CIVIL_STATUS] = NC_ ("department", "Civil status"),
  [GUICHET_DEPARTMENT_PLANNING] = NC_ ("department", "Town planning"),
  [GUICHET_DEPARTMENT_ARCHIVES] = NC_ ("department", "Archives"),
};

static const char *const phases[] = {
  [GUICHET_PHASE_RECEIVED] = NC_ ("phase", "Received"),
  [GUICHET_PHASE_PROCESSING] = NC_ ("phase", "In progress"),
  [GUICHET_PHASE_WAITING] = NC_ ("phase", "Waiting for the citizen"),
  [GUICHET_PHASE_DECIDED] = NC_ ("phase", "Decided"),
  [GUICHET_PHASE_CLOSED] = NC_ ("phase", "Closed"),
};

static const char *const waitings[] = {
  [GUICHET_WAITING_DOCUMENTS] = NC_ ("waiting", "Waiting for documents"),
  [GUICHET_WAITING_PAYMENT] = NC_ ("waiting", "Waiting for the payment"),
  [GUICHET_WAITING_IDENTITY] = NC_ ("waiting", "Waiting for proof of identity"),
  [GUICHET_WAITING_CONSENT] = NC_ ("waiting", "Waiting for somebody’s consent"),
  [GUICHET_WAITING_PICKUP] = NC_ ("waiting", "Waiting to be fetched"),
  [GUICHET_WAITING_APPOINTMENT] = NC_ ("waiting", "Waiting for an appointment"),
};

static const char *const blockers[] = {
  [GUICHET_BLOCKER_POLICE] = NC_ ("blocker", "Police"),
  [GUICHET_BLOCKER_ACT_BANK] = NC_ ("blocker", "Bank of civil-status acts"),
  [GUICHET_BLOCKER_FEDERAL_REGISTER] = NC_ ("blocker", "National register"),
  [GUICHET_BLOCKER_OTHER_TOWN] = NC_ ("blocker", "Another municipality"),
  [GUICHET_BLOCKER_REGION] = NC_ ("blocker", "Region"),
  [GUICHET_BLOCKER_FIRE_SERVICE] = NC_ ("blocker", "Fire service"),
  [GUICHET_BLOCKER_COLLEGE] = NC_ ("blocker", "Municipal college"),
  [GUICHET_BLOCKER_OTHER] = NC_ ("blocker", "Somebody else"),
};

static const char *const results[] = {
  [GUICHET_RESULT_ISSUED] = NC_ ("result", "Issued"),
  [GUICHET_RESULT_ACCEPTED] = NC_ ("result", "Accepted"),
  [GUICHET_RESULT_REFUSED] = NC_ ("result", "Refused"),
  [GUICHET_RESULT_NO_RECORD] = NC_ ("result", "No such act"),
  [GUICHET_RESULT_REDIRECTED] = NC_ ("result", "Sent elsewhere"),
  [GUICHET_RESULT_WITHDRAWN] = NC_ ("result", "Withdrawn"),
  [GUICHET_RESULT_LAPSED] = NC_ ("result", "Lapsed"),
  [GUICHET_RESULT_DUPLICATE] = NC_ ("result", "Duplicate"),
  [GUICHET_RESULT_NOT_ADMISSIBLE] = NC_ ("result", "Not admissible"),
};

static const char *const channels[] = {
  [GUICHET_CHANNEL_WEB] = NC_ ("channel", "Online"),
  [GUICHET_CHANNEL_COUNTER] = NC_ ("channel", "Counter"),
  [GUICHET_CHANNEL_TELEPHONE] = NC_ ("channel", "Telephone"),
  [GUICHET_CHANNEL_POST] = NC_ ("channel", "Post"),
  [GUICHET_CHANNEL_EMAIL] = NC_ ("channel", "E-mail"),
};

static const char *const languages[] = {
  [GUICHET_LANGUAGE_FR] = NC_ ("language", "French"),
  [GUICHET_LANGUAGE_NL] = NC_ ("language", "Dutch"),
  [GUICHET_LANGUAGE_DE] = NC_ ("language", "German"),
  [GUICHET_LANGUAGE_EN] = NC_ ("language", "English"),
};

static const char *const levels[] = {
  [GUICHET_LEVEL_NONE] = NC_ ("identified", "Not identified"),
  [GUICHET_LEVEL_PASSWORD] = NC_ ("identified", "Signed in with an e-mail address and a password"),
  [GUICHET_LEVEL_TOKEN] = NC_ ("identified", "Signed in with a token (CSAM)"),
  [GUICHET_LEVEL_ITSME] = NC_ ("identified", "Identified with itsme"),
  [GUICHET_LEVEL_EID] = NC_ ("identified", "Identified with the identity card"),
  [GUICHET_LEVEL_COUNTER] = NC_ ("identified", "Identity card verified at the counter"),
};

static const char *const views[] = {
  [GUICHET_VIEW_MINE] = NC_ ("view", "Mine"),
  [GUICHET_VIEW_TO_TAKE] = NC_ ("view", "To take"),
  [GUICHET_VIEW_WAITING] = NC_ ("view", "Waiting for the citizen"),
  [GUICHET_VIEW_LATE] = NC_ ("view", "Late"),
  [GUICHET_VIEW_ALL] = NC_ ("view", "All open"),
  [GUICHET_VIEW_CLOSED] = NC_ ("view", "Closed"),
};

static const char *const sorts[] = {
  [GUICHET_SORT_DUE] = NC_ ("sort", "due date"),
  [GUICHET_SORT_RECEIVED] = NC_ ("sort", "date of receipt"),
  [GUICHET_SORT_REFERENCE] = NC_ ("sort", "reference"),
  [GUICHET_SORT_PROCEDURE] = NC_ ("sort", "procedure"),
  [GUICHET_SORT_CITIZEN] = NC_ ("sort", "citizen"),
  [GUICHET_SORT_STAGE] = NC_ ("sort", "stage"),
  [GUICHET_SORT_ASSIGNEE] = NC_ ("sort", "clerk in charge"),
  [GUICHET_SORT_CHANGED] = NC_ ("sort", "last event"),
};

static const char *const findings[] = {
  [GUICHET_FINDING_VERIFIED] = NC_ ("finding", "Identity verified"),
  [GUICHET_FINDING_VERIFIED_WITH_REMARK] = NC_ ("finding", "Identity verified, with a remark"),
  [GUICHET_FINDING_UNPROVED] =
      NC_ ("finding", "Card read: the request says too little of the person"),
  [GUICHET_FINDING_OTHER_PERSON] = NC_ ("finding", "Card of another person"),
  [GUICHET_FINDING_NOT_TRUSTED] = NC_ ("finding", "Card not trusted"),
  [GUICHET_FINDING_UNREADABLE] = NC_ ("finding", "Card could not be judged"),
};

static const char *const methods[] = {
  [GUICHET_METHOD_CARD] =
      NC_ ("method", "By the card’s files alone: a copy of them would look the same."),
  [GUICHET_METHOD_CARD_AND_PIN] = NC_ ("method", "By card and PIN."),
  [GUICHET_METHOD_CARD_AND_CHIP] = NC_ ("method", "By the card, whose chip has proved itself."),
};

static const char *const lacks[] = {
  [GUICHET_LACK_CHECK] =
      NC_ ("lack", "This step needs the person’s identity: verify it with their card first."),
  [GUICHET_LACK_PRESENCE] =
      NC_ ("lack", "This step needs proof that the card is there: verify it with its PIN first."),
  [GUICHET_LACK_RENEWAL] =
      NC_ ("lack", "The identity was verified too long ago for this step: verify it again first."),
};

static const char *
word_of (const char *const *words, gsize n_words, const char *context, int value)
{
  g_return_val_if_fail (value >= 0 && (gsize) value < n_words, "");

  return words[value] == NULL ? "" : g_dpgettext2 (NULL, context, words[value]);
}

#define WORD_OF(words, context, value) word_of (words, G_N_ELEMENTS (words), context, (int) (value))

const char *
guichet_enum_words_department (GuichetDepartment self)
{
  return WORD_OF (departments, "department", self);
}

const char *
guichet_enum_words_phase (GuichetPhase self)
{
  return WORD_OF (phases, "phase", self);
}

const char *
guichet_enum_words_waiting (GuichetWaiting self)
{
  return WORD_OF (waitings, "waiting", self);
}

const char *
guichet_enum_words_blocker (GuichetBlocker self)
{
  return WORD_OF (blockers, "blocker", self);
}

const char *
guichet_enum_words_result (GuichetResult self)
{
  return WORD_OF (results, "result", self);
}

const char *
guichet_enum_words_channel (GuichetChannel self)
{
  return WORD_OF (channels, "channel", self);
}

const char *
guichet_enum_words_language (GuichetLanguage self)
{
  return WORD_OF (languages, "language", self);
}

const char *
guichet_enum_words_level (GuichetLevel self)
{
  return WORD_OF (levels, "identified", self);
}

const char *
guichet_enum_words_finding (GuichetFinding self)
{
  return WORD_OF (findings, "finding", self);
}

const char *
guichet_enum_words_method (GuichetMethod self)
{
  return WORD_OF (methods, "method", self);
}

const char *
guichet_enum_words_lack (GuichetLack self)
{
  return WORD_OF (lacks, "lack", self);
}

const char *
guichet_enum_words_view (GuichetView self)
{
  return WORD_OF (views, "view", self);
}

const char *
guichet_enum_words_sort (GuichetSort self)
{
  return WORD_OF (sorts, "sort", self);
}
