/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Queue lines as rows of the mirror: the one place that knows which member is which column.
 */
#define G_LOG_DOMAIN "guichet-mirror-line"

#include "config.h"

#include "guichet-fold.h"
#include "guichet-mirror-line.h"

GuichetPlace
guichet_place_of_line (const GuichetLine *line, const char *login, GuichetDay today)
{
  GuichetPlace place = { line->department, line->phase != GUICHET_PHASE_CLOSED };

  if (!place.open)
    return place;

  if (line->assignee == NULL)
    {
      if (line->phase == GUICHET_PHASE_RECEIVED || line->phase == GUICHET_PHASE_PROCESSING)
        place.owner = GUICHET_OWNER_NOBODY;
    }
  else if (g_str_equal (line->assignee, login))
    place.owner = GUICHET_OWNER_ME;

  place.for_citizen = line->phase == GUICHET_PHASE_WAITING;
  place.late = line->due != GUICHET_DAY_NONE && line->due < today;
  return place;
}

GuichetPlace
guichet_place_read (GuichetStatement *statement)
{
  GuichetPlace place = { 0 };

  place.department = (GuichetDepartment) guichet_statement_integer (statement, "department");
  place.open = guichet_statement_integer (statement, "open") != 0;
  place.owner = (int) guichet_statement_integer (statement, "owner");
  place.for_citizen = guichet_statement_integer (statement, "for_citizen") != 0;
  place.late = guichet_statement_integer (statement, "late") != 0;
  return place;
}

gboolean
guichet_place_is_in (const GuichetPlace *self, GuichetView view)
{
  switch (view)
    {
    case GUICHET_VIEW_MINE:
      return self->owner == GUICHET_OWNER_ME;
    case GUICHET_VIEW_TO_TAKE:
      return self->owner == GUICHET_OWNER_NOBODY;
    case GUICHET_VIEW_WAITING:
      return self->for_citizen;
    case GUICHET_VIEW_LATE:
      return self->late;
    case GUICHET_VIEW_ALL:
      return self->open;
    case GUICHET_VIEW_CLOSED:
      return !self->open;
    default:
      g_return_val_if_reached (FALSE);
    }
}

const char *
guichet_mirror_line_citizen (const GuichetLine *line)
{
  return line->citizen != NULL ? line->citizen : "";
}

/* The way that requests go: by phase, then by the stage's code. */
static char *
stage_key (const GuichetLine *line)
{
  return g_strdup_printf ("%d%s", (int) line->phase, line->stage);
}

static char *
assignee_key (const GuichetLine *line)
{
  if (line->assignee_name != NULL)
    return guichet_fold (line->assignee_name);
  return g_strdup (line->assignee != NULL ? line->assignee : "");
}

static void
bind_place (GuichetStatement *statement, const GuichetPlace *place)
{
  guichet_statement_bind_integer (statement, "open", place->open);
  if (place->owner == GUICHET_OWNER_OTHER)
    guichet_statement_bind_null (statement, "owner");
  else
    guichet_statement_bind_integer (statement, "owner", place->owner);
  guichet_statement_bind_integer (statement, "for_citizen", place->for_citizen);
  guichet_statement_bind_integer (statement, "late", place->late);
}

static void
bind_keys (GuichetStatement *statement, const GuichetLine *line)
{
  g_autofree char *citizen = guichet_fold (guichet_mirror_line_citizen (line));
  g_autofree char *stage = stage_key (line);
  g_autofree char *assignee = assignee_key (line);

  guichet_statement_bind_integer (statement,
                                  "due_key",
                                  line->due != GUICHET_DAY_NONE ? line->due : GUICHET_DUE_NONE);
  guichet_statement_bind_text (statement, "citizen_key", citizen);
  guichet_statement_bind_text (statement, "stage_key", stage);
  guichet_statement_bind_text (statement, "assignee_key", assignee);
}

void
guichet_mirror_line_bind (GuichetStatement *statement,
                          const GuichetLine *line,
                          const GuichetPlace *place,
                          gint64 news)
{
  guichet_statement_bind_text (statement, "procedure", line->procedure);
  guichet_statement_bind_integer (statement, "department", line->department);
  guichet_statement_bind_text (statement, "citizen", guichet_mirror_line_citizen (line));
  guichet_statement_bind_text (statement, "stage", line->stage);
  guichet_statement_bind_integer (statement, "phase", line->phase);
  guichet_statement_bind_integer (statement, "waiting", line->waiting);
  guichet_statement_bind_integer (statement, "blocker", line->blocker);
  guichet_statement_bind_integer (statement, "result", line->result);
  guichet_statement_bind_text (statement, "assignee", line->assignee);
  guichet_statement_bind_text (statement, "assignee_name", line->assignee_name);
  guichet_statement_bind_integer (statement, "language", line->language);
  guichet_statement_bind_integer (statement, "channel", line->channel);
  guichet_statement_bind_integer (statement, "received", line->received);
  if (line->legal_due == GUICHET_DAY_NONE)
    guichet_statement_bind_null (statement, "legal_due");
  else
    guichet_statement_bind_integer (statement, "legal_due", line->legal_due);
  guichet_statement_bind_integer (statement, "stopped", line->stopped);
  guichet_statement_bind_integer (statement, "delivery_failed", line->delivery_failed);
  guichet_statement_bind_integer (statement, "version", line->version);
  guichet_statement_bind_integer (statement, "last_event", line->last_event);
  guichet_statement_bind_integer (statement, "last_kind", line->last_kind);
  guichet_statement_bind_text (statement, "last_actor", line->last_actor);
  guichet_statement_bind_integer (statement, "last_instant", line->last_instant);
  guichet_statement_bind_integer (statement, "news", news);
  bind_place (statement, place);
  bind_keys (statement, line);
}

GuichetLine *
guichet_mirror_line_read (GuichetStatement *statement, gboolean *ret_changed)
{
  GuichetLine *line = guichet_line_new ();
  const gint64 due = guichet_statement_integer (statement, "due_key");

  line->reference = g_strdup (guichet_statement_text (statement, "reference"));
  line->procedure = g_strdup (guichet_statement_text (statement, "procedure"));
  line->department = (GuichetDepartment) guichet_statement_integer (statement, "department");
  line->citizen = g_strdup (guichet_statement_text (statement, "citizen"));
  line->stage = g_strdup (guichet_statement_text (statement, "stage"));
  line->phase = (GuichetPhase) guichet_statement_integer (statement, "phase");
  line->waiting = (GuichetWaiting) guichet_statement_integer (statement, "waiting");
  line->blocker = (GuichetBlocker) guichet_statement_integer (statement, "blocker");
  line->result = (GuichetResult) guichet_statement_integer (statement, "result");
  line->assignee = g_strdup (guichet_statement_text (statement, "assignee"));
  line->assignee_name = g_strdup (guichet_statement_text (statement, "assignee_name"));
  line->language = (GuichetLanguage) guichet_statement_integer (statement, "language");
  line->channel = (GuichetChannel) guichet_statement_integer (statement, "channel");
  line->received = guichet_statement_integer (statement, "received");
  line->due = due != GUICHET_DUE_NONE ? (GuichetDay) due : GUICHET_DAY_NONE;
  line->legal_due = guichet_statement_is_null (statement, "legal_due")
                        ? GUICHET_DAY_NONE
                        : (GuichetDay) guichet_statement_integer (statement, "legal_due");
  line->stopped = guichet_statement_integer (statement, "stopped") != 0;
  line->delivery_failed = guichet_statement_integer (statement, "delivery_failed") != 0;
  line->version = guichet_statement_integer (statement, "version");
  line->last_event = guichet_statement_integer (statement, "last_event");
  line->last_kind = (GuichetEventKind) guichet_statement_integer (statement, "last_kind");
  line->last_actor = g_strdup (guichet_statement_text (statement, "last_actor"));
  line->last_instant = guichet_statement_integer (statement, "last_instant");

  *ret_changed =
      !guichet_statement_is_null (statement, "seen") &&
      guichet_statement_integer (statement, "news") > guichet_statement_integer (statement, "seen");
  return line;
}
