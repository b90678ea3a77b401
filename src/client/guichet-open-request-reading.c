/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the content of an open request is read from, and in which order.
 *
 * What the mirror kept is shown first, once the outbox has it on disk that it is (a reading of a
 * person's data is recorded, whatever it is read from). Unless that is as new as the queue's
 * line and the server is there, the server is asked too.
 */
#define G_LOG_DOMAIN "guichet-open-request-reading"

#include "config.h"

#include "guichet-open-request-private.h"

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

static void content_found_cb (GObject *source, GAsyncResult *result, gpointer user_data);
static void access_recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data);
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

void
_guichet_open_request_stop (GuichetOpenRequest *self)
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

void
_guichet_open_request_read_mirror (GuichetOpenRequest *self)
{
  _guichet_open_request_stop (self);
  self->cancellable = g_cancellable_new ();
  _guichet_open_request_set_loading (self, TRUE);
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
      _guichet_open_request_ask_server (self);
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
    _guichet_open_request_set_content (self, step->content);

  if (is_up_to_date (self))
    {
      g_clear_object (&self->cancellable); /* nothing is under way: the next change is asked for */
      _guichet_open_request_set_stale (self, FALSE);
      _guichet_open_request_set_loading (self, FALSE);
    }
  else
    _guichet_open_request_ask_server (self);
}

void
_guichet_open_request_ask_server (GuichetOpenRequest *self)
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

  _guichet_open_request_stop (self);
  self->cancellable = g_cancellable_new ();
  _guichet_open_request_set_loading (self, TRUE);

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

void
_guichet_open_request_fail (GuichetOpenRequest *self, const GError *error)
{
  const gboolean gone = g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_GONE) ||
                        g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_NOT_ALLOWED);

  g_clear_object (&self->cancellable);
  if (gone)
    {
      _guichet_open_request_set_error (self, error);
      _guichet_open_request_set_content (self, NULL);
      _guichet_open_request_set_stale (self, FALSE);
    }
  else if (self->content != NULL)
    _guichet_open_request_set_stale (self, TRUE);
  else
    _guichet_open_request_set_error (self, error);
  _guichet_open_request_set_loading (self, FALSE);
}

void
_guichet_open_request_lose (GuichetOpenRequest *self)
{
  g_autoptr (GError) error = g_error_new (GUICHET_DESK_ERROR,
                                          GUICHET_DESK_ERROR_GONE,
                                          "request %s was purged",
                                          self->reference);

  _guichet_open_request_stop (self);
  _guichet_open_request_fail (self, error);
}

static void
finish_look (Look *look)
{
  GuichetOpenRequest *self = look->open;

  if (g_cancellable_is_cancelled (look->cancellable))
    return;
  if (look->error != NULL)
    {
      _guichet_open_request_fail (self, look->error);
      return;
    }
  if (self->desk->mirror == NULL)
    {
      /* There will be another one, unless the disk is the trouble. */
      if (self->desk->mirror_error != NULL)
        _guichet_open_request_fail (self, self->desk->mirror_error);
      return;
    }
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
      _guichet_open_request_fail (self, error);
      return;
    }

  g_clear_object (&self->cancellable);
  self->again = FALSE;
  _guichet_open_request_set_error (self, NULL);
  _guichet_open_request_set_stale (self, FALSE);
  _guichet_open_request_set_content (self, step->content);
  if (again && version_of_line (self) > self->content->request->version)
    _guichet_open_request_ask_server (self);
  else
    _guichet_open_request_set_loading (self, FALSE);
}
