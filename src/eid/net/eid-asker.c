/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All certificates of a card are asked about at once; for each, one way after the other until an
 * answer counts. Two certificates with the same list share one exchange.
 */
#define G_LOG_DOMAIN "eid-asker"

#include "config.h"

#include "eid-asker.h"

#include "eid-answer.h"
#include "eid-answers.h"
#include "eid-error.h"
#include "eid-fetch.h"
#include "eid-question.h"

#define KEPT_SIZE_MAX (64 * 1024 * 1024)

/* What an answer may have in bytes, and how long it is kept at most. */
static const struct
{
  gsize size_max;
  gint64 age_max;
} limits[EID_N_REVOCATION_WAYS] = {
  [EID_REVOCATION_OCSP] = { 64 * 1024, G_TIME_SPAN_HOUR },
  [EID_REVOCATION_CRL] = { 16 * 1024 * 1024, G_TIME_SPAN_DAY },
};

struct _EidAsker
{
  GObject parent_instance;

  char **hosts; /* (owned) */
  guint timeout;
  guint patience;
  SoupSession *session; /* (owned) */
  EidAnswers *kept;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (EidAsker, eid_asker, G_TYPE_OBJECT)

/* One card that is asked about. */
typedef struct
{
  /* Input */
  EidFiles *files; /* (owned) */
  gint64 moment;
  /* In progress */
  GPtrArray *questions; /* (owned) (nullable): of EidQuestion */
  guint pending;        /* files whose answer is waited for, and one while it starts */
  GPtrArray *exchanges; /* (owned): of Exchange, (unowned) each */
  GCancellable *inner;  /* (owned): also cancelled when patience ends */
  gulong cancelled_id;
  GSource *watch; /* (owned) (nullable) */
  gboolean impatient;
  /* Output */
  EidRevocation *evidence; /* (owned) */
} Ask;

/* What an answer is worth to one question. */
typedef enum
{
  WORTH_NOTHING, /* it does not count */
  WORTH_ONCE,    /* what it says may be otherwise at any hour */
  WORTH_KEEPING,
} Worth;

/* One exchange, for all the questions that it answers. */
typedef struct
{
  GTask *task;          /* (owned): of the ask */
  char *key;            /* (owned) */
  GPtrArray *questions; /* (owned): of EidQuestion, (unowned) each */
  GBytes *answer;       /* (owned) (nullable) */
  gboolean is_kept;     /* it was given some time ago */
  gboolean is_anew;     /* asked though there is one that was given some time ago */
  Worth *worths;        /* (owned) (nullable): for each question */
} Exchange;

static void ask (GTask *task, const EidQuestion *question, gboolean anew);
static void ask_next (GTask *task, EidFile file, const EidQuestion *last);

const char *const *
eid_asker_get_state_hosts (void)
{
  static const char *const hosts[] = { "ocsp.eid.belgium.be",
                                       "ocsp.eidpki.belgium.be",
                                       "crl.eid.belgium.be",
                                       "crl.eidpki.belgium.be",
                                       NULL };

  return hosts;
}

static void
exchange_free (Exchange *self)
{
  Ask *ask = g_task_get_task_data (self->task);

  g_ptr_array_remove (ask->exchanges, self);
  g_free (self->key);
  g_ptr_array_unref (self->questions);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_free (self->worths);
  g_object_unref (self->task);
  g_free (self);
}

static void
ask_free (gpointer data)
{
  Ask *self = data;

  g_assert (self->watch == NULL && self->exchanges->len == 0);
  eid_files_unref (self->files);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_ptr_array_unref (self->exchanges);
  g_object_unref (self->inner);
  eid_revocation_unref (self->evidence);
  g_free (self);
}

/* Another file is done with, or the start is. */
static void
settle (GTask *task)
{
  Ask *self = g_task_get_task_data (task);

  if (--self->pending > 0)
    return;
  g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task,
                           eid_revocation_ref (self->evidence),
                           (GDestroyNotify) eid_revocation_unref);
}

/* --- One exchange ---------------------------------------------------------------------------- */

/* A certificate on hold is given free again, and one that is not known yet becomes known, while the
 * holder waits at the counter. */
static Worth
worth_of (const EidFinding *finding)
{
  return finding->standing == EID_STANDING_UNKNOWN || eid_finding_is_on_hold (finding)
             ? WORTH_ONCE
             : WORTH_KEEPING;
}

/* A list may be long: it is looked through in another thread. */
static void
judge_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Exchange *exchange = task_data;
  Ask *ask = g_task_get_task_data (exchange->task);

  for (guint i = 0; i < exchange->questions->len; i++)
    {
      const EidQuestion *question = g_ptr_array_index (exchange->questions, i);
      EidFinding finding;

      if (eid_answer_judge (question->way,
                            exchange->answer,
                            question->certificate,
                            question->issuer,
                            ask->moment,
                            &finding,
                            NULL))
        exchange->worths[i] = worth_of (&finding);
    }
  g_task_return_boolean (task, TRUE);
}

/* A list is for other cards as well, whatever it says of this one. */
static void
keep (EidAsker *self, Exchange *exchange, EidRevocationWay way, Worth worth)
{
  if (worth == WORTH_KEEPING || (worth == WORTH_ONCE && way == EID_REVOCATION_CRL))
    eid_answers_keep (self->kept,
                      exchange->key,
                      exchange->answer,
                      g_get_monotonic_time () + limits[way].age_max);
}

/* What is to be done about one question now that its answer was judged. */
static void
take_answer (Exchange *exchange, const EidQuestion *question, Worth worth)
{
  GTask *task = exchange->task;
  Ask *self = g_task_get_task_data (task);

  /* Also what does not count is evidence, where there is no other: it tells why nothing is known. */
  if (!exchange->is_anew || worth != WORTH_NOTHING)
    eid_revocation_set_answer (self->evidence, question->file, question->way, exchange->answer);
  if (!exchange->is_kept)
    keep (g_task_get_source_object (task), exchange, question->way, worth);

  if (exchange->is_kept && worth != WORTH_KEEPING)
    ask (task, question, TRUE);
  else if (worth == WORTH_NOTHING)
    ask_next (task, question->file, question);
  else
    settle (task);
}

static void
judge_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Exchange *exchange = user_data;

  for (guint i = 0; i < exchange->questions->len; i++)
    take_answer (exchange, g_ptr_array_index (exchange->questions, i), exchange->worths[i]);
  exchange_free (exchange);
}

static void
start_judging (Exchange *exchange)
{
  Ask *self = g_task_get_task_data (exchange->task);
  g_autoptr (GTask) judging = g_task_new (NULL, NULL, judge_cb, exchange);

  /* Who asks from now on for the same meets it where answers are kept. */
  g_ptr_array_remove (self->exchanges, exchange);
  exchange->worths = g_new0 (Worth, exchange->questions->len);
  g_task_set_source_tag (judging, judge_thread);
  g_task_set_task_data (judging, exchange, NULL);
  g_task_run_in_thread (judging, judge_thread);
}

static void
fetch_failed (Exchange *exchange, GError *error)
{
  g_autoptr (GTask) task = g_object_ref (exchange->task);
  g_autoptr (GPtrArray) questions = g_ptr_array_ref (exchange->questions);
  Ask *ask = g_task_get_task_data (task);
  EidAsker *self = g_task_get_source_object (task);

  if (ask->impatient && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      error = g_error_new (EID_ERROR,
                           EID_ERROR_UNANSWERED,
                           "not all was answered within %g s",
                           self->patience / 1000.0);
    }
  exchange_free (exchange);
  for (guint i = 0; i < questions->len; i++)
    {
      const EidQuestion *question = g_ptr_array_index (questions, i);

      eid_revocation_set_failure (ask->evidence,
                                  question->file,
                                  question->way,
                                  g_error_copy (error));
      ask_next (task, question->file, question);
    }
  g_error_free (error);
}

static void
fetch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Exchange *exchange = user_data;
  GError *error = NULL;

  exchange->answer = eid_fetch_finish (result, &error);
  if (exchange->answer != NULL)
    start_judging (exchange);
  else
    fetch_failed (exchange, error);
}

/* --- One question ---------------------------------------------------------------------------- */

static char *
key_of (const EidQuestion *question)
{
  g_autofree char *sum = question->request != NULL
                             ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, question->request)
                             : NULL;

  return g_strconcat (question->uri, sum != NULL ? " " : NULL, sum, NULL);
}

static gboolean
join_exchange (Ask *self, const EidQuestion *question, const char *key)
{
  for (guint i = 0; i < self->exchanges->len; i++)
    {
      Exchange *exchange = g_ptr_array_index (self->exchanges, i);

      if (g_str_equal (exchange->key, key))
        {
          g_ptr_array_add (exchange->questions, (gpointer) question);
          return TRUE;
        }
    }
  return FALSE;
}

static Exchange *
exchange_new (GTask *task, const EidQuestion *question, const char *key)
{
  Ask *self = g_task_get_task_data (task);
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->task = g_object_ref (task);
  exchange->key = g_strdup (key);
  exchange->questions = g_ptr_array_new ();
  g_ptr_array_add (exchange->questions, (gpointer) question);
  g_ptr_array_add (self->exchanges, exchange);
  return exchange;
}

/* Asks one question, of those who answer it if @anew, otherwise first of what is kept. */
static void
ask (GTask *task, const EidQuestion *question, gboolean anew)
{
  EidAsker *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  g_autofree char *key = key_of (question);
  GBytes *kept = anew ? NULL : eid_answers_find (self->kept, key, g_get_monotonic_time ());
  Exchange *exchange;

  /* Another's fetch may be of what is kept, asked anew for it alone, and come to nothing. */
  if (kept == NULL && join_exchange (ask, question, key))
    return;
  exchange = exchange_new (task, question, key);
  exchange->is_anew = anew;
  if (kept != NULL)
    {
      exchange->answer = g_bytes_ref (kept);
      exchange->is_kept = TRUE;
      start_judging (exchange);
      return;
    }
  g_debug ("asking %s", question->uri);
  eid_fetch_async (self->session,
                   question->uri,
                   question->request,
                   limits[question->way].size_max,
                   self->timeout,
                   ask->inner,
                   fetch_cb,
                   exchange);
}

/* Asks about a file in the way after the last, if there is time and another. */
static void
ask_next (GTask *task, EidFile file, const EidQuestion *last)
{
  Ask *self = g_task_get_task_data (task);
  gboolean passed = last == NULL;

  for (guint i = 0; i < self->questions->len && !g_cancellable_is_cancelled (self->inner); i++)
    {
      const EidQuestion *question = g_ptr_array_index (self->questions, i);

      if (passed && question->file == file)
        {
          ask (task, question, FALSE);
          return;
        }
      passed = passed || question == last;
    }
  settle (task);
}

static void
ask_all (GTask *task)
{
  Ask *self = g_task_get_task_data (task);
  int file = -1;

  for (guint i = 0; i < self->questions->len; i++)
    {
      const EidQuestion *question = g_ptr_array_index (self->questions, i);

      if ((int) question->file == file)
        continue;
      file = (int) question->file;
      self->pending++;
      ask_next (task, question->file, NULL);
    }
  settle (task);
}

/* --- The call -------------------------------------------------------------------------------- */

static gboolean
watch_cb (gpointer user_data)
{
  Ask *self = user_data;

  self->impatient = TRUE;
  g_cancellable_cancel (self->inner);
  return G_SOURCE_CONTINUE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* Signatures are checked there, to know who is to be asked about what. */
static void
prepare_thread (GTask *preparing, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GTask *task = task_data;
  EidAsker *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);

  ask->questions =
      eid_questions_of (ask->files, (const char *const *) self->hosts, ask->moment, ask->evidence);
  g_task_return_boolean (preparing, TRUE);
}

static void
prepare_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  ask_all (task);
}

static void
prepare (GTask *task)
{
  g_autoptr (GTask) preparing = g_task_new (NULL, NULL, prepare_cb, g_object_ref (task));

  g_task_set_source_tag (preparing, prepare_thread);
  g_task_set_task_data (preparing, task, NULL);
  g_task_run_in_thread (preparing, prepare_thread);
}

void
eid_asker_ask_async (EidAsker *self,
                     EidFiles *files,
                     EidReport *report,
                     gint64 moment,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Ask *ask;

  g_return_if_fail (EID_IS_ASKER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  ask = g_new0 (Ask, 1);
  ask->files = eid_files_ref (files);
  ask->moment = moment;
  ask->evidence = eid_revocation_new ();
  ask->pending = 1;
  ask->exchanges = g_ptr_array_new ();
  ask->inner = g_cancellable_new ();
  g_task_set_source_tag (task, eid_asker_ask_async);
  g_task_set_task_data (task, ask, ask_free);
  ask->watch = g_timeout_source_new (self->patience);
  g_source_set_callback (ask->watch, watch_cb, ask, NULL);
  g_source_attach (ask->watch, g_task_get_context (task));
  if (cancellable != NULL)
    ask->cancelled_id = g_cancellable_connect (cancellable,
                                               G_CALLBACK (cancelled_cb),
                                               g_object_ref (ask->inner),
                                               g_object_unref);
  if (eid_report_is_vouched_for (report))
    {
      prepare (task);
      return;
    }
  eid_questions_refuse (ask->evidence, "nobody is asked about what the state does not vouch for");
  settle (task);
}

EidRevocation *
eid_asker_ask_finish (EidAsker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

EidAsker *
eid_asker_new (const char *const *hosts, const char *proxy, guint timeout, guint patience)
{
  EidAsker *self = g_object_new (EID_TYPE_ASKER, NULL);

  self->hosts = g_strdupv ((char **) (hosts != NULL ? hosts : eid_asker_get_state_hosts ()));
  self->session = eid_fetch_session (proxy);
  self->timeout = timeout > 0 ? timeout : EID_ASKER_TIMEOUT_DEFAULT;
  self->patience = patience > 0 ? patience : EID_ASKER_PATIENCE_DEFAULT;
  return self;
}

static void
eid_asker_finalize (GObject *object)
{
  EidAsker *self = EID_ASKER (object);

  g_strfreev (self->hosts);
  g_object_unref (self->session);
  eid_answers_free (self->kept);
  G_OBJECT_CLASS (eid_asker_parent_class)->finalize (object);
}

static void
eid_asker_class_init (EidAskerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eid_asker_finalize;
}

static void
eid_asker_init (EidAsker *self)
{
  self->kept = eid_answers_new (KEPT_SIZE_MAX);
}
