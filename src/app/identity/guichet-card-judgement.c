/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "guichet-card-judgement"

#include "config.h"

#include "guichet-card-judgement.h"

#include "eid-photo.h"

/* The State's photos have 140 × 200; whoever made something much larger wants to hurt a decoder. */
#define PHOTO_MAX 1024

GuichetCardJudgement *
guichet_card_judgement_new (EidFiles *files, const EidPolicy *policy)
{
  GuichetCardJudgement *self = g_new0 (GuichetCardJudgement, 1);

  self->files = eid_files_ref (files);
  self->roots = eid_roots_ref (policy->roots);
  self->zone = g_time_zone_ref (policy->zone);
  self->moment = policy->moment;
  self->test_mode = policy->test_mode;
  return self;
}

void
guichet_card_judgement_free (GuichetCardJudgement *self)
{
  eid_files_unref (self->files);
  eid_roots_unref (self->roots);
  g_time_zone_unref (self->zone);
  g_clear_pointer (&self->revocation, eid_revocation_unref);
  g_clear_pointer (&self->challenge, g_bytes_unref);
  g_clear_pointer (&self->chip_proof, eid_proof_free);
  g_clear_pointer (&self->pin_proof, eid_proof_free);
  g_clear_pointer (&self->person, guichet_card_person_unref);
  g_clear_object (&self->photo);
  g_clear_pointer (&self->report, eid_report_unref);
  g_clear_error (&self->error);
  g_free (self);
}

void
guichet_card_judgement_take_proofs (GuichetCardJudgement *self,
                                    GBytes *challenge,
                                    const EidProofs *proofs)
{
  self->challenge = g_bytes_ref (challenge);
  if (proofs->chip_proof != NULL)
    self->chip_proof = eid_proof_copy (proofs->chip_proof);
  if (proofs->pin_proof != NULL)
    self->pin_proof = eid_proof_copy (proofs->pin_proof);
  self->pin_attempt = proofs->pin_attempt;
}

static GdkTexture *
decode (GBytes *photo)
{
  guint width, height;

  if (photo == NULL || !eid_photo_size (photo, &width, &height, NULL) || width > PHOTO_MAX ||
      height > PHOTO_MAX)
    return NULL;
  return gdk_texture_new_from_bytes (photo, NULL);
}

static void
judge_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GuichetCardJudgement) self = data;
  const EidPolicy policy = { .roots = self->roots,
                             .moment = self->moment,
                             .zone = self->zone,
                             .test_mode = self->test_mode };
  const EidEvidence evidence = {
    .revocation = self->revocation,
    .challenge = self->challenge,
    .chip_proof = self->chip_proof,
    .pin_proof = self->pin_proof,
    .pin_attempt = self->challenge != NULL ? &self->pin_attempt : NULL,
  };

  self->person = guichet_card_person_new (self->files, &self->error);
  self->photo = decode (eid_files_get (self->files, EID_FILE_PHOTO));
  self->report = eid_verify (self->files, &policy, &evidence);
  g_task_return_pointer (task,
                         g_steal_pointer (&self),
                         (GDestroyNotify) guichet_card_judgement_free);
}

void
guichet_card_judgement_run_async (GuichetCardJudgement *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, guichet_card_judgement_run_async);
  /* The thread always runs, and takes what it is given. */
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, judge_thread);
}

GuichetCardJudgement *
guichet_card_judgement_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
