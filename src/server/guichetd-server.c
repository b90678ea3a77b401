/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The composition root of the daemon.
 */
#define G_LOG_DOMAIN "guichetd-server"

#include "config.h"

#include "guichetd-server.h"

#include "guichet-worker.h"
#include "guichetd-files.h"
#include "guichetd-listener.h"
#include "guichetd-maildir.h"
#include "guichetd-postman.h"
#include "guichetd-routes.h"
#include "guichetd-smtp.h"
#include "guichetd-traffic.h"

#include <unistd.h>

/* Milliseconds that exchanges have to end when the daemon does. */
#define GRACE 5000

/* A verification, a backup or a purge of a large journal takes its time, and the tool waits for it. */
static const GuichetdLimits admin_limits = { .work_time = 4 * 3600 * 1000 };

struct _GuichetdServer
{
  GObject parent_instance;

  /* Given */
  GuichetdConfig *config; /* (owned) */
  GuichetClock *clock;    /* (owned) */

  /* Owned, in the order in which they are made */
  GuichetCatalogue *catalogue;
  GuichetTexts *texts;
  GuichetdStore *store;
  GuichetdEngine *engine;
  GuichetdAuth *auth;
  GuichetdPostman *postman;
  GuichetdFeed *feed;
  GuichetdChallenges *challenges;
  GuichetdChallenges *sign_in_challenges;
  GuichetdCardJudge *judge;
  GuichetWorker *reader;
  GuichetdTraffic *traffic;
  GuichetdListener *listener;
  GuichetdListener *admin;

  /* For the handlers */
  GuichetdApi api;

  /* In progress */
  guint listening; /* listeners that have not stopped yet */
};

G_DEFINE_FINAL_TYPE (GuichetdServer, guichetd_server, G_TYPE_OBJECT)

static void listener_stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* Ends every part, last made first. */
static void
close_parts (GuichetdServer *self)
{
  g_clear_object (&self->admin);
  g_clear_object (&self->listener);
  g_clear_pointer (&self->traffic, guichetd_traffic_free);
  if (self->reader != NULL)
    guichet_worker_shutdown (self->reader);
  g_clear_object (&self->reader);
  if (self->judge != NULL)
    guichetd_card_judge_close (self->judge);
  g_clear_object (&self->judge);
  g_clear_pointer (&self->sign_in_challenges, guichetd_challenges_free);
  g_clear_pointer (&self->challenges, guichetd_challenges_free);
  g_clear_object (&self->feed);
  if (self->postman != NULL)
    guichetd_postman_stop (self->postman);
  g_clear_object (&self->postman);
  if (self->auth != NULL)
    guichetd_auth_close (self->auth);
  g_clear_object (&self->auth);
  g_clear_object (&self->engine);
  if (self->store != NULL)
    guichetd_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->texts, guichet_texts_unref);
  g_clear_pointer (&self->catalogue, guichet_catalogue_unref);
}

static GuichetdTransport *
new_transport (const GuichetdConfig *config, GError **error)
{
  g_autofree char *password = NULL;
  GuichetdSmtpOptions options = {
    .server = config->mail_smtp,
    .starttls = config->mail_starttls,
    .implicit_tls = config->mail_implicit_tls,
    .ca_file = config->mail_ca_file,
    .user = config->mail_user,
  };
  GuichetdTransport *transport;

  if (config->mail_smtp == NULL)
    return guichetd_maildir_new (config->mail_maildir);

  if (config->mail_password_file != NULL)
    {
      password = guichetd_config_secret (config->mail_password_file, error);
      if (password == NULL)
        return NULL;
      options.password = password;
    }
  transport = guichetd_smtp_new (&options, error);
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  return transport;
}

static gboolean
open_postman (GuichetdServer *self, const GuichetTown *town, GError **error)
{
  const GuichetdConfig *config = self->config;
  const GuichetdSender sender = { config->mail_from,
                                  config->mail_from_name,
                                  config->mail_reply_to };
  g_autoptr (GuichetdTransport) transport = new_transport (config, error);

  if (transport == NULL)
    return FALSE;

  self->postman = guichetd_postman_new (self->store,
                                        self->engine,
                                        self->texts,
                                        town,
                                        config->zone,
                                        self->clock,
                                        transport,
                                        &sender);
  guichetd_postman_start (self->postman);
  return TRUE;
}

static gboolean
open_parts (GuichetdServer *self, GError **error)
{
  const GuichetdConfig *config = self->config;
  const GuichetTown town = { config->town, config->link, config->contact };

  self->catalogue = guichetd_files_read_catalogue (config->catalogue, error);
  if (self->catalogue == NULL)
    return FALSE;
  self->texts = guichetd_files_read_texts (config->texts, self->catalogue, error);
  if (self->texts == NULL)
    return FALSE;

  self->store = guichetd_store_open (config->data, self->clock, &config->store, error);
  if (self->store == NULL)
    return FALSE;
  self->engine = guichetd_engine_new (self->store,
                                      self->catalogue,
                                      self->texts,
                                      &town,
                                      self->clock,
                                      config->zone);
  /* First, so that the sessions that are loaded know of it. */
  if (!guichetd_engine_note_catalogue (self->engine, error))
    return FALSE;
  self->auth = guichetd_auth_new (self->store, self->clock, &config->auth);
  if (!guichetd_auth_load (self->auth, error))
    return FALSE;
  if (!open_postman (self, &town, error))
    return FALSE;
  self->feed = guichetd_feed_new (self->engine, self->auth, self->clock, 0);
  self->challenges =
      guichetd_challenges_new (GUICHETD_CHALLENGES_OF_SESSION, GUICHETD_CHALLENGES_MAX);
  self->sign_in_challenges =
      guichetd_challenges_new (GUICHETD_CHALLENGES_OF_SOURCE, GUICHETD_CHALLENGES_MAX);
  self->judge = guichetd_card_judge_new (self->clock, config->zone, &config->card, error);
  if (self->judge == NULL)
    return FALSE;
  self->reader = guichet_worker_new ("body-reader");
  self->traffic = guichetd_traffic_new (config->traffic ? STDERR_FILENO : -1);
  self->api = (GuichetdApi){
    .engine = self->engine,
    .auth = self->auth,
    .feed = self->feed,
    .challenges = self->challenges,
    .sign_in_challenges = self->sign_in_challenges,
    .judge = self->judge,
    .clock = self->clock,
    .town = config->town,
    .zone = config->zone_name,
    .reader = self->reader,
  };
  return TRUE;
}

static gboolean
listen (GuichetdServer *self, GError **error)
{
  const GuichetdConfig *config = self->config;
  g_autofree char *socket = guichetd_config_admin_socket (config);
  g_autofree char *address = g_strconcat ("unix:", socket, NULL);

  self->admin =
      guichetd_listener_new (guichetd_admin_routes, NULL, self, &admin_limits, self->traffic, NULL);
  if (!guichetd_listener_start (self->admin, address, 0600, error))
    return FALSE;

  self->listener = guichetd_listener_new (guichetd_routes,
                                          guichetd_routes_door,
                                          &self->api,
                                          &config->limits,
                                          self->traffic,
                                          config->proxy_header);
  return guichetd_listener_start (self->listener, config->listen, 0660, error);
}

static void
listener_stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GuichetdServer *self = g_task_get_source_object (task);

  guichetd_listener_stop_finish (GUICHETD_LISTENER (source), result, NULL);
  if (--self->listening > 0)
    return;

  close_parts (self);
  g_task_return_boolean (task, TRUE);
}

static void
guichetd_server_dispose (GObject *object)
{
  close_parts (GUICHETD_SERVER (object));

  G_OBJECT_CLASS (guichetd_server_parent_class)->dispose (object);
}

static void
guichetd_server_finalize (GObject *object)
{
  GuichetdServer *self = GUICHETD_SERVER (object);

  guichetd_config_free (self->config);
  g_object_unref (self->clock);

  G_OBJECT_CLASS (guichetd_server_parent_class)->finalize (object);
}

static void
guichetd_server_class_init (GuichetdServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichetd_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichetd_server_finalize;
}

static void
guichetd_server_init (GuichetdServer *self)
{
}

GuichetdServer *
guichetd_server_new (GuichetdConfig *config, GuichetClock *clock)
{
  GuichetdServer *self = g_object_new (GUICHETD_TYPE_SERVER, NULL);

  self->config = config;
  self->clock = g_object_ref (clock);
  return self;
}

gboolean
guichetd_server_start (GuichetdServer *self, GError **error)
{
  g_return_val_if_fail (GUICHETD_IS_SERVER (self), FALSE);
  g_return_val_if_fail (self->store == NULL, FALSE);

  if (open_parts (self, error) && listen (self, error))
    return TRUE;
  close_parts (self);
  return FALSE;
}

const char *
guichetd_server_get_uri (GuichetdServer *self)
{
  g_return_val_if_fail (GUICHETD_IS_SERVER (self), NULL);

  return self->listener != NULL ? guichetd_listener_get_uri (self->listener) : NULL;
}

void
guichetd_server_stop_async (GuichetdServer *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GuichetdListener *listeners[] = { self->listener, self->admin };

  g_return_if_fail (GUICHETD_IS_SERVER (self));
  g_return_if_fail (self->listening == 0);

  g_task_set_source_tag (task, guichetd_server_stop_async);
  if (self->listener == NULL)
    {
      close_parts (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  guichetd_feed_close (self->feed);
  self->listening = G_N_ELEMENTS (listeners);
  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    guichetd_listener_stop_async (listeners[i], GRACE, listener_stopped_cb, g_object_ref (task));
}

gboolean
guichetd_server_stop_finish (GuichetdServer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

const GuichetdConfig *
guichetd_server_get_config (GuichetdServer *self)
{
  g_return_val_if_fail (GUICHETD_IS_SERVER (self), NULL);

  return self->config;
}

GuichetClock *
guichetd_server_get_clock (GuichetdServer *self)
{
  g_return_val_if_fail (GUICHETD_IS_SERVER (self), NULL);

  return self->clock;
}

GuichetdStore *
guichetd_server_get_store (GuichetdServer *self)
{
  g_return_val_if_fail (GUICHETD_IS_SERVER (self), NULL);

  return self->store;
}

GuichetdEngine *
guichetd_server_get_engine (GuichetdServer *self)
{
  g_return_val_if_fail (GUICHETD_IS_SERVER (self), NULL);

  return self->engine;
}

GuichetdAuth *
guichetd_server_get_auth (GuichetdServer *self)
{
  g_return_val_if_fail (GUICHETD_IS_SERVER (self), NULL);

  return self->auth;
}

GuichetdFeed *
guichetd_server_get_feed (GuichetdServer *self)
{
  g_return_val_if_fail (GUICHETD_IS_SERVER (self), NULL);

  return self->feed;
}
