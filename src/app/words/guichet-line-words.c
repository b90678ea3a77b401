/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A queue line in words.
 */
#define G_LOG_DOMAIN "guichet-line-words"

#include "config.h"

#include "guichet-line-words.h"
#include "guichet-date-words.h"
#include "guichet-enum-words.h"
#include "guichet-locale.h"

#include <glib/gi18n.h>

/* So many days before its date a request asks for attention. */
#define SOON_DAYS 2

GuichetUrgency
guichet_line_words_urgency (const GuichetLine *self, GuichetDay today, guint late_days)
{
  /* Late does not hide behind on hold: a term that had passed before stays passed. */
  if (late_days > 0)
    return GUICHET_URGENCY_LATE;
  if (self->stopped)
    return GUICHET_URGENCY_STOPPED;
  if (self->due == GUICHET_DAY_NONE || self->due - today > SOON_DAYS)
    return GUICHET_URGENCY_NONE;
  return GUICHET_URGENCY_SOON;
}

char *
guichet_line_words_due (const GuichetLine *self, GuichetDay today, guint late_days)
{
  if (late_days > 0)
    return g_strdup_printf (ngettext ("%u day late", "%u days late", late_days), late_days);
  if (self->stopped)
    /* Translators: the clock of a deadline stands still. */
    return g_strdup (C_ ("deadline", "on hold"));
  if (self->due == GUICHET_DAY_NONE)
    return g_strdup ("");
  return guichet_date_words_distance (self->due, today);
}

const char *
guichet_line_words_procedure (const GuichetLine *self, const GuichetCatalogue *catalogue)
{
  const GuichetProcedure *procedure =
      catalogue != NULL ? guichet_catalogue_find (catalogue, self->procedure) : NULL;

  if (procedure == NULL)
    return self->procedure;
  return guichet_localized_get (&procedure->names, guichet_locale_language ());
}

static const char *
stage_name (const GuichetLine *self, const GuichetCatalogue *catalogue)
{
  const GuichetProcedure *procedure =
      catalogue != NULL ? guichet_catalogue_find (catalogue, self->procedure) : NULL;
  const GuichetStage *stage =
      procedure != NULL ? guichet_procedure_find_stage (procedure, self->stage) : NULL;

  if (stage == NULL)
    return guichet_enum_words_phase (self->phase);
  return guichet_localized_get (&stage->names, guichet_locale_language ());
}

char *
guichet_line_words_stage (const GuichetLine *self, const GuichetCatalogue *catalogue)
{
  const char *stage = stage_name (self, catalogue);

  if (self->blocker == GUICHET_BLOCKER_NONE)
    return g_strdup (stage);
  /* Translators: %1$s is a stage, %2$s whom one waits for: "Being checked · blocked: Police". */
  return g_strdup_printf (_ ("%1$s · blocked: %2$s"),
                             stage,
                             guichet_enum_words_blocker (self->blocker));
}

const char *
guichet_line_words_assignee (const GuichetLine *self)
{
  if (self->assignee_name != NULL)
    return self->assignee_name;
  return self->assignee != NULL ? self->assignee : "";
}

static void
append_part (GString *text, const char *part)
{
  if (part == NULL || part[0] == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, part);
}

static char *
spoken_due (const GuichetLine *self, GuichetDay today, guint late_days)
{
  g_autofree char *due = guichet_line_words_due (self, today, late_days);

  if (due[0] == '\0' || late_days > 0 || self->stopped)
    return g_steal_pointer (&due);
  /* Translators: %s is "today", "tomorrow", "in 3 days". */
  return g_strdup_printf (_ ("due %s"), due);
}

char *
guichet_line_words_spoken (const GuichetLine *self,
                           const GuichetCatalogue *catalogue,
                           GuichetDay today,
                           guint late_days,
                           gboolean changed,
                           gboolean pending)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *stage = guichet_line_words_stage (self, catalogue);
  g_autofree char *due = spoken_due (self, today, late_days);

  append_part (text, guichet_line_words_procedure (self, catalogue));
  append_part (text, self->citizen);
  append_part (text, stage);
  append_part (text, due);
  append_part (text, self->assignee != NULL ? guichet_line_words_assignee (self) : _ ("nobody’s"));
  if (changed)
    append_part (text, _ ("something new"));
  if (pending)
    append_part (text, _ ("an action of yours is on its way"));
  if (self->delivery_failed)
    append_part (text, _ ("the last e-mail did not arrive"));
  append_part (text, self->reference);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
