/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether stages and moves lead a request from its arrival to an end with a result.
 */
#define G_LOG_DOMAIN "guichet-catalogue-flow"

#include "config.h"

#include "guichet-catalogue-private.h"

typedef struct
{
  GuichetReport *report;
  const char *file;
  GPtrArray *stages;
} Flow;

static const GuichetStage *
stage_at (const Flow *self, guint index)
{
  return g_ptr_array_index (self->stages, index);
}

/* G_MAXUINT if there is none. */
static guint
index_of (const Flow *self, const char *code)
{
  for (guint i = 0; i < self->stages->len; i++)
    if (g_str_equal (stage_at (self, i)->code, code))
      return i;
  return G_MAXUINT;
}

static void fault (const Flow *self, guint stage, const char *member, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
fault (const Flow *self, guint stage, const char *member, const char *format, ...)
{
  g_autofree char *pointer =
      g_strdup_printf ("/stages/%u%s%s", stage, *member != '\0' ? "/" : "", member);
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start (arguments, format);
  cause = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  guichet_report_add (self->report, self->file, pointer, "%s", cause);
}

static gboolean
is_over (const GuichetStage *stage)
{
  return stage->phase == GUICHET_PHASE_DECIDED || stage->phase == GUICHET_PHASE_CLOSED;
}

static void
check_stage (const Flow *self, guint index)
{
  const GuichetStage *stage = stage_at (self, index);

  if (index_of (self, stage->code) != index)
    fault (self, index, "code", "\"%s\" stands here twice", stage->code);
  if (index == 0 && stage->phase != GUICHET_PHASE_RECEIVED)
    fault (self, index, "phase", "the first stage must be \"received\"");
  if (stage->phase == GUICHET_PHASE_WAITING && stage->waiting == GUICHET_WAITING_NONE)
    fault (self, index, "waiting", "is missing: a waiting stage says why");
  if (stage->phase != GUICHET_PHASE_WAITING && stage->waiting != GUICHET_WAITING_NONE)
    fault (self, index, "waiting", "only a stage with phase \"waiting\" has one");
  if (stage->phase != GUICHET_PHASE_PROCESSING && stage->blocker != GUICHET_BLOCKER_NONE)
    fault (self, index, "blocker", "only a stage with phase \"processing\" has one");
  if (stage->result != GUICHET_RESULT_NONE &&
      (stage->phase == GUICHET_PHASE_RECEIVED || stage->phase == GUICHET_PHASE_PROCESSING))
    fault (self, index, "result", "what is still worked on has none");
}

static void
check_target (const Flow *self, guint index, const GuichetMove *move, const char *place)
{
  g_autofree char *to = g_strconcat (place, "/to", NULL);
  const GuichetStage *stage = stage_at (self, index);
  guint target = index_of (self, move->to);

  if (target == G_MAXUINT)
    fault (self, index, to, "there is no stage \"%s\"", move->to);
  else if (target == index)
    fault (self, index, to, "leads to the stage where it begins");
  else if (guichet_stage_find_move (stage, move->to) != move)
    fault (self, index, to, "there are two moves to \"%s\"", move->to);
}

static void
check_move (const Flow *self, guint index, guint position)
{
  g_autofree char *place = g_strdup_printf ("moves/%u", position);
  g_autofree char *needs = g_strconcat (place, "/needs", NULL);
  g_autofree char *text = g_strconcat (place, "/text", NULL);
  const GuichetStage *stage = stage_at (self, index);
  const GuichetMove *move = g_ptr_array_index (stage->moves, position);
  guint target = index_of (self, move->to);
  gboolean reopens = is_over (stage) && target != G_MAXUINT && !is_over (stage_at (self, target));

  check_target (self, index, move, place);

  if (stage->phase == GUICHET_PHASE_CLOSED && move->needs != GUICHET_CAN_REOPEN)
    fault (self, index, needs, "only \"reopen\" leads out of a closed stage");
  if (move->needs == GUICHET_CAN_REOPEN && target != G_MAXUINT && !reopens)
    fault (self,
           index,
           needs,
           "\"reopen\" leads from a decided or closed stage to one that is neither");

  if (move->notify == GUICHET_NOTIFY_NEVER && move->text != NULL)
    fault (self, index, text, "means nothing: notify is \"never\"");
  if (move->notify != GUICHET_NOTIFY_NEVER && move->text == NULL)
    fault (self, index, text, "is missing: the citizen is to be told");
}

static void
mark_from (const Flow *self, guint index, gboolean *reached)
{
  const GuichetStage *stage = stage_at (self, index);

  if (reached[index])
    return;

  reached[index] = TRUE;
  for (guint i = 0; i < stage->moves->len; i++)
    {
      const GuichetMove *move = g_ptr_array_index (stage->moves, i);
      guint target = index_of (self, move->to);

      if (target != G_MAXUINT)
        mark_from (self, target, reached);
    }
}

static void
check_reached (const Flow *self)
{
  g_autofree gboolean *reached = g_new0 (gboolean, self->stages->len);

  mark_from (self, 0, reached);
  for (guint i = 0; i < self->stages->len; i++)
    if (!reached[i])
      fault (self, i, "", "\"%s\" cannot be reached", stage_at (self, i)->code);
}

/* Spreads a mark backwards along the moves; TRUE if it came to a stage that had none. */
static gboolean
spread_back (const Flow *self, gboolean *marked)
{
  gboolean spread = FALSE;

  for (guint i = 0; i < self->stages->len; i++)
    {
      const GuichetStage *stage = stage_at (self, i);

      for (guint j = 0; !marked[i] && j < stage->moves->len; j++)
        {
          const GuichetMove *move = g_ptr_array_index (stage->moves, j);
          guint target = index_of (self, move->to);

          if (target != G_MAXUINT && marked[target])
            marked[i] = spread = TRUE;
        }
    }
  return spread;
}

static void
check_ends (const Flow *self)
{
  g_autofree gboolean *ends = g_new0 (gboolean, self->stages->len);

  for (guint i = 0; i < self->stages->len; i++)
    ends[i] = stage_at (self, i)->phase == GUICHET_PHASE_CLOSED;
  while (spread_back (self, ends))
    ;
  for (guint i = 0; i < self->stages->len; i++)
    if (!ends[i])
      fault (self, i, "", "from \"%s\" no way leads to a closed stage", stage_at (self, i)->code);
}

/*
 * Spreads "may be here without a result" forwards along the moves; @from says from where
 * it came to each stage.
 */
static gboolean
spread_without_result (const Flow *self, gboolean *without, guint *from)
{
  gboolean spread = FALSE;

  for (guint i = 0; i < self->stages->len; i++)
    {
      const GuichetStage *stage = stage_at (self, i);

      for (guint j = 0; without[i] && j < stage->moves->len; j++)
        {
          const GuichetMove *move = g_ptr_array_index (stage->moves, j);
          guint target = index_of (self, move->to);

          if (target == G_MAXUINT || without[target] ||
              stage_at (self, target)->result != GUICHET_RESULT_NONE)
            continue;
          without[target] = spread = TRUE;
          from[target] = i;
        }
    }
  return spread;
}

static void
check_results (const Flow *self)
{
  g_autofree gboolean *without = g_new0 (gboolean, self->stages->len);
  g_autofree guint *from = g_new0 (guint, self->stages->len);

  for (guint i = 0; i < self->stages->len; i++)
    without[i] = stage_at (self, i)->result == GUICHET_RESULT_NONE &&
                 !guichet_stage_keeps_result (stage_at (self, i));
  while (spread_without_result (self, without, from))
    ;
  for (guint i = 0; i < self->stages->len; i++)
    if (without[i] && is_over (stage_at (self, i)))
      fault (self,
             i,
             "result",
             "is missing: \"%s\" can be reached from \"%s\" without any",
             stage_at (self, i)->code,
             stage_at (self, from[i])->code);
}

void
guichet_catalogue_check_flow (GuichetReport *report, const char *file, GPtrArray *stages)
{
  const Flow self = { .report = report, .file = file, .stages = stages };

  if (stages->len == 0)
    {
      guichet_report_add (report, file, "/stages", "there is no stage");
      return;
    }

  for (guint i = 0; i < stages->len; i++)
    {
      check_stage (&self, i);
      for (guint j = 0; j < stage_at (&self, i)->moves->len; j++)
        check_move (&self, i, j);
    }
  check_reached (&self);
  check_ends (&self);
  check_results (&self);
}
