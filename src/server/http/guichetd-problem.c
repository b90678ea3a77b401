/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Problems as RFC 9457 and the Belgif guide write them.
 */
#define G_LOG_DOMAIN "guichetd-problem"

#include "config.h"

#include "guichetd-problem.h"

#include "guichet-event.h"
#include "guichet-json-reader.h"
#include "guichetd-problem-table.h"

#include <string.h>

static const GuichetdProblemLine *
line_of (GuichetdProblem problem)
{
  g_assert (problem < guichetd_n_problem_lines);
  return &guichetd_problem_lines[problem];
}

static const char *
word_of (GuichetdProblem problem)
{
  const GuichetdProblemLine *line = line_of (problem);

  if (line->word != NULL)
    return line->word;
  return guichet_enum_word (GUICHET_TYPE_REFUSAL, (int) problem - GUICHETD_PROBLEM_REFUSAL);
}

static const GuichetdIssueLine *
issue_line_of (const char *word)
{
  for (const GuichetdIssueLine *line = guichetd_issue_lines; line->word != NULL; line++)
    if (g_strcmp0 (line->word, word) == 0)
      return line;
  return NULL;
}

static void
write_issue (GuichetJsonWriter *writer,
             const GuichetIssue *issue,
             const char *in,
             GuichetLanguage language)
{
  const GuichetdIssueLine *line = issue_line_of (issue->type);
  gboolean standard = line != NULL && line->standard;
  g_autofree char *type = g_strconcat (standard ? "urn:problem-type:belgif:input-validation:"
                                                : "urn:problem-type:belgif-ext:input-validation:",
                                       issue->type,
                                       NULL);

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "type", type);
  guichet_json_writer_string (writer, "title", issue->detail);
  guichet_json_writer_string (writer,
                              "detail",
                              line != NULL ? line->detail[language] : issue->detail);
  guichet_json_writer_string (writer, "in", in);
  guichet_json_writer_string (writer, "name", issue->name);
  guichet_json_writer_end_object (writer);
}

static void
write_changes (GuichetJsonWriter *writer, const GuichetdProblemDetails *details)
{
  if (details->changes == NULL && details->account_changes == NULL)
    return;

  guichet_json_writer_begin_array (writer, "changes");
  for (guint i = 0; details->changes != NULL && i < details->changes->len; i++)
    guichet_event_write (g_ptr_array_index (details->changes, i), writer, NULL);
  for (guint i = 0; details->account_changes != NULL && i < details->account_changes->len; i++)
    guichet_account_event_write_header (g_ptr_array_index (details->account_changes, i),
                                        writer,
                                        NULL);
  guichet_json_writer_end_array (writer);
}

static void
write_details (GuichetJsonWriter *writer,
               const GuichetdProblemDetails *details,
               GuichetLanguage language)
{
  if (details->limit > 0)
    guichet_json_writer_integer (writer, "limit", details->limit);
  if (details->retry_after > 0)
    guichet_json_writer_integer (writer, "retryAfterSec", details->retry_after);

  if (details->issues != NULL && details->issues->len > 0)
    {
      guichet_json_writer_begin_array (writer, "issues");
      for (guint i = 0; i < details->issues->len; i++)
        write_issue (writer,
                     g_ptr_array_index (details->issues, i),
                     details->in != NULL ? details->in : "body",
                     language);
      guichet_json_writer_end_array (writer);
    }

  guichet_json_writer_string (writer, "account", details->account);
  write_changes (writer, details);
}

/* "nl-BE" is Dutch. */
static gboolean
language_of_tag (const char *tag, gsize length, GuichetLanguage *ret_language)
{
  char primary[3];
  int value;

  if (length < 2 || (length > 2 && tag[2] != '-'))
    return FALSE;
  primary[0] = g_ascii_tolower (tag[0]);
  primary[1] = g_ascii_tolower (tag[1]);
  primary[2] = '\0';
  if (!guichet_enum_value (GUICHET_TYPE_LANGUAGE, primary, &value))
    return FALSE;
  *ret_language = (GuichetLanguage) value;
  return TRUE;
}

/* Weight in thousandths, from what follows a tag: "; q=0.8". */
static guint
weight_of (const char *parameters, gsize length)
{
  const char *q = g_strstr_len (parameters, (gssize) length, "q=");
  const char *end = parameters + length;
  guint weight = 0;
  guint unit = 1000;

  if (q == NULL)
    return 1000;

  for (q += 2; q < end && unit > 0 && (g_ascii_isdigit (*q) || *q == '.'); q++)
    {
      if (*q == '.')
        continue;
      weight += (guint) g_ascii_digit_value (*q) * unit;
      unit /= 10;
    }
  return MIN (weight, 1000);
}

GuichetdProblem
guichetd_problem_of_refusal (GuichetRefusal refusal)
{
  g_assert ((guint) GUICHETD_PROBLEM_REFUSAL + refusal < guichetd_n_problem_lines);
  return (GuichetdProblem) (GUICHETD_PROBLEM_REFUSAL + (int) refusal);
}

guint
guichetd_problem_status (GuichetdProblem self)
{
  return line_of (self)->status;
}

const char *
guichetd_problem_title (GuichetdProblem self)
{
  return line_of (self)->title;
}

char *
guichetd_problem_type (GuichetdProblem self)
{
  return g_strconcat (line_of (self)->standard ? "urn:problem-type:belgif:"
                                               : "urn:problem-type:mons:eguichet:",
                      word_of (self),
                      NULL);
}

GBytes *
guichetd_problem_write (GuichetdProblem self,
                        GuichetLanguage language,
                        const char *trace,
                        const GuichetdProblemDetails *details)
{
  const GuichetdProblemLine *line = line_of (self);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autofree char *type = guichetd_problem_type (self);
  g_autofree char *instance = g_strconcat ("urn:uuid:", trace, NULL);

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "type", type);
  guichet_json_writer_string (writer, "title", line->title);
  guichet_json_writer_integer (writer, "status", line->status);
  guichet_json_writer_string (writer, "detail", line->detail[language]);
  guichet_json_writer_string (writer, "instance", instance);
  if (details != NULL)
    write_details (writer, details, language);
  guichet_json_writer_end_object (writer);
  return guichet_json_writer_end (writer);
}

GuichetLanguage
guichetd_problem_language (const char *accept)
{
  GuichetLanguage best = GUICHET_LANGUAGE_FR;
  guint best_weight = 0;

  for (const char *p = accept; p != NULL && *p != '\0';)
    {
      gsize length = strcspn (p, ",");
      gsize blank = strspn (p, " \t");
      GuichetLanguage language;

      if (blank < length)
        {
          gsize tag = MIN (strcspn (p + blank, "; \t,"), length - blank);
          guint weight = weight_of (p + blank + tag, length - blank - tag);

          if (weight > best_weight && language_of_tag (p + blank, tag, &language))
            {
              best = language;
              best_weight = weight;
            }
        }
      p += length;
      p += *p == ',' ? 1 : 0;
    }
  return best;
}
