/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sample requests that live as real ones do.
 *
 * Every request is a life with a next step and the instant of it; the earliest step of all is
 * done, over and over, until now. So the journal is in the order of time, and what is there at
 * the end is what a department has on its desks: new ones, some in work, some that wait, some late.
 */
#define G_LOG_DOMAIN "guichet-sample"

#include "config.h"

#include "guichet-sample.h"

#include "guichet-sample-answers.h"
#include "guichet-sample-names.h"
#include "guichet-sample-person.h"
#include "guichetd-mail-queue.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define DAY (24 * HOUR)
#define OPENS 8
#define CLOSES 17

/* Deposits that wait for their flush together, when there is nothing but deposits. */
#define WINDOW 512

/* One request on its way. */
typedef struct
{
  const GuichetProcedure *procedure;
  char *reference; /* (nullable): not deposited yet */
  const GuichetStage *stage;
  gint64 version;
  GuichetClerk *owner; /* (nullable) */
  gboolean has_document;
  gint64 verified; /* instant of the last check of identity, or 0 */
  gint64 next;     /* instant of the next step */
} Life;

typedef struct
{
  /* Input */
  GuichetdStore *store;
  GuichetdEngine *engine;
  GuichetClock *clock;
  GPtrArray *staff;
  GTimeZone *zone;
  const GuichetSampleOptions *options;
  /* In progress */
  GRand *random;
  GSequence *lives; /* of Life, by next step */
  guint64 serial;   /* of keys */
  guint waiting;    /* deposits without an answer yet */
  GError *failure;  /* (owned) (nullable): of the first that failed */
} Sample;

static void
life_free (gpointer data)
{
  Life *life = data;

  g_free (life->reference);
  g_free (life);
}

static int
compare_lives (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Life *first = a;
  const Life *second = b;

  return first->next < second->next ? -1 : first->next > second->next;
}

static gboolean
chance (Sample *sample, double probability)
{
  return g_rand_double (sample->random) < probability;
}

/* Moves an instant to when somebody is in the office. */
static gint64
in_office (Sample *sample, gint64 instant)
{
  const GuichetCalendar *calendar =
      guichet_catalogue_calendar (guichetd_engine_get_catalogue (sample->engine));
  GuichetDay day = guichet_day_of_instant (instant, sample->zone);
  gint64 of_day = instant - guichet_day_start (day, sample->zone);

  if (!guichet_calendar_is_working (calendar, day) || of_day > CLOSES * HOUR)
    {
      day = guichet_calendar_next_working (calendar, day + 1);
      of_day = OPENS * HOUR + (gint64) g_rand_int_range (sample->random, 0, 3600) * G_USEC_PER_SEC;
    }
  else if (of_day < OPENS * HOUR)
    of_day = OPENS * HOUR + (gint64) g_rand_int_range (sample->random, 0, 3600) * G_USEC_PER_SEC;
  return guichet_day_start (day, sample->zone) + of_day;
}

static gint64
after (Sample *sample, gint64 instant, double least_hours, double most_hours)
{
  double hours = g_rand_double_range (sample->random, least_hours, most_hours);

  return in_office (sample, instant + (gint64) (hours * (double) HOUR));
}

/* Keys are made of the seed, so that a run can be repeated. */
static GuichetCommand *
new_command (Sample *sample, GuichetCommandKind kind, const Life *life)
{
  GuichetCommand *command = guichet_command_new (kind);

  g_free (command->key);
  command->key = g_strdup_printf ("%08x-0000-4000-8000-%012" G_GINT64_MODIFIER "x",
                                  sample->options->seed,
                                  ++sample->serial);
  if (life->reference != NULL)
    {
      command->reference = g_strdup (life->reference);
      command->expected_version = life->version;
    }
  return command;
}

static gboolean
give (Sample *sample, Life *life, GuichetClerk *actor, GuichetCommand *command, GError **error)
{
  g_autoptr (GuichetdReceipt) receipt = NULL;
  GuichetdRefused refused = { 0 };

  receipt = guichetd_engine_command (sample->engine, actor, command, &refused, error);
  if (receipt == NULL)
    {
      const GuichetIssue *issue = refused.issues != NULL && refused.issues->len > 0
                                      ? g_ptr_array_index (refused.issues, 0)
                                      : NULL;

      g_prefix_error (error,
                      "%s: %s%s%s%s: ",
                      life->procedure->code,
                      guichet_enum_word (GUICHET_TYPE_COMMAND_KIND, command->kind),
                      issue != NULL ? " " : "",
                      issue != NULL ? issue->name : "",
                      issue != NULL ? issue->detail : "");
      guichetd_refused_clear (&refused);
      return FALSE;
    }

  if (life->reference == NULL)
    life->reference = g_strdup (receipt->reference);
  life->version = receipt->version;
  return TRUE;
}

static GuichetEventKind
pick_fate (Sample *sample)
{
  return chance (sample, 0.97) ? GUICHET_EVENT_NOTIFICATION_SENT
                               : GUICHET_EVENT_NOTIFICATION_FAILED;
}

/* Takes everything that waits to be sent. */
static gboolean
claim_work (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GPtrArray **items = data;

  *items = guichetd_mail_queue_claim (db, G_MAXINT64, G_MAXINT64, G_MAXINT, error);
  return *items != NULL;
}

/* What was queued for this citizen is sent a moment later: nothing waits when the sample is made. */
static gboolean
send_mail (Sample *sample, Life *life, GError **error)
{
  g_autoptr (GPtrArray) due = NULL;

  if (!guichetd_store_write (sample->store, claim_work, &due, error))
    return FALSE;

  for (guint i = 0; i < due->len; i++)
    {
      const GuichetdMailItem *mail = g_ptr_array_index (due, i);
      g_autoptr (GuichetCommand) command =
          new_command (sample, GUICHET_COMMAND_REPORT_NOTIFICATION, life);

      guichet_clock_set (sample->clock, guichet_clock_now (sample->clock) + 2 * G_USEC_PER_SEC);
      g_free (command->reference);
      command->reference = g_strdup (mail->reference);
      command->expected_version = 0;
      command->notification = g_strdup (mail->notification);
      command->fate = pick_fate (sample);
      if (command->fate == GUICHET_EVENT_NOTIFICATION_FAILED)
        command->detail = g_strdup ("550 5.1.1 Recipient address rejected: user unknown");
      if (!give (sample, life, NULL, command, error))
        return FALSE;
    }
  return TRUE;
}

static GuichetClerk *
pick_clerk (Sample *sample, const GuichetProcedure *procedure, GuichetCapability wanted)
{
  guint start = (guint) g_rand_int_range (sample->random, 0, (gint32) sample->staff->len);

  for (guint i = 0; i < sample->staff->len; i++)
    {
      GuichetClerk *clerk = g_ptr_array_index (sample->staff, (start + i) % sample->staff->len);

      if (guichet_clerk_can (clerk,
                             wanted,
                             procedure->department,
                             procedure->code,
                             procedure->restricted))
        return clerk;
    }
  return NULL;
}

/* Deposit */

static GuichetCommand *
new_deposit (Sample *sample, const Life *life, gboolean counter)
{
  GuichetCommand *command = new_command (sample, GUICHET_COMMAND_SUBMIT, life);
  GuichetDay today = guichet_day_of_instant (life->next, sample->zone);

  command->procedure = g_strdup (life->procedure->code);
  command->channel = counter ? GUICHET_CHANNEL_COUNTER : GUICHET_CHANNEL_WEB;
  command->citizen = guichet_sample_person (sample->random, life->procedure, today);
  if (counter)
    command->citizen->level = GUICHET_LEVEL_COUNTER;
  if (sample->options->deposits_only)
    g_clear_pointer (&command->citizen->email, g_free);
  command->answers =
      guichet_sample_answers (sample->random, life->procedure, command->citizen, today);
  return command;
}

static gboolean
deposit (Sample *sample, Life *life, GError **error)
{
  gboolean counter = chance (sample, 0.2);
  GuichetClerk *actor = pick_clerk (sample, life->procedure, GUICHET_CAN_ENCODE);
  g_autoptr (GuichetCommand) command = new_deposit (sample, life, counter && actor != NULL);

  life->stage = guichet_procedure_first_stage (life->procedure);
  /* The web's deposits are the daemon's own until citizens have accounts. */
  return give (sample, life, counter ? actor : NULL, command, error) &&
         send_mail (sample, life, error);
}

static void
deposited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sample *sample = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetdReceipt) receipt =
      guichetd_engine_command_finish (GUICHETD_ENGINE (source), result, NULL, &error);

  sample->waiting--;
  if (receipt == NULL && sample->failure == NULL)
    sample->failure = g_steal_pointer (&error);
}

/* Deposits that share their flushes, one behind the other into the journal. */
static gboolean
deposit_all (Sample *sample, GuichetSampleProgress progress, gpointer user_data, GError **error)
{
  guint done = 0;

  while (!g_sequence_is_empty (sample->lives) && sample->failure == NULL)
    {
      GSequenceIter *first = g_sequence_get_begin_iter (sample->lives);
      g_autoptr (GuichetCommand) command = new_deposit (sample, g_sequence_get (first), FALSE);

      while (sample->waiting >= WINDOW)
        g_main_context_iteration (NULL, TRUE);
      guichet_clock_set (sample->clock, ((const Life *) g_sequence_get (first))->next);
      sample->waiting++;
      guichetd_engine_command_async (sample->engine, NULL, command, NULL, deposited_cb, sample);
      g_sequence_remove (first);
      progress (++done, sample->options->requests, user_data);
    }
  while (sample->waiting > 0)
    g_main_context_iteration (NULL, TRUE);

  if (sample->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&sample->failure));
  return FALSE;
}

/* Work */

static gboolean
claim (Sample *sample, Life *life, GuichetClerk *clerk, GError **error)
{
  g_autoptr (GuichetCommand) command = new_command (sample, GUICHET_COMMAND_CLAIM, life);

  life->owner = clerk;
  return give (sample, life, clerk, command, error);
}

static gboolean
write_note (Sample *sample, Life *life, GError **error)
{
  g_autoptr (GuichetCommand) command = new_command (sample, GUICHET_COMMAND_NOTE, life);

  command->text = g_strdup (guichet_sample_pick (sample->random, guichet_sample_notes));
  return give (sample, life, life->owner, command, error);
}

/* The smallest page there is: what the register would have printed. */
static GBytes *
new_document (void)
{
  static const char page[] = "%PDF-1.4\n"
                             "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                             "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                             "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
                             "trailer<</Root 1 0 R>>\n%%EOF\n";

  return g_bytes_new_static (page, sizeof page - 1);
}

static gboolean
attach (Sample *sample, Life *life, GError **error)
{
  g_autoptr (GuichetCommand) command = new_command (sample, GUICHET_COMMAND_ATTACH_DOCUMENT, life);

  command->document_name = g_strdup_printf ("%s.pdf", life->procedure->code);
  command->document = new_document ();
  life->has_document = TRUE;
  return give (sample, life, life->owner, command, error);
}

/* The person stands at the counter, and their card says who they are. */
static gboolean
check_identity (Sample *sample, Life *life, GError **error)
{
  g_autoptr (GuichetCommand) command = new_command (sample, GUICHET_COMMAND_CHECK_IDENTITY, life);
  g_autoptr (GuichetIdentityCheck) check = guichet_identity_check_new ();

  check->finding = GUICHET_FINDING_VERIFIED;
  check->method = GUICHET_METHOD_CARD_AND_PIN;
  check->comparison = GUICHET_AGREEMENT_EQUAL;
  guichet_identity_check_add_verdict (check, "genuine", "good", NULL, "sample data");
  guichet_identity_check_add_verdict (check, "pinProved", "good", NULL, "sample data");
  command->challenge = g_strdup (command->key);
  command->check = g_steal_pointer (&check);
  life->verified = guichet_clock_now (sample->clock);
  return give (sample, life, life->owner, command, error);
}

static gboolean
lacks_identity (Sample *sample, const Life *life, const GuichetMove *move)
{
  const GuichetIdentityNeed *need =
      guichet_procedure_find_identity_need (life->procedure, life->stage->code, move->to);

  return need != NULL && guichet_clock_now (sample->clock) - life->verified > need->hours * HOUR;
}

/* How likely a clerk goes that way: most requests end well, few are refused. */
static guint
weight_of (const Life *life, const GuichetMove *move, GuichetClerk *clerk)
{
  const GuichetStage *to = guichet_procedure_find_stage (life->procedure, move->to);

  if (move->needs == GUICHET_CAN_REOPEN || !guichet_clerk_can (clerk,
                                                               move->needs,
                                                               life->procedure->department,
                                                               life->procedure->code,
                                                               life->procedure->restricted))
    return 0;
  switch (to->result)
    {
    case GUICHET_RESULT_ISSUED:
    case GUICHET_RESULT_ACCEPTED:
      return 30;
    case GUICHET_RESULT_NONE:
      return to->phase == GUICHET_PHASE_WAITING ? 4 : 20;
    case GUICHET_RESULT_REFUSED:
    case GUICHET_RESULT_NO_RECORD:
    case GUICHET_RESULT_REDIRECTED:
    case GUICHET_RESULT_WITHDRAWN:
    case GUICHET_RESULT_LAPSED:
    case GUICHET_RESULT_DUPLICATE:
    case GUICHET_RESULT_NOT_ADMISSIBLE:
    default:
      return 2;
    }
}

static const GuichetMove *
pick_move (Sample *sample, const Life *life, GuichetClerk *clerk)
{
  guint sum = 0;
  gint32 at;

  for (guint i = 0; i < life->stage->moves->len; i++)
    sum += weight_of (life, g_ptr_array_index (life->stage->moves, i), clerk);
  if (sum == 0)
    return NULL;

  at = g_rand_int_range (sample->random, 0, (gint32) sum);
  for (guint i = 0; i < life->stage->moves->len; i++)
    {
      const GuichetMove *move = g_ptr_array_index (life->stage->moves, i);

      at -= (gint32) weight_of (life, move, clerk);
      if (at < 0)
        return move;
    }
  return NULL;
}

static gboolean
make_move (Sample *sample, Life *life, const GuichetMove *move, GError **error)
{
  g_autoptr (GuichetCommand) command = NULL;

  command = new_command (sample, GUICHET_COMMAND_MOVE, life);
  command->to = g_strdup (move->to);
  command->notify = TRUE;
  if (move->reason)
    command->text = g_strdup (guichet_sample_pick (sample->random, guichet_sample_reasons));
  if (move->notify != GUICHET_NOTIFY_NEVER && chance (sample, 0.1))
    command->sentence = g_strdup (guichet_sample_pick (sample->random, guichet_sample_sentences));
  if (!give (sample, life, life->owner, command, error))
    return FALSE;

  life->stage = guichet_procedure_find_stage (life->procedure, move->to);
  return send_mail (sample, life, error);
}

/* When somebody comes back to it; G_MAXINT64 when nobody will. */
static gint64
next_step (Sample *sample, const Life *life, gint64 now)
{
  switch (life->stage->phase)
    {
    case GUICHET_PHASE_RECEIVED:
      return after (sample, now, 1, 60);
    case GUICHET_PHASE_PROCESSING:
      return after (sample, now, 2, life->stage->blocker != GUICHET_BLOCKER_NONE ? 400 : 90);
    case GUICHET_PHASE_WAITING:
      return after (sample, now, 24, 400);
    case GUICHET_PHASE_DECIDED:
      return after (sample, now, 1, 120);
    case GUICHET_PHASE_CLOSED:
    case GUICHET_PHASE_NONE:
    default:
      return G_MAXINT64;
    }
}

/* Within the same hour or two: the clerk has it in front of them. */
static gint64
soon (Sample *sample, gint64 now)
{
  return after (sample, now, 0.05, 1.5);
}

/* One act of a clerk: take it, write a note, attach what must be there, or move it on. */
static gboolean
work (Sample *sample, Life *life, GError **error)
{
  gint64 now = life->next;
  const GuichetMove *move;

  life->next = soon (sample, now);
  if (life->owner == NULL)
    {
      GuichetClerk *clerk =
          pick_clerk (sample, life->procedure, GUICHET_CAN_WORK | GUICHET_CAN_DECIDE);

      if (clerk != NULL)
        return claim (sample, life, clerk, error);
      life->next = G_MAXINT64;
      return TRUE;
    }
  if (chance (sample, 0.12))
    return write_note (sample, life, error);

  move = pick_move (sample, life, life->owner);
  if (move != NULL && move->document && !life->has_document)
    return attach (sample, life, error);
  if (move != NULL && lacks_identity (sample, life, move))
    return check_identity (sample, life, error);
  if (move != NULL && !make_move (sample, life, move, error))
    return FALSE;

  life->next = move != NULL ? next_step (sample, life, now) : G_MAXINT64;
  return TRUE;
}

/* One step of the earliest life, which then comes back with its next one, or ends. */
static gboolean
step (Sample *sample, Life *life, GError **error)
{
  gint64 now = life->next;

  guichet_clock_set (sample->clock, now);
  if (life->reference == NULL)
    {
      if (!deposit (sample, life, error))
        return FALSE;
      /* One in twelve is overlooked. */
      life->next = chance (sample, 0.08) ? now + 60 * DAY : next_step (sample, life, now);
      return TRUE;
    }

  return work (sample, life, error);
}

/* More of them lately: the older a day is, the fewer of its requests are in the sample. */
static gint64
pick_deposit (Sample *sample)
{
  double back = g_rand_double (sample->random);
  double days = back * back * (double) sample->options->days;

  return sample->options->now - (gint64) (days * (double) DAY) - G_USEC_PER_SEC;
}

static void
plan (Sample *sample)
{
  GPtrArray *procedures =
      guichet_catalogue_procedures (guichetd_engine_get_catalogue (sample->engine));

  for (guint i = 0; i < sample->options->requests; i++)
    {
      Life *life = g_new0 (Life, 1);

      life->procedure =
          g_ptr_array_index (procedures,
                             g_rand_int_range (sample->random, 0, (gint32) procedures->len));
      life->next = pick_deposit (sample);
      g_sequence_insert_sorted (sample->lives, life, compare_lives, NULL);
    }
}

gboolean
guichet_sample_make (GuichetdStore *store,
                     GuichetdEngine *engine,
                     GuichetClock *clock,
                     GPtrArray *staff,
                     GTimeZone *zone,
                     const GuichetSampleOptions *options,
                     GuichetSampleProgress progress,
                     gpointer user_data,
                     GError **error)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (options->seed);
  g_autoptr (GSequence) lives = g_sequence_new (life_free);
  Sample sample = { store, engine, clock, staff, zone, options, random, lives, 0, 0, NULL };
  guint ended = 0;

  g_return_val_if_fail (staff->len > 0, FALSE);

  plan (&sample);
  if (options->deposits_only)
    return deposit_all (&sample, progress, user_data, error);

  while (!g_sequence_is_empty (lives))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (lives);
      Life *life = g_sequence_get (first);

      if (life->next >= options->now)
        {
          g_sequence_remove (first);
          progress (++ended, options->requests, user_data);
          continue;
        }
      if (!step (&sample, life, error))
        return FALSE;
      g_sequence_sort_changed (first, compare_lives, NULL);
    }
  return TRUE;
}
