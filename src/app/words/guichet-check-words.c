/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the history says of a card that was read.
 */
#define G_LOG_DOMAIN "guichet-check-words"

#include "config.h"

#include "guichet-check-words.h"
#include "guichet-enum-words.h"
#include "guichet-verdict-words.h"

#include <glib/gi18n.h>

/* What a card and a request may say differently; the words are those of the check. */
/* clang-format off */
static const struct
{
  const char *word;
  const char *name;
} data[] = {
  { "niss", NC_ ("datum", "national number") },
  { "familyName", NC_ ("datum", "family name") },
  { "givenNames", NC_ ("datum", "given names") },
  { "birthDate", NC_ ("datum", "date of birth") },
  { "street", NC_ ("datum", "street and number") },
  { "postcode", NC_ ("datum", "postcode") },
  { "locality", NC_ ("datum", "locality") },
};
/* clang-format on */

static char *
method_line (const GuichetIdentityCheck *check)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const char *method = guichet_enum_words_method (check->method);

  for (guint i = 0; check->differs[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (data); j++)
      if (g_str_equal (check->differs[i], data[j].word))
        g_string_append_printf (names,
                                "%s%s",
                                names->len > 0 ? ", " : "",
                                g_dpgettext2 (NULL, "datum", data[j].name));
  if (names->len == 0)
    return g_strdup (method);
  /* Translators: %1$s is a sentence, %2$s names of data: "family name, postcode". */
  return g_strdup_printf (_ ("%1$s Not the same on card and request: %2$s."), method, names->str);
}

/* As the library has it, so that it is said in the same words as of a card in the reader. */

static gboolean
find_word (GType type, const char *word, int *ret_value)
{
  GEnumClass *class = g_type_class_ref (type);
  const GEnumValue *found = word != NULL ? g_enum_get_value_by_nick (class, word) : NULL;

  if (found != NULL)
    *ret_value = found->value;
  g_type_class_unref (class);
  return found != NULL;
}

static void
add_verdict (EidReport *report, const GuichetVerdict *verdict)
{
  int kind, severity, file = EID_NO_FILE, cause = EID_CAUSE_NONE;
  int year, month, day;

  /* A server that is newer than this desk may know of more. */
  if (!find_word (EID_TYPE_VERDICT_KIND, verdict->kind, &kind) ||
      !find_word (EID_TYPE_SEVERITY, verdict->severity, &severity))
    return;
  find_word (EID_TYPE_FILE, verdict->file, &file);
  find_word (EID_TYPE_CAUSE, verdict->cause, &cause);
  eid_report_add_as (report,
                     (EidVerdictKind) kind,
                     (EidSeverity) severity,
                     file,
                     "%s",
                     verdict->detail);
  eid_report_set_cause (report, (EidCause) cause);
  if (verdict->day == GUICHET_DAY_NONE)
    return;
  guichet_day_split (verdict->day, &year, &month, &day);
  eid_report_set_day (report, (EidDate){ (guint16) year, (guint8) month, (guint8) day });
}

/* Not what speaks for the card; and that it may be a copy is said by how it was verified. */
static gboolean
is_told (const EidVerdict *verdict)
{
  return verdict->severity != EID_SEVERITY_GOOD && verdict->kind != EID_VERDICT_PIN_NOT_ASKED &&
         (verdict->kind != EID_VERDICT_PRESENCE_NOT_PROVED ||
          verdict->severity != EID_SEVERITY_CAUTION);
}

static void
append_line (GString *text, EidReport *report, const EidVerdict *verdict)
{
  const GuichetVerdictWords words = guichet_verdict_words (verdict);
  g_autofree char *title = guichet_verdict_words_title (report, verdict);
  g_autofree char *fact = guichet_verdict_words_fact (verdict);

  if (title == NULL)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: how much a verdict weighs, and the verdict: "Warning: The card was revoked." */
  g_string_append_printf (text, _ ("%1$s: %2$s."), words.weight, title);
  if (fact != NULL)
    g_string_append_printf (text, " %s", fact);
}

char *
guichet_check_words_detail (const GuichetIdentityCheck *check)
{
  g_autoptr (EidReport) report = eid_report_new ();
  g_autofree char *method = method_line (check);
  g_autoptr (GString) text = g_string_new (method);

  for (guint i = 0; i < check->verdicts->len; i++)
    add_verdict (report, g_ptr_array_index (check->verdicts, i));
  for (guint i = 0; i < eid_report_get_size (report); i++)
    if (is_told (eid_report_get (report, i)))
      append_line (text, report, eid_report_get (report, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
