/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card that this desk speaks of.
 */
#define G_LOG_DOMAIN "guichet-card-slot"

#include "config.h"

#include "guichet-card-judgement.h"
#include "guichet-card-slot.h"
#include "guichet-reader-choice.h"

#include "eid-error.h"
#include "eid-read.h"

struct _GuichetCardSlot
{
  GObject parent_instance;

  /* Given */
  EidRoots *roots; /* (owned) */
  gboolean test_mode;
  EidAsker *asker; /* (owned) (nullable) */

  /* Owned */
  EidWatcher *watcher;
  GHashTable *seen; /* name of a reader → number of its last event */
  char *reader;     /* (nullable) */
  guint event;      /* of the reader, when its card was chosen */
  GuichetSlotState state;

  /* A reading, and what came of it */
  GCancellable *cancellable; /* (nullable): while it goes on */
  gconstpointer judgement;   /* (nullable): the last one that was begun; only to be compared */
  guint n_files;
  gint64 moment;
  GTimeZone *zone;           /* (nullable) */
  EidFiles *files;           /* (nullable) */
  GuichetCardPerson *person; /* (nullable) */
  GdkTexture *photo;         /* (nullable) */
  EidReport *report;         /* (nullable) */
  GError *error;             /* (nullable) */

  /* What was found out beside its files */
  gboolean asking;           /* about revocation */
  EidRevocation *revocation; /* (nullable) */
  GBytes *challenge;         /* (nullable) */
  EidProofs *proofs;         /* (nullable) */
};

enum
{
  CHANGED,
  INSERTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetCardSlot, guichet_card_slot, G_TYPE_OBJECT)

static void
changed (GuichetCardSlot *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget (GuichetCardSlot *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->n_files = 0;
  g_clear_pointer (&self->files, eid_files_unref);
  g_clear_pointer (&self->person, guichet_card_person_unref);
  g_clear_object (&self->photo);
  g_clear_pointer (&self->report, eid_report_unref);
  g_clear_error (&self->error);
  self->asking = FALSE;
  g_clear_pointer (&self->revocation, eid_revocation_unref);
  g_clear_pointer (&self->challenge, g_bytes_unref);
  g_clear_pointer (&self->proofs, eid_proofs_free);
}

/* Which card */

/* Whether the chosen card is still where it was. */
static gboolean
is_in (GuichetCardSlot *self)
{
  return guichet_card_slot_has (self, self->reader, self->event);
}

static void
choose (GuichetCardSlot *self, const EidReaderState *reader)
{
  g_free (self->reader);
  self->reader = reader != NULL ? g_strdup (reader->name) : NULL;
  self->event = reader != NULL ? reader->event : 0;
}

/* The reader into which a card went since it was last looked at, if any. */
static const EidReaderState *
find_inserted (GuichetCardSlot *self)
{
  GPtrArray *readers = eid_watcher_get_readers (self->watcher);
  const EidReaderState *inserted = NULL;

  for (guint i = 0; i < readers->len; i++)
    {
      const EidReaderState *reader = g_ptr_array_index (readers, i);
      gpointer event = NULL;
      gboolean known = g_hash_table_lookup_extended (self->seen, reader->name, NULL, &event);

      if (reader->status == EID_READER_CARD &&
          (!known || GPOINTER_TO_UINT (event) != reader->event))
        inserted = reader;
      g_hash_table_insert (self->seen, g_strdup (reader->name), GUINT_TO_POINTER (reader->event));
    }
  return inserted;
}

static GuichetSlotState
state_of_reader (const EidReaderState *reader)
{
  if (reader == NULL)
    return GUICHET_SLOT_NO_READER;
  switch (reader->status)
    {
    case EID_READER_CARD:
      return reader->kind != EID_CARD_OTHER ? GUICHET_SLOT_CARD : GUICHET_SLOT_OTHER_CARD;
    case EID_READER_MUTE:
      return GUICHET_SLOT_MUTE;
    case EID_READER_EMPTY:
    default:
      return GUICHET_SLOT_EMPTY;
    }
}

/* What the readers say, where nothing was read. */
static GuichetSlotState
state_without_reading (GuichetCardSlot *self)
{
  GPtrArray *readers = eid_watcher_get_readers (self->watcher);

  switch (eid_watcher_get_service (self->watcher))
    {
    case EID_SERVICE_ABSENT:
      return GUICHET_SLOT_NO_SERVICE;
    case EID_SERVICE_DENIED:
      return GUICHET_SLOT_DENIED;
    case EID_SERVICE_RUNNING:
      return state_of_reader (self->reader != NULL && is_in (self)
                                  ? guichet_reader_choice_find (readers, self->reader)
                                  : guichet_reader_choice_best (readers));
    case EID_SERVICE_UNKNOWN:
    default:
      return GUICHET_SLOT_STARTING;
    }
}

static gboolean
is_about_reading (GuichetSlotState state)
{
  return state >= GUICHET_SLOT_READING;
}

static void
watched_cb (GuichetCardSlot *self)
{
  const EidReaderState *inserted = find_inserted (self);

  if (self->reader != NULL && !is_in (self))
    {
      /* That it was pulled out in the middle is said until there is something else to say. */
      const gboolean torn =
          self->state == GUICHET_SLOT_READING || self->state == GUICHET_SLOT_REMOVED;

      forget (self);
      choose (self, NULL);
      self->state = torn ? GUICHET_SLOT_REMOVED : state_without_reading (self);
    }
  if (self->reader == NULL || !is_about_reading (self->state))
    {
      const EidReaderState *best =
          inserted != NULL ? inserted
                           : guichet_reader_choice_best (eid_watcher_get_readers (self->watcher));

      if (best != NULL && best->status == EID_READER_CARD)
        {
          choose (self, best);
          self->state = state_of_reader (best);
        }
      else if (self->state != GUICHET_SLOT_REMOVED ||
               eid_watcher_get_service (self->watcher) != EID_SERVICE_RUNNING)
        self->state = state_without_reading (self);
    }
  changed (self);
  if (inserted != NULL && g_strcmp0 (inserted->name, self->reader) == 0 && is_in (self))
    g_signal_emit (self, signals[INSERTED], 0);
}

/* Judging */

static void judge (GuichetCardSlot *self);

/* The answer comes when it comes: the verdict does not wait for it. */
static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetCardSlot) self = user_data;
  g_autoptr (EidRevocation) revocation = eid_asker_ask_finish (EID_ASKER (source), result, NULL);

  if (revocation == NULL)
    return;
  self->revocation = g_steal_pointer (&revocation);
  judge (self);
}

static void
ask (GuichetCardSlot *self)
{
  if (self->asker == NULL)
    return;
  self->asking = TRUE;
  eid_asker_ask_async (self->asker,
                       self->files,
                       self->report,
                       self->moment,
                       self->cancellable,
                       asked_cb,
                       g_object_ref (self));
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetCardSlot) self = user_data;
  g_autoptr (GuichetCardJudgement) judgement = guichet_card_judgement_finish (result, NULL);

  /* Cancelled: the card is out, or nobody wants it any more; or one that knows more was begun. */
  if (judgement == NULL || judgement != self->judgement)
    return;
  g_clear_pointer (&self->person, guichet_card_person_unref);
  self->person = g_steal_pointer (&judgement->person);
  g_clear_object (&self->photo);
  self->photo = g_steal_pointer (&judgement->photo);
  g_clear_pointer (&self->report, eid_report_unref);
  self->report = g_steal_pointer (&judgement->report);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&judgement->error);
  /* Until the answer is judged, nothing says that there is none. */
  if (self->revocation != NULL)
    self->asking = FALSE;
  if (self->state != GUICHET_SLOT_READ)
    {
      self->state = GUICHET_SLOT_READ;
      ask (self);
    }
  changed (self);
}

static void
judge (GuichetCardSlot *self)
{
  const EidPolicy policy = { .roots = self->roots,
                             .moment = self->moment,
                             .zone = self->zone,
                             .test_mode = self->test_mode };
  GuichetCardJudgement *judgement = guichet_card_judgement_new (self->files, &policy);

  if (self->revocation != NULL)
    judgement->revocation = eid_revocation_ref (self->revocation);
  if (self->proofs != NULL)
    guichet_card_judgement_take_proofs (judgement, self->challenge, self->proofs);
  self->judgement = judgement;
  guichet_card_judgement_run_async (judgement, self->cancellable, judged_cb, g_object_ref (self));
}

/* Reading */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetCardSlot) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EidFiles) files = eid_read_finish (result, NULL, NULL, &error);

  /* Whatever became of a reading that was given up: the card is another one by now. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  if (files == NULL)
    {
      forget (self);
      self->state = g_error_matches (error, EID_ERROR, EID_ERROR_CARD_REMOVED)
                        ? GUICHET_SLOT_REMOVED
                        : (g_error_matches (error, EID_ERROR, EID_ERROR_UNSUPPORTED_CARD)
                               ? GUICHET_SLOT_OTHER_CARD
                               : GUICHET_SLOT_FAILED);
      self->error = g_steal_pointer (&error);
      changed (self);
      return;
    }
  g_clear_pointer (&self->files, eid_files_unref);
  self->files = g_steal_pointer (&files);
  judge (self);
}

static void
progress_cb (EidFiles *files, EidFile file, gpointer user_data)
{
  GuichetCardSlot *self = user_data;

  self->n_files = MIN (self->n_files + 1, EID_N_FILES);
  /* The name is worth showing before the rest has come. */
  if (file == EID_FILE_IDENTITY || file == EID_FILE_ADDRESS)
    {
      g_clear_pointer (&self->person, guichet_card_person_unref);
      self->person = guichet_card_person_new (files, NULL);
    }
  changed (self);
}

void
guichet_card_slot_read (GuichetCardSlot *self, gint64 moment, GTimeZone *zone)
{
  g_return_if_fail (GUICHET_IS_CARD_SLOT (self));
  g_return_if_fail (zone != NULL);

  if (self->reader == NULL || self->state == GUICHET_SLOT_READING)
    return;
  forget (self);
  self->moment = moment;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  self->cancellable = g_cancellable_new ();
  self->state = GUICHET_SLOT_READING;
  eid_read_async (self->reader,
                  EID_FILES_ALL,
                  0,
                  progress_cb,
                  self,
                  self->cancellable,
                  read_cb,
                  g_object_ref (self));
  changed (self);
}

void
guichet_card_slot_judge_proofs (GuichetCardSlot *self, GBytes *challenge, EidProofs *proofs)
{
  g_return_if_fail (GUICHET_IS_CARD_SLOT (self));
  g_return_if_fail (challenge != NULL && proofs != NULL);

  if (self->state != GUICHET_SLOT_READ)
    {
      eid_proofs_free (proofs);
      return;
    }
  g_clear_pointer (&self->challenge, g_bytes_unref);
  self->challenge = g_bytes_ref (challenge);
  g_clear_pointer (&self->proofs, eid_proofs_free);
  self->proofs = proofs;
  judge (self);
}

void
guichet_card_slot_stop (GuichetCardSlot *self)
{
  g_return_if_fail (GUICHET_IS_CARD_SLOT (self));

  if (self->state != GUICHET_SLOT_READING)
    return;
  forget (self);
  self->state = GUICHET_SLOT_STOPPED;
  changed (self);
}

void
guichet_card_slot_drop (GuichetCardSlot *self)
{
  g_return_if_fail (GUICHET_IS_CARD_SLOT (self));

  forget (self);
  self->state = state_without_reading (self);
  changed (self);
}

void
guichet_card_slot_choose (GuichetCardSlot *self, const char *name)
{
  const EidReaderState *reader;

  g_return_if_fail (GUICHET_IS_CARD_SLOT (self));

  reader = guichet_reader_choice_find (eid_watcher_get_readers (self->watcher), name);
  if (reader == NULL || reader->status != EID_READER_CARD ||
      g_strcmp0 (self->reader, reader->name) == 0)
    return;
  forget (self);
  choose (self, reader);
  self->state = state_of_reader (reader);
  changed (self);
}

static void
guichet_card_slot_dispose (GObject *object)
{
  GuichetCardSlot *self = GUICHET_CARD_SLOT (object);

  forget (self);
  if (self->watcher != NULL)
    g_signal_handlers_disconnect_by_data (self->watcher, self);
  g_clear_object (&self->watcher);

  G_OBJECT_CLASS (guichet_card_slot_parent_class)->dispose (object);
}

static void
guichet_card_slot_finalize (GObject *object)
{
  GuichetCardSlot *self = GUICHET_CARD_SLOT (object);

  eid_roots_unref (self->roots);
  g_clear_object (&self->asker);
  g_hash_table_unref (self->seen);
  g_free (self->reader);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (guichet_card_slot_parent_class)->finalize (object);
}

static void
guichet_card_slot_class_init (GuichetCardSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichet_card_slot_dispose;
  object_class->finalize = guichet_card_slot_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
  signals[INSERTED] = g_signal_new ("inserted",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);
}

static void
guichet_card_slot_init (GuichetCardSlot *self)
{
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->watcher = eid_watcher_new ();
  g_signal_connect_swapped (self->watcher, "changed", G_CALLBACK (watched_cb), self);
}

GuichetCardSlot *
guichet_card_slot_new (const GuichetCardPolicy *policy)
{
  GuichetCardSlot *self = g_object_new (GUICHET_TYPE_CARD_SLOT, NULL);

  self->roots = eid_roots_ref (policy->roots);
  self->test_mode = policy->test_mode;
  g_set_object (&self->asker, policy->asker);
  return self;
}

GuichetSlotState
guichet_card_slot_get_state (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), GUICHET_SLOT_STARTING);

  return self->state;
}

GPtrArray *
guichet_card_slot_get_readers (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), NULL);

  return eid_watcher_get_readers (self->watcher);
}

const char *
guichet_card_slot_get_reader (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), NULL);

  return self->reader;
}

guint
guichet_card_slot_get_event (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), 0);

  return self->event;
}

gboolean
guichet_card_slot_has (GuichetCardSlot *self, const char *reader, guint event)
{
  const EidReaderState *state;

  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), FALSE);

  state = guichet_reader_choice_find (eid_watcher_get_readers (self->watcher), reader);
  return state != NULL && state->status == EID_READER_CARD && state->event == event;
}

double
guichet_card_slot_get_progress (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), 0);

  return (double) self->n_files / EID_N_FILES;
}

GuichetCardPerson *
guichet_card_slot_get_person (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), NULL);

  return self->person;
}

GdkTexture *
guichet_card_slot_get_photo (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), NULL);

  return self->photo;
}

EidReport *
guichet_card_slot_get_report (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), NULL);

  return self->report;
}

gboolean
guichet_card_slot_is_asking (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), FALSE);

  return self->asking;
}

EidFiles *
guichet_card_slot_get_files (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), NULL);

  return self->state == GUICHET_SLOT_READ ? self->files : NULL;
}

const GError *
guichet_card_slot_get_error (GuichetCardSlot *self)
{
  g_return_val_if_fail (GUICHET_IS_CARD_SLOT (self), NULL);

  return self->error;
}
