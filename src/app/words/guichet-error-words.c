/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What went wrong, for the person in front of the window.
 */
#define G_LOG_DOMAIN "guichet-error-words"

#include "config.h"

#include "guichet-error-words.h"
#include "guichet-decide.h"

#include <glib/gi18n.h>

static const char *const desk_errors[] = {
  [GUICHET_DESK_ERROR_ADDRESS] =
      N_ ("This is not the address of a Guichetier server. It begins with https://."),
  [GUICHET_DESK_ERROR_UNREACHABLE] =
      N_ ("The server does not answer. Check the address and the network, then try again."),
  [GUICHET_DESK_ERROR_CERTIFICATE] =
      N_ ("The server’s certificate is not trusted, so nothing was sent. Tell your administrator."),
  [GUICHET_DESK_ERROR_CREDENTIALS] = N_ ("The user name or the password is wrong."),
  [GUICHET_DESK_ERROR_SLOW_DOWN] = N_ ("Too many attempts. Wait a minute, then try again."),
  [GUICHET_DESK_ERROR_SIGNED_OUT] = N_ ("Your session has ended. Sign in again."),
  [GUICHET_DESK_ERROR_NOT_ALLOWED] = N_ ("Your role does not allow this."),
  [GUICHET_DESK_ERROR_GONE] =
      N_ ("There is no such request, or it is not one of those that you may see."),
  [GUICHET_DESK_ERROR_REFUSED] = N_ ("The server refuses this."),
  [GUICHET_DESK_ERROR_UNSENT] = N_ ("Some of your actions have not been sent yet."),
  [GUICHET_DESK_ERROR_PROTOCOL] =
      N_ ("The server’s answer makes no sense to this program. Tell your administrator."),
  [GUICHET_DESK_ERROR_STORAGE] =
      N_ ("The local copy cannot be written. Check the space left on the disk."),
  [GUICHET_DESK_ERROR_UNREADABLE] =
      N_ ("The copy of the requests on this computer cannot be read. Try again; if it stays so, "
          "sign out and in again: the copy is then made anew."),
  [GUICHET_DESK_ERROR_FILED] = N_ ("This request was filed before, as it was then."),
  [GUICHET_DESK_ERROR_FAILED] = N_ (
      "The server had an error of its own. Try again; if it stays so, tell your administrator."),
};

/* What the API calls why it refuses, and the outbox why it gives back; kept complete by a test over
 * GuichetRefusal. */
static const struct
{
  const char *word;
  const char *sentence;
} problems[] = {
  { "behind", N_ ("It was typed behind an action that was given back.") },
  { "noReceipt",
    N_ ("The server’s answer makes no sense to this program. It may have been done all the same: "
        "look at the history before you send it again.") },
  { "afterUnknown", N_ ("The server does not have the action that was to come before it.") },
  { "badRequest", N_ ("The server does not accept its content.") },
  { "payloadTooLarge", N_ ("It is too large for the server.") },
  { "internalServerError",
    N_ ("The server had an error of its own. Try again; if it stays so, tell your "
        "administrator.") },
  { "conflict", N_ ("Somebody changed the request in the meantime.") },
  { "notAllowed", N_ ("Your role does not allow this.") },
  { "noSuchProcedure", N_ ("This procedure does not exist any more.") },
  { "invalid", N_ ("The server does not accept its content.") },
  { "noSuchMove", N_ ("The request is no longer at a stage from which this can be done.") },
  { "reasonMissing", N_ ("It needs a reason.") },
  { "documentMissing", N_ ("A document must be attached first.") },
  { "notAPdf", N_ ("The file is not a PDF document.") },
  { "closed", N_ ("The request is closed.") },
  { "alreadyTaken", N_ ("A colleague has already taken the request.") },
  { "notYours", N_ ("Somebody else has the request in charge.") },
  { "notTaken", N_ ("Nobody has the request in charge: take it first.") },
  { "noSuchClerk", N_ ("This colleague cannot work on requests of this department.") },
  { "notBlocked", N_ ("The request is not blocked any more.") },
  { "alreadyBlocked", N_ ("The request is blocked already.") },
  { "noSuchNotification", N_ ("This e-mail is not known any more.") },
  { "noAddress", N_ ("The citizen has no e-mail address.") },
  { "identityMissing", N_ ("The person’s identity must be verified with their card first.") },
  { "challengeOver", N_ ("Reading the card took too long, or was used before. Start again.") },
  { "resourceNotFound", N_ ("The request is gone, or not one of those that you may see.") },
  { "cardRefused",
    N_ ("This card cannot be used: it is not genuine, no longer valid or revoked, or it could not "
        "be verified.") },
  { "otherPerson", N_ ("This card is another person’s.") },
  { "accountExists", N_ ("This person has an account already.") },
  { "idempotencyKeyReused", N_ ("The server has already seen this action with another content.") },
};

char *
guichet_error_words (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  /* These two come with a message for a person, in the language that was asked for. */
  if (g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_REFUSED) ||
      g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_SLOW_DOWN))
    if (error->message != NULL && error->message[0] != '\0')
      return g_strdup (error->message);

  if (error->domain == GUICHET_DESK_ERROR && error->code >= 0 &&
      error->code < (int) G_N_ELEMENTS (desk_errors))
    return g_strdup (_ (desk_errors[error->code]));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup (_ ("This file does not exist."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (_ ("This file may not be read."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_ ("There is no space left on the disk."));

  g_message ("no sentence for an error of %s, code %d",
             g_quark_to_string (error->domain),
             error->code);
  return g_strdup (_ ("Something went wrong. Try again; if it stays so, tell your administrator."));
}

const char *
guichet_error_words_problem (const char *problem)
{
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_strcmp0 (problems[i].word, problem) == 0)
      return _ (problems[i].sentence);
  return _ ("The server refused it.");
}
