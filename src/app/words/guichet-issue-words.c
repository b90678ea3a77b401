/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is wrong with an answer, for who typed it.
 */
#define G_LOG_DOMAIN "guichet-issue-words"

#include "config.h"

#include "guichet-issue-words.h"

#include <glib/gi18n.h>

#define ANY (-1)

/* The first one that fits; what fits none is said in the server's words. */
/* clang-format off */
static const struct
{
  const char *issue;
  int field;
  const char *sentence;
} sentences[] = {
  { "requiredInput", GUICHET_FIELD_BOOLEAN, N_ ("This must be ticked.") },
  { "requiredInput", GUICHET_FIELD_CHOICE, N_ ("Something must be chosen.") },
  { "requiredInput", ANY, N_ ("This must be answered.") },
  { "invalidInput", GUICHET_FIELD_DATE, N_ ("This is no day. Type day, month and year: 31/12/2026.") },
  { "invalidInput", GUICHET_FIELD_EMAIL, N_ ("This is no e-mail address.") },
  { "invalidInput", GUICHET_FIELD_PHONE, N_ ("This is no telephone number: + and 8 to 15 digits, or a Belgian number.") },
  { "invalidInput", GUICHET_FIELD_NISS, N_ ("This is no national number: eleven digits that fit together.") },
  { "invalidInput", GUICHET_FIELD_POSTCODE, N_ ("This is no postcode: in Belgium, four digits.") },
  { "invalidStructure", GUICHET_FIELD_INTEGER, N_ ("This is no whole number.") },
  { "outOfRange", GUICHET_FIELD_DATE, N_ ("This day cannot be right: it lies too far away, or in the future.") },
};
/* clang-format on */

static gboolean
is_text (const GuichetField *field)
{
  return field->type == GUICHET_FIELD_TEXT || field->type == GUICHET_FIELD_LONG_TEXT;
}

static char *
text_limits (const GuichetField *field)
{
  if (field->min != G_MININT64 && field->max != G_MAXINT64)
    return g_strdup_printf (_ ("From %1$d to %2$d characters"), (int) field->min, (int) field->max);
  if (field->min != G_MININT64)
    return g_strdup_printf (ngettext ("At least %d character",
                                      "At least %d characters",
                                      (gulong) field->min),
                            (int) field->min);
  if (field->max != G_MAXINT64)
    return g_strdup_printf (ngettext ("At most %d character",
                                      "At most %d characters",
                                      (gulong) field->max),
                            (int) field->max);
  return NULL;
}

static char *
integer_limits (const GuichetField *field)
{
  if (field->min != G_MININT64 && field->max != G_MAXINT64)
    return g_strdup_printf (_ ("A number from %1$d to %2$d"), (int) field->min, (int) field->max);
  if (field->min != G_MININT64)
    return g_strdup_printf (_ ("A number not below %d"), (int) field->min);
  if (field->max != G_MAXINT64)
    return g_strdup_printf (_ ("A number not above %d"), (int) field->max);
  return NULL;
}

char *
guichet_issue_words_limits (const GuichetField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (field->type == GUICHET_FIELD_INTEGER)
    return integer_limits (field);
  return is_text (field) ? text_limits (field) : NULL;
}

char *
guichet_issue_words (const GuichetIssue *issue, const GuichetField *field)
{
  char *limits = NULL;

  g_return_val_if_fail (issue != NULL && field != NULL, NULL);

  if (g_str_equal (issue->type, "outOfRange"))
    limits = guichet_issue_words_limits (field);
  if (limits != NULL)
    return limits;
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].issue, issue->type) &&
        (sentences[i].field == ANY || sentences[i].field == (int) field->type))
      return g_strdup (_ (sentences[i].sentence));
  return g_strdup (issue->detail != NULL ? issue->detail : _ ("The server does not accept this."));
}
