/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-issue-words.h"

#define NO_MIN G_MININT64
#define NO_MAX G_MAXINT64

static const struct
{
  GuichetFieldType type;
  gint64 min, max;
  const char *issue;
  const char *words;
} cases[] = {
  { GUICHET_FIELD_TEXT, NO_MIN, NO_MAX, "requiredInput", "This must be answered." },
  { GUICHET_FIELD_BOOLEAN, NO_MIN, NO_MAX, "requiredInput", "This must be ticked." },
  { GUICHET_FIELD_CHOICE, NO_MIN, NO_MAX, "requiredInput", "Something must be chosen." },
  { GUICHET_FIELD_EMAIL, NO_MIN, NO_MAX, "invalidInput", "This is no e-mail address." },
  { GUICHET_FIELD_INTEGER, NO_MIN, NO_MAX, "invalidStructure", "This is no whole number." },
  { GUICHET_FIELD_INTEGER, 1, 9, "outOfRange", "A number from 1 to 9" },
  { GUICHET_FIELD_INTEGER, 1, NO_MAX, "outOfRange", "A number not below 1" },
  { GUICHET_FIELD_INTEGER, NO_MIN, 9, "outOfRange", "A number not above 9" },
  { GUICHET_FIELD_LONG_TEXT, 20, 400, "outOfRange", "From 20 to 400 characters" },
  { GUICHET_FIELD_TEXT, 2, NO_MAX, "outOfRange", "At least 2 characters" },
  { GUICHET_FIELD_TEXT, NO_MIN, 1, "outOfRange", "At most 1 character" },
  /* What there are no words for is said in the server's. */
  { GUICHET_FIELD_TEXT, NO_MIN, NO_MAX, "outOfRange", "as the server says" },
  { GUICHET_FIELD_TEXT, NO_MIN, NO_MAX, "invalidInput", "as the server says" },
  { GUICHET_FIELD_DATE, NO_MIN, NO_MAX, "somethingNew", "as the server says" },
};

static void
test_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GuichetField field = { .type = cases[i].type,
                                   .min = cases[i].min,
                                   .max = cases[i].max };
      g_autoptr (GuichetIssue) issue =
          guichet_issue_new (cases[i].issue, "answers.x", "as the server says");
      g_autofree char *words = guichet_issue_words (issue, &field);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_nothing_said (void)
{
  const GuichetField field = { .type = GUICHET_FIELD_TEXT, .min = NO_MIN, .max = NO_MAX };
  g_autoptr (GuichetIssue) issue = guichet_issue_new ("somethingNew", "answers.x", NULL);
  g_autofree char *words = guichet_issue_words (issue, &field);

  g_assert_cmpstr (words, ==, "The server does not accept this.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/issue-words/words", test_words);
  g_test_add_func ("/app/issue-words/nothing-said", test_nothing_said);
  return g_test_run ();
}
