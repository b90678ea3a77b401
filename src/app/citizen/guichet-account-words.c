/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account of a citizen, in words.
 */
#define G_LOG_DOMAIN "guichet-account-words"

#include "config.h"

#include "guichet-account-words.h"
#include "guichet-comparison-words.h"
#include "guichet-date-words.h"
#include "guichet-desk.h"
#include "guichet-error-words.h"

#include <glib/gi18n.h>

/* clang-format off */
static const struct
{
  const char *under_way;
  const char *done;
} deeds[] = {
  [GUICHET_ACCOUNT_OPEN] = { N_ ("The account is being opened…"), N_ ("The account is open.") },
  [GUICHET_ACCOUNT_CHANGE] = { N_ ("The changes are being saved…"), N_ ("The changes are saved.") },
  [GUICHET_ACCOUNT_RENEW] = { N_ ("The account is being renewed from the card…"),
                              N_ ("The account says now what the card says.") },
};
/* clang-format on */

const char *
guichet_account_words_under_way (GuichetAccountDeed deed)
{
  return _ (deeds[deed].under_way);
}

const char *
guichet_account_words_done (GuichetAccountDeed deed)
{
  return _ (deeds[deed].done);
}

char *
guichet_account_words_before (const char *sentence)
{
  g_return_val_if_fail (sentence != NULL, NULL);

  /* Translators: %s is a sentence: "The account is open." */
  return g_strdup_printf (_ ("About the card before: %s"), sentence);
}

char *
guichet_account_words_state (const GuichetAccount *account, const char *by, GTimeZone *zone)
{
  g_autofree char *day = NULL;

  if (account == NULL)
    return g_strdup (_ ("No account yet"));
  day = guichet_date_words_full (guichet_day_of_instant (account->opened, zone));
  if (by == NULL)
    /* Translators: %s is a day: "Thursday 26 November 2026". */
    return g_strdup_printf (_ ("Account opened on %s"), day);
  /* Translators: a day, "Thursday 26 November 2026", and the name of a clerk. */
  return g_strdup_printf (_ ("Account opened on %1$s by %2$s"), day, by);
}

const char *
guichet_account_words_exists (gboolean mine)
{
  return mine
      ? _ ("You have opened this account already, and the answer was lost; you see it here. "
                   "What you typed since stays: save it if it is to be so.")
      : _ ("This person has an account already; you see it here. What you typed stays: save it "
                   "if it is to be so.");
}

char *
guichet_account_words_differences (const GuichetCitizen *card, const GuichetCitizen *known)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *nothing = _ ("nothing");

  g_return_val_if_fail (card != NULL && known != NULL, NULL);

  for (guint i = 0; i < GUICHET_N_COMPARED; i++)
    {
      g_autofree char *read = guichet_comparison_words_request (card, i);
      g_autofree char *kept = guichet_comparison_words_request (known, i);

      if (g_strcmp0 (read, kept) == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (
          text,
          /* Translators: %1$s "Postcode", then what the card says and what the account says. */
          _ ("%1$s: %2$s on the card, %3$s in the account"),
             guichet_comparison_words_field (i),
             read != NULL ? read : nothing,
             kept != NULL ? kept : nothing);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Where what is true of requests is not true here. */
/* clang-format off */
static const struct
{
  int code;
  const char *sentence;
} errors[] = {
  { GUICHET_DESK_ERROR_UNREACHABLE,
    N_ ("The server does not answer, and accounts are only there. Try again when it is back.") },
  { GUICHET_DESK_ERROR_NOT_ALLOWED, N_ ("Your role does not allow you to see accounts.") },
  { GUICHET_DESK_ERROR_GONE, N_ ("The server does not know this account any more.") },
};
/* clang-format on */

char *
guichet_account_words_error (const GError *error, const char *word)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_strcmp0 (word, "conflict") == 0)
    return g_strdup (
        _ ("A colleague has changed this account in the meantime. What you typed stays "
                        "here: look at it once more, and save it again."));
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_error_matches (error, GUICHET_DESK_ERROR, errors[i].code))
      return g_strdup (_ (errors[i].sentence));
  return guichet_error_words (error);
}
