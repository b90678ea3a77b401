/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verifies what desks send of cards.
 */
#define G_LOG_DOMAIN "guichetd-card-judge"

#include "config.h"

#include "guichetd-card-judge.h"

#include "eid-asker.h"
#include "eid-verify.h"
#include "guichet-comparison.h"
#include "guichet-judgement.h"
#include "guichet-worker.h"

struct _GuichetdCardJudge
{
  GObject parent_instance;

  GuichetClock *clock;   /* (owned) */
  GTimeZone *zone;       /* (owned) */
  EidRoots *roots;       /* (owned): only read, so by any thread */
  GuichetWorker *worker; /* (owned) */
  EidAsker *asker;       /* (owned) (nullable): nobody is asked */
  gboolean test_mode;
};

G_DEFINE_FINAL_TYPE (GuichetdCardJudge, guichetd_card_judge, G_TYPE_OBJECT)

/* One card on its way. */
typedef struct
{
  /* Input */
  GuichetdCard *card;      /* (owned) */
  GuichetCitizen *citizen; /* (owned) (nullable) */
  gint64 moment;

  /* In progress */
  EidReport *report;         /* (owned) (nullable): without what follows */
  EidRevocation *revocation; /* (owned) (nullable) */

  /* Output */
  GuichetCardPerson *person; /* (owned) (nullable) */
} Case;

static void
case_free (gpointer data)
{
  Case *self = data;

  guichetd_card_free (self->card);
  g_clear_pointer (&self->citizen, guichet_citizen_unref);
  g_clear_pointer (&self->report, eid_report_unref);
  g_clear_pointer (&self->revocation, eid_revocation_unref);
  g_clear_pointer (&self->person, guichet_card_person_unref);
  g_free (self);
}

static void
guichetd_card_judge_dispose (GObject *object)
{
  GuichetdCardJudge *self = GUICHETD_CARD_JUDGE (object);

  guichetd_card_judge_close (self);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->roots, eid_roots_unref);
  g_clear_object (&self->asker);

  G_OBJECT_CLASS (guichetd_card_judge_parent_class)->dispose (object);
}

static void
guichetd_card_judge_class_init (GuichetdCardJudgeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichetd_card_judge_dispose;
}

static void
guichetd_card_judge_init (GuichetdCardJudge *self)
{
}

GuichetdCardJudge *
guichetd_card_judge_new (GuichetClock *clock,
                         GTimeZone *zone,
                         const GuichetdCardOptions *options,
                         GError **error)
{
  g_autoptr (EidRoots) roots = eid_roots_new ();
  GuichetdCardJudge *self;

  if (!eid_roots_load_all (roots, (const char *const *) options->roots, FALSE, error) ||
      !eid_roots_load_all (roots, (const char *const *) options->test_roots, TRUE, error))
    return NULL;

  self = g_object_new (GUICHETD_TYPE_CARD_JUDGE, NULL);
  self->clock = g_object_ref (clock);
  self->zone = g_time_zone_ref (zone);
  self->roots = g_steal_pointer (&roots);
  self->test_mode = options->test_mode;
  if (self->test_mode)
    g_message (
        "test cards are let pass, for signing in too: [eid] test-mode is not for a town hall");
  self->worker = guichet_worker_new ("card-judge");
  if (options->revocation)
    self->asker = eid_asker_new ((const char *const *) options->hosts,
                                 options->proxy,
                                 options->timeout,
                                 options->patience);
  return self;
}

void
guichetd_card_judge_close (GuichetdCardJudge *self)
{
  if (self->worker != NULL)
    guichet_worker_shutdown (self->worker);
  g_clear_object (&self->worker);
}

static EidEvidence
evidence_of (const Case *one)
{
  const GuichetdCard *card = one->card;

  return (EidEvidence){
    .revocation = one->revocation,
    .challenge = card->challenge,
    .chip_proof = card->challenge != NULL ? card->chip_proof : NULL,
    .pin_proof = card->challenge != NULL ? card->pin_proof : NULL,
  };
}

static EidReport *
verify (GuichetdCardJudge *self, const Case *one, const EidEvidence *evidence)
{
  const EidPolicy policy = { self->roots, one->moment, self->zone, self->test_mode };

  return eid_verify (one->card->files, &policy, evidence);
}

/* Before anybody is asked: what somebody made up should send us nowhere. */
static void
verify_in_thread (GTask *task, gpointer source_object, gpointer data, GCancellable *cancellable)
{
  Case *one = data;
  const EidEvidence evidence = evidence_of (one);

  one->report = verify (source_object, one, &evidence);
  g_task_return_boolean (task, TRUE);
}

static void
judge_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Case *one = task_data;
  const EidEvidence evidence = evidence_of (one);
  g_autoptr (EidReport) report = verify (source_object, one, &evidence);
  GuichetComparison comparison;
  gboolean compared;

  one->person = guichet_card_person_new (one->card->files, NULL);
  compared = one->person != NULL && one->citizen != NULL;
  if (compared)
    comparison = guichet_comparison_make (one->person, one->citizen);
  g_task_return_pointer (task,
                         guichet_judgement_make (one->card->files,
                                                 &evidence,
                                                 report,
                                                 compared ? &comparison : NULL),
                         (GDestroyNotify) guichet_identity_check_unref);
}

static void
push (GuichetdCardJudge *self, GTask *task, GTaskThreadFunc work)
{
  /* The daemon may have been closing while somebody far away was asked. */
  if (self->worker != NULL)
    guichet_worker_push (self->worker, G_PRIORITY_DEFAULT, task, work);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the daemon ends");
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Case *one = g_task_get_task_data (task);
  GError *error = NULL;

  one->revocation = eid_asker_ask_finish (EID_ASKER (source), result, &error);
  if (one->revocation != NULL)
    push (g_task_get_source_object (task), task, judge_in_thread);
  else
    g_task_return_error (task, error);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetdCardJudge *self = GUICHETD_CARD_JUDGE (source);
  Case *one = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    eid_asker_ask_async (self->asker,
                         one->card->files,
                         one->report,
                         one->moment,
                         g_task_get_cancellable (task),
                         asked_cb,
                         g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/* With the same case as the task that waits for it. */
static void
verify_and_ask (GuichetdCardJudge *self, GTask *task)
{
  g_autoptr (GTask) first =
      g_task_new (self, g_task_get_cancellable (task), verified_cb, g_object_ref (task));

  g_task_set_source_tag (first, verify_and_ask);
  g_task_set_task_data (first, g_task_get_task_data (task), NULL);
  push (self, first, verify_in_thread);
}

void
guichetd_card_judge_judge_async (GuichetdCardJudge *self,
                                 GuichetdCard *card,
                                 GuichetCitizen *citizen,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Case *one = g_new0 (Case, 1);

  one->card = card;
  one->citizen = citizen != NULL ? guichet_citizen_ref (citizen) : NULL;
  one->moment = guichet_clock_now (self->clock);
  g_task_set_source_tag (task, guichetd_card_judge_judge_async);
  g_task_set_task_data (task, one, case_free);
  if (self->asker != NULL)
    verify_and_ask (self, task);
  else
    push (self, task, judge_in_thread);
}

GuichetIdentityCheck *
guichetd_card_judge_judge_finish (GuichetdCardJudge *self,
                                  GAsyncResult *result,
                                  GuichetCardPerson **ret_person,
                                  GError **error)
{
  Case *one;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  one = g_task_get_task_data (G_TASK (result));
  if (ret_person != NULL)
    *ret_person = g_steal_pointer (&one->person);
  return g_task_propagate_pointer (G_TASK (result), error);
}
