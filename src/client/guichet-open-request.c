/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request that is open on the desk, followed live.
 *
 * What the mirror kept is shown first, once the outbox has it on disk that it is (a reading of a
 * person's data is recorded, whatever it is read from). Unless that is as new as the queue's
 * line and the server is there, the server is asked too. Every later change of the line asks it
 * again.
 */
#define G_LOG_DOMAIN "guichet-open-request"

#include "config.h"

#include "guichet-decide.h"
#include "guichet-desk-private.h"
#include "guichet-open-request.h"

struct _GuichetOpenRequest
{
  GObject parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) */
  char *reference;   /* (owned) */

  /* Owned */
  GuichetContent *content;     /* (nullable) */
  GPtrArray *nothing;          /* empty */
  GPtrArray *pending;          /* of GuichetCommand */
  GHashTable *versions;        /* key of a command → version (gint64) that the server gave it */
  GuichetRequest *projected;   /* (nullable): as it will be if what is under way is taken */
  GPtrArray *moves;            /* (element-type GuichetMove, borrowed from the catalogue) */
  GuichetDeadline *deadline;   /* (nullable) */
  GuichetCatalogue *catalogue; /* (nullable): of the moves, which point into it */
  GError *error;               /* (nullable) */

  /* In progress */
  GCancellable *cancellable; /* (nullable): of the readings under way */
  gboolean loading;
  gboolean stale;
  gboolean again; /* the line changed while the server was being asked */
};

enum
{
  PROP_REFERENCE = 1,
  PROP_LOADING,
  PROP_ERROR,
  PROP_STALE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetOpenRequest, guichet_open_request, G_TYPE_OBJECT)

/* One look at the server: two answers, in slots of their own. */
typedef struct
{
  GuichetOpenRequest *open;  /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GBytes *request;           /* (owned) (nullable) */
  GBytes *events;            /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable): the first one */
  guint references;
} Look;

static void read_mirror (GuichetOpenRequest *self);
static void content_found_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void access_recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void ask_server (GuichetOpenRequest *self);
static void request_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void events_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void content_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void finish_look (Look *look);

static Look *
look_ref (Look *look)
{
  look->references++;
  return look;
}

static void
look_unref (Look *look)
{
  if (--look->references > 0)
    return;
  g_object_unref (look->open);
  g_object_unref (look->cancellable);
  g_clear_pointer (&look->request, g_bytes_unref);
  g_clear_pointer (&look->events, g_bytes_unref);
  g_clear_error (&look->error);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_unref)

static void
set_loading (GuichetOpenRequest *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
set_stale (GuichetOpenRequest *self, gboolean stale)
{
  if (self->stale == stale)
    return;
  self->stale = stale;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

static void
set_error (GuichetOpenRequest *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Pending commands */

/* Whether a command that is no longer in the outbox shows in the content: until then it stays
 * pending on the screen, or it would be nowhere for a moment. */
static gboolean
lingers (GuichetOpenRequest *self, const GuichetCommand *command)
{
  const gint64 *version = g_hash_table_lookup (self->versions, command->key);

  return version != NULL && self->content != NULL && self->content->request->version < *version;
}

static void
update_pending (GuichetOpenRequest *self)
{
  GuichetOutbox *outbox = self->desk->outbox;
  g_autoptr (GPtrArray) now =
      outbox != NULL ? guichet_outbox_list_pending (outbox, self->reference) : NULL;
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->pending);

  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_command_unref);
  for (guint i = 0; i < before->len; i++)
    {
      GuichetCommand *command = g_ptr_array_index (before, i);

      if (now != NULL && !g_ptr_array_find (now, command, NULL) && lingers (self, command))
        g_ptr_array_add (self->pending, guichet_command_ref (command));
    }
  for (guint i = 0; now != NULL && i < now->len; i++)
    {
      GuichetCommand *command = g_ptr_array_index (now, i);
      const gint64 version = guichet_outbox_get_version (outbox, command->key);

      if (version > 0)
        g_hash_table_replace (self->versions,
                              g_strdup (command->key),
                              g_memdup2 (&version, sizeof version));
      /* The server's answer may be here before the feed's. */
      if (version > 0 && self->content != NULL && self->content->request->version >= version)
        continue;
      g_ptr_array_add (self->pending, guichet_command_ref (command));
    }
}

/* What follows from the content */

static GuichetClerk *
find_target (GuichetOpenRequest *self, const GuichetCommand *command)
{
  GPtrArray *colleagues = guichet_desk_get_colleagues (self->desk, GUICHET_DEPARTMENT_NONE);

  for (guint i = 0; command->kind == GUICHET_COMMAND_ASSIGN && i < colleagues->len; i++)
    {
      GuichetClerk *clerk = g_ptr_array_index (colleagues, i);

      if (g_strcmp0 (clerk->login, command->to) == 0)
        return clerk;
    }
  return NULL;
}

/* The request as it will be if the server takes what is under way: what comes next is typed
 * against that. */
static GuichetRequest *
project (GuichetOpenRequest *self)
{
  GuichetRequest *request = guichet_request_ref (self->content->request);

  for (guint i = 0; i < self->pending->len; i++)
    {
      const GuichetCommand *command = g_ptr_array_index (self->pending, i);
      g_auto (GuichetDecision) decision = { 0 };

      /* A document changes no move that is offered, and digesting it takes longer than a frame. */
      if (command->kind == GUICHET_COMMAND_ATTACH_DOCUMENT ||
          !guichet_decide (self->catalogue,
                           request,
                           command,
                           guichet_desk_get_clerk (self->desk),
                           find_target (self, command),
                           guichet_desk_now (self->desk),
                           guichet_desk_today (self->desk),
                           &decision,
                           NULL))
        continue;
      for (guint j = 0; j < decision.events->len; j++)
        {
          GuichetRequest *after =
              guichet_request_apply (request, g_ptr_array_index (decision.events, j));

          guichet_request_unref (request);
          request = after;
        }
    }
  return request;
}

static void
update_moves (GuichetOpenRequest *self)
{
  const GuichetClerk *clerk = guichet_desk_get_clerk (self->desk);

  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_clear_pointer (&self->projected, guichet_request_unref);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  if (self->content != NULL && self->desk->catalogue != NULL && clerk != NULL)
    {
      self->catalogue = guichet_catalogue_ref (self->desk->catalogue);
      self->projected = project (self);
      self->moves = guichet_decide_moves (self->catalogue, self->projected, clerk);
    }
}

static void
update_deadline (GuichetOpenRequest *self)
{
  const GuichetProcedure *procedure = guichet_open_request_get_procedure (self);

  g_clear_pointer (&self->deadline, guichet_deadline_free);
  if (procedure != NULL)
    self->deadline = guichet_deadline_new (self->content->request,
                                           procedure,
                                           guichet_catalogue_calendar (self->catalogue),
                                           guichet_desk_get_zone (self->desk),
                                           guichet_desk_today (self->desk));
}

static void
update (GuichetOpenRequest *self)
{
  update_pending (self);
  update_moves (self);
  update_deadline (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* @content: (nullable) */
static void
set_content (GuichetOpenRequest *self, GuichetContent *content)
{
  if (content != NULL)
    guichet_content_ref (content);
  g_clear_pointer (&self->content, guichet_content_unref);
  self->content = content;
  _guichet_desk_look (self->desk, self->reference, content != NULL ? content->request->version : 0);
  update (self);
}

/* Reading */

static gint64
version_of_line (GuichetOpenRequest *self)
{
  GuichetMirror *mirror = self->desk->mirror;
  const guint32 id = mirror != NULL ? guichet_mirror_find_line (mirror, self->reference) : 0;
  g_autoptr (GuichetLine) line = NULL;
  gboolean changed;

  if (id != 0)
    line = guichet_mirror_read_line (mirror, id, &changed);
  return line != NULL ? line->version : 0;
}

static gboolean
is_up_to_date (GuichetOpenRequest *self)
{
  const gint64 version = version_of_line (self);

  return self->content != NULL && version > 0 && self->content->request->version >= version &&
         guichet_desk_get_state (self->desk) == GUICHET_DESK_ONLINE;
}

static void
stop (GuichetOpenRequest *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->again = FALSE;
}

/* A piece of work that belongs to the reading that began last. */
typedef struct
{
  GuichetOpenRequest *open;  /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GuichetContent *content;   /* (owned) (nullable) */
} Step;

static void
step_free (Step *step)
{
  g_object_unref (step->open);
  g_object_unref (step->cancellable);
  g_clear_pointer (&step->content, guichet_content_unref);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static Step *
step_new (GuichetOpenRequest *self)
{
  Step *step = g_new0 (Step, 1);

  step->open = g_object_ref (self);
  step->cancellable = g_object_ref (self->cancellable);
  return step;
}

static void
read_mirror (GuichetOpenRequest *self)
{
  stop (self);
  self->cancellable = g_cancellable_new ();
  set_loading (self, TRUE);
  guichet_mirror_find_content_async (self->desk->mirror,
                                     self->reference,
                                     self->cancellable,
                                     content_found_cb,
                                     step_new (self));
}

static void
content_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  GuichetOpenRequest *self = step->open;
  g_autoptr (GError) error = NULL;

  step->content = guichet_mirror_content_finish (GUICHET_MIRROR (source), result, &error);
  if (g_cancellable_is_cancelled (step->cancellable) || self->desk->outbox == NULL)
    return;
  if (step->content == NULL)
    {
      ask_server (self);
      return;
    }
  guichet_outbox_add_access_async (self->desk->outbox,
                                   self->reference,
                                   guichet_desk_now (self->desk),
                                   step->cancellable,
                                   access_recorded_cb,
                                   step);
  g_steal_pointer (&step);
}

static void
access_recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  GuichetOpenRequest *self = step->open;
  g_autoptr (GError) error = NULL;
  const gboolean recorded =
      guichet_outbox_add_access_finish (GUICHET_OUTBOX (source), result, &error);

  if (g_cancellable_is_cancelled (step->cancellable))
    return;
  if (!recorded)
    /* What cannot be recorded is not shown. */
    g_warning ("a consultation cannot be recorded: %s", error->message);
  else
    set_content (self, step->content);

  if (is_up_to_date (self))
    {
      g_clear_object (&self->cancellable); /* nothing is under way: the next change is asked for */
      set_stale (self, FALSE);
      set_loading (self, FALSE);
    }
  else
    ask_server (self);
}

static void
ask_server (GuichetOpenRequest *self)
{
  g_autofree char *request_path = guichet_api_path (self->reference, "");
  g_autofree char *events_path = guichet_api_path (self->reference, "/events");
  const GuichetCall request_call = { .method = "GET",
                                     .path = request_path,
                                     .answer_max = GUICHET_CONTENT_MAX };
  const GuichetCall events_call = { .method = "GET",
                                    .path = events_path,
                                    .answer_max = GUICHET_CONTENT_MAX };
  Look *look;

  if (self->desk->api == NULL)
    return;

  stop (self);
  self->cancellable = g_cancellable_new ();
  set_loading (self, TRUE);

  look = g_new0 (Look, 1);
  look->open = g_object_ref (self);
  look->cancellable = g_object_ref (self->cancellable);
  guichet_api_send_async (self->desk->api,
                          &request_call,
                          look->cancellable,
                          request_sent_cb,
                          look_ref (look));
  guichet_api_send_async (self->desk->api,
                          &events_call,
                          look->cancellable,
                          events_sent_cb,
                          look_ref (look));
}

static void
take_answer (Look *look, GObject *source, GAsyncResult *result, GBytes **slot)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetAnswer) answer = NULL;

  answer = guichet_api_send_finish (GUICHET_API (source), result, NULL, &error);
  if (answer != NULL)
    *slot = g_bytes_ref (answer->body);
  else if (look->error == NULL)
    look->error = g_steal_pointer (&error);
  /* The other answer is still to come. */
  if (look->references == 1)
    finish_look (look);
}

static void
request_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;

  take_answer (look, source, result, &look->request);
}

static void
events_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;

  take_answer (look, source, result, &look->events);
}

static void
fail (GuichetOpenRequest *self, const GError *error)
{
  const gboolean gone = g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_GONE) ||
                        g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_NOT_ALLOWED);

  g_clear_object (&self->cancellable);
  if (gone)
    {
      set_error (self, error);
      set_content (self, NULL);
      set_stale (self, FALSE);
    }
  else if (self->content != NULL)
    set_stale (self, TRUE);
  else
    set_error (self, error);
  set_loading (self, FALSE);
}

static void
finish_look (Look *look)
{
  GuichetOpenRequest *self = look->open;

  if (g_cancellable_is_cancelled (look->cancellable))
    return;
  if (look->error != NULL)
    {
      fail (self, look->error);
      return;
    }
  if (self->desk->mirror == NULL)
    return;
  guichet_mirror_put_content_async (self->desk->mirror,
                                    self->reference,
                                    look->request,
                                    look->events,
                                    guichet_desk_now (self->desk),
                                    look->cancellable,
                                    content_kept_cb,
                                    step_new (self));
}

static void
content_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  GuichetOpenRequest *self = step->open;
  g_autoptr (GError) error = NULL;
  const gboolean again = self->again;

  step->content = guichet_mirror_content_finish (GUICHET_MIRROR (source), result, &error);
  if (g_cancellable_is_cancelled (step->cancellable))
    return;
  if (step->content == NULL)
    {
      fail (self, error);
      return;
    }

  g_clear_object (&self->cancellable);
  self->again = FALSE;
  set_error (self, NULL);
  set_stale (self, FALSE);
  set_content (self, step->content);
  if (again && version_of_line (self) > self->content->request->version)
    ask_server (self);
  else
    set_loading (self, FALSE);
}

/* What happens at the desk */

static void
lines_changed_cb (GuichetDesk *desk, GuichetApplied *applied, GuichetOpenRequest *self)
{
  for (guint i = 0; i < applied->touched->len; i++)
    {
      const GuichetTouched *touched = g_ptr_array_index (applied->touched, i);

      if (!g_str_equal (touched->reference, self->reference))
        continue;
      if (self->content != NULL && touched->version != 0 &&
          touched->version <= self->content->request->version)
        continue;
      if (self->cancellable != NULL)
        self->again = TRUE;
      else
        ask_server (self);
    }
}

static void
pending_changed_cb (GuichetDesk *desk, const char *reference, GuichetOpenRequest *self)
{
  if (reference != NULL && !g_str_equal (reference, self->reference))
    return;
  update (self);
}

static void
reconnected_cb (GuichetDesk *desk, GuichetOpenRequest *self)
{
  if (self->stale || self->error != NULL)
    ask_server (self);
}

static void
mirror_replaced_cb (GuichetDesk *desk, GuichetOpenRequest *self)
{
  stop (self);
  if (desk->api == NULL)
    {
      set_content (self, NULL);
      set_stale (self, FALSE);
      set_loading (self, FALSE);
    }
  else if (desk->mirror != NULL)
    ask_server (self);
}

static void
day_changed_cb (GuichetDesk *desk, GuichetOpenRequest *self)
{
  update (self);
}

static void
catalogue_cb (GuichetDesk *desk, GParamSpec *pspec, GuichetOpenRequest *self)
{
  update (self);
}

/* Object */

static void
guichet_open_request_dispose (GObject *object)
{
  GuichetOpenRequest *self = GUICHET_OPEN_REQUEST (object);

  stop (self);
  if (self->desk != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->desk, self);
      _guichet_desk_look (self->desk, self->reference, 0);
    }
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (guichet_open_request_parent_class)->dispose (object);
}

static void
guichet_open_request_finalize (GObject *object)
{
  GuichetOpenRequest *self = GUICHET_OPEN_REQUEST (object);

  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->content, guichet_content_unref);
  g_clear_pointer (&self->nothing, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->versions, g_hash_table_unref);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_clear_pointer (&self->projected, guichet_request_unref);
  g_clear_pointer (&self->deadline, guichet_deadline_free);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (guichet_open_request_parent_class)->finalize (object);
}

static void
guichet_open_request_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  GuichetOpenRequest *self = GUICHET_OPEN_REQUEST (object);

  switch (prop_id)
    {
    case PROP_REFERENCE:
      g_value_set_string (value, self->reference);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
guichet_open_request_class_init (GuichetOpenRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = guichet_open_request_dispose;
  object_class->finalize = guichet_open_request_finalize;
  object_class->get_property = guichet_open_request_get_property;

  properties[PROP_REFERENCE] = g_param_spec_string ("reference", NULL, NULL, NULL, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed",
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
guichet_open_request_init (GuichetOpenRequest *self)
{
  self->nothing = g_ptr_array_new ();
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_command_unref);
  self->versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

GuichetOpenRequest *
guichet_open_request_new (GuichetDesk *desk, const char *reference)
{
  GuichetOpenRequest *self = g_object_new (GUICHET_TYPE_OPEN_REQUEST, NULL);

  self->desk = g_object_ref (desk);
  self->reference = g_strdup (reference);
  g_signal_connect (desk, "lines-changed", G_CALLBACK (lines_changed_cb), self);
  g_signal_connect (desk, "pending-changed", G_CALLBACK (pending_changed_cb), self);
  g_signal_connect (desk, "reconnected", G_CALLBACK (reconnected_cb), self);
  g_signal_connect (desk, "mirror-replaced", G_CALLBACK (mirror_replaced_cb), self);
  g_signal_connect (desk, "day-changed", G_CALLBACK (day_changed_cb), self);
  g_signal_connect (desk, "notify::catalogue", G_CALLBACK (catalogue_cb), self);
  update_pending (self);
  if (desk->mirror != NULL)
    read_mirror (self);
  else
    ask_server (self);
  return self;
}

const char *
guichet_open_request_get_reference (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->reference;
}

gboolean
guichet_open_request_get_loading (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), FALSE);
  return self->loading;
}

gboolean
guichet_open_request_get_stale (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), FALSE);
  return self->stale;
}

const GError *
guichet_open_request_get_error (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->error;
}

const GuichetRequest *
guichet_open_request_get_request (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->content != NULL ? self->content->request : NULL;
}

const GuichetProcedure *
guichet_open_request_get_procedure (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);

  if (self->content == NULL || self->catalogue == NULL)
    return NULL;
  return guichet_catalogue_find (self->catalogue, self->content->request->procedure);
}

GPtrArray *
guichet_open_request_get_events (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->content != NULL ? self->content->events : self->nothing;
}

GPtrArray *
guichet_open_request_get_pending (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->pending;
}

GPtrArray *
guichet_open_request_get_moves (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->moves != NULL ? self->moves : self->nothing;
}

GuichetLack
guichet_open_request_get_lack (GuichetOpenRequest *self, const GuichetMove *move)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), GUICHET_LACK_NONE);
  g_return_val_if_fail (self->projected != NULL, GUICHET_LACK_NONE);

  return guichet_decide_lack (guichet_catalogue_find (self->catalogue, self->projected->procedure),
                              self->projected,
                              move->to,
                              guichet_desk_now (self->desk));
}

const GuichetDeadline *
guichet_open_request_get_deadline (GuichetOpenRequest *self)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return self->deadline;
}

const char *
guichet_open_request_name_of (GuichetOpenRequest *self, const char *login)
{
  g_return_val_if_fail (GUICHET_IS_OPEN_REQUEST (self), NULL);
  return _guichet_desk_name_of (self->desk, login);
}

void
guichet_open_request_mark_seen (GuichetOpenRequest *self)
{
  g_return_if_fail (GUICHET_IS_OPEN_REQUEST (self));

  if (self->desk->mirror != NULL && self->content != NULL)
    guichet_mirror_put_seen (self->desk->mirror,
                             self->reference,
                             self->content->request->last_event);
}

void
guichet_open_request_refresh (GuichetOpenRequest *self)
{
  g_return_if_fail (GUICHET_IS_OPEN_REQUEST (self));

  ask_server (self);
}
