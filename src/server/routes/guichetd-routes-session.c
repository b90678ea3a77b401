/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signing in and out, and who one is.
 */
#define G_LOG_DOMAIN "guichetd-routes"

#include "config.h"

#include "guichetd-routes-private.h"

#include <sodium.h>
#include <string.h>

static void signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* The tree is ours alone; what lies in it is a password. */
static void
wipe (const char *password)
{
  if (password != NULL)
    sodium_memzero ((char *) password, strlen (password));
}

void
guichetd_routes_post_session (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = guichetd_routes_read_body (exchange, &root);
  GBytes *body = guichetd_exchange_get_body (exchange);
  const char *login;
  const char *password;

  if (reader != NULL)
    {
      login = guichet_json_reader_string (reader, "login", GUICHET_JSON_REQUIRED, 100);
      password = guichet_json_reader_string (reader,
                                             "password",
                                             GUICHET_JSON_REQUIRED,
                                             GUICHETD_PASSWORD_MAX);
      if (guichetd_routes_finish (exchange, reader))
        guichetd_auth_sign_in_async (api->auth,
                                     login,
                                     password,
                                     guichetd_exchange_get_source (exchange),
                                     guichetd_exchange_get_cancellable (exchange),
                                     guichetd_routes_signed_in_cb,
                                     guichetd_exchange_ref (exchange));
      wipe (password);
    }
  sodium_memzero ((char *) g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
refuse_sign_in (GuichetdExchange *exchange, const GError *error, guint retry_after)
{
  GuichetdProblemDetails details = { .retry_after = retry_after };

  if (g_error_matches (error, GUICHETD_AUTH_ERROR, GUICHETD_AUTH_ERROR_THROTTLED))
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_TOO_MANY_FAILED_REQUESTS, &details);
  else if (g_error_matches (error, GUICHETD_AUTH_ERROR, GUICHETD_AUTH_ERROR_BUSY))
    guichetd_exchange_refuse (exchange, GUICHETD_PROBLEM_SERVICE_UNAVAILABLE, &details);
  else
    guichetd_routes_refuse_error (exchange, error, NULL);
}

void
guichetd_routes_signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GuichetdSession) session = NULL;
  g_autoptr (GuichetJsonWriter) writer = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;
  guint retry_after;

  session =
      guichetd_auth_sign_in_finish (GUICHETD_AUTH (source), result, &token, &retry_after, &error);
  if (session == NULL)
    {
      refuse_sign_in (exchange, error, retry_after);
      return;
    }

  writer = guichet_json_writer_new ();
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "token", token);
  guichet_json_writer_instant (writer, "expires", session->expires);
  guichet_clerk_write (session->clerk, writer, "clerk");
  guichet_json_writer_end_object (writer);
  guichetd_exchange_set_header (exchange, "Location", "/v1/sessions/current");
  guichetd_exchange_answer_json (exchange, 201, guichet_json_writer_end (writer));
  wipe (token);
}

void
guichetd_routes_delete_session (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;

  guichetd_auth_sign_out_async (api->auth,
                                guichetd_exchange_get_session (exchange),
                                signed_out_cb,
                                guichetd_exchange_ref (exchange));
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetdExchange) exchange = user_data;
  g_autoptr (GError) error = NULL;

  if (guichetd_auth_sign_out_finish (GUICHETD_AUTH (source), result, &error))
    guichetd_exchange_answer_empty (exchange, 204);
  else
    guichetd_routes_refuse_error (exchange, error, NULL);
}

/* Whether @clerk could be given a request of a department in which @actor works. */
static gboolean
is_colleague (const GuichetClerk *actor, const GuichetClerk *clerk)
{
  for (int department = GUICHET_DEPARTMENT_POPULATION; department <= GUICHET_DEPARTMENT_ARCHIVES;
       department++)
    if (guichet_clerk_capabilities (actor, department) != 0 &&
        (guichet_clerk_capabilities (clerk, department) & GUICHET_CAN_WORK) != 0)
      return TRUE;
  return FALSE;
}

/* The journal calls people by their logins. Whoever is nobody to give a request to, or not here any more,
 * is told by name only. */
static void
write_name (const GuichetClerk *clerk, GuichetJsonWriter *writer)
{
  g_autoptr (GuichetClerk) named = guichet_clerk_new ();

  named->login = g_strdup (clerk->login);
  named->name = g_strdup (clerk->name);
  named->language = clerk->language;
  named->active = clerk->active;
  guichet_clerk_write (named, writer, NULL);
}

void
guichetd_routes_get_me (GuichetdExchange *exchange, gpointer user_data)
{
  const GuichetdApi *api = user_data;
  const GuichetClerk *actor = guichetd_exchange_get_actor (exchange);
  GPtrArray *staff = guichetd_auth_get_staff (api->auth);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_clerk_write (actor, writer, "clerk");
  guichet_json_writer_integer (writer, "epoch", guichetd_exchange_get_session (exchange)->epoch);
  guichet_json_writer_string (writer, "zone", api->zone);
  guichet_json_writer_instant (writer, "now", guichet_clock_now (api->clock));
  guichet_json_writer_begin_array (writer, "colleagues");
  for (guint i = 0; i < staff->len; i++)
    {
      const GuichetClerk *clerk = g_ptr_array_index (staff, i);

      if (is_colleague (actor, clerk))
        guichet_clerk_write (clerk, writer, NULL);
      else
        write_name (clerk, writer);
    }
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  guichetd_exchange_answer_json (exchange, 200, guichet_json_writer_end (writer));
}
