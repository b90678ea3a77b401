/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the administrator of a computer says of cards, in one place for every program that reads
 * them there.
 */
#define G_LOG_DOMAIN "eid-settings"

#include "config.h"

#include "eid-settings.h"

#include <string.h>

#include "eid-error.h"

#define GROUP "eid"
#define SECONDS_MAX 3600

void
eid_settings_init (EidSettings *self)
{
  *self = (EidSettings){ .roots = eid_roots_new (), .revocation = TRUE };
}

void
eid_settings_clear (EidSettings *self)
{
  g_clear_pointer (&self->roots, eid_roots_unref);
  g_clear_pointer (&self->hosts, g_strfreev);
  g_clear_pointer (&self->proxy, g_free);
}

gboolean
eid_settings_set_seconds (guint *ret_milliseconds, int seconds, GError **error)
{
  if (seconds < 1 || seconds > SECONDS_MAX)
    {
      g_set_error (error,
                   EID_ERROR,
                   EID_ERROR_INVALID,
                   "a time-out has 1 to %d seconds",
                   SECONDS_MAX);
      return FALSE;
    }
  *ret_milliseconds = (guint) seconds * 1000;
  return TRUE;
}

gboolean
eid_settings_is_host (const char *text)
{
  g_autofree char *address = g_strconcat ("http://", text, "/", NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && *host != '\0' && strpbrk (text, "/?#@ ") == NULL;
}

gboolean
eid_settings_set_hosts (EidSettings *self, const char *const *hosts, GError **error)
{
  for (guint i = 0; hosts[i] != NULL; i++)
    if (!eid_settings_is_host (hosts[i]))
      {
        g_set_error (error,
                     EID_ERROR,
                     EID_ERROR_INVALID,
                     "“%s” is not a host: ocsp.example.org or ocsp.example.org:8080",
                     hosts[i]);
        return FALSE;
      }
  g_strfreev (self->hosts);
  self->hosts = g_strdupv ((char **) hosts);
  return TRUE;
}

gboolean
eid_settings_set_proxy (EidSettings *self, const char *proxy, GError **error)
{
  if (!eid_settings_is_host (proxy))
    {
      g_set_error (error,
                   EID_ERROR,
                   EID_ERROR_INVALID,
                   "“%s” is not a proxy: proxy.example.org:3128",
                   proxy);
      return FALSE;
    }
  g_free (self->proxy);
  self->proxy = g_strdup (proxy);
  return TRUE;
}

/* --- The key file ---------------------------------------------------------------------------- */

/* A key that is not there is no error; one that cannot be read is. */
static gboolean
passable (GError *failure, const char *key, GError **error)
{
  if (failure == NULL)
    return TRUE;
  if (g_error_matches (failure, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND) ||
      g_error_matches (failure, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND))
    {
      g_error_free (failure);
      return TRUE;
    }
  g_propagate_prefixed_error (error, failure, "%s: ", key);
  return FALSE;
}

/* What was wrong with what a key says. */
static gboolean
refuse (const char *key, GError **error)
{
  g_prefix_error (error, "%s: ", key);
  return FALSE;
}

gboolean
eid_settings_read_text (GKeyFile *file, const char *key, char **ret_text, GError **error)
{
  GError *failure = NULL;

  *ret_text = g_key_file_get_string (file, GROUP, key, &failure);
  return passable (failure, key, error);
}

static gboolean
read_list (GKeyFile *file, const char *key, GStrv *ret_list, GError **error)
{
  GError *failure = NULL;

  *ret_list = g_key_file_get_string_list (file, GROUP, key, NULL, &failure);
  return passable (failure, key, error);
}

static gboolean
read_seconds (GKeyFile *file, const char *key, guint *ret_milliseconds, GError **error)
{
  GError *failure = NULL;
  int seconds = g_key_file_get_integer (file, GROUP, key, &failure);

  if (failure != NULL)
    return passable (failure, key, error);
  return eid_settings_set_seconds (ret_milliseconds, seconds, error) || refuse (key, error);
}

static gboolean
read_truth (GKeyFile *file, const char *key, gboolean *truth, GError **error)
{
  GError *failure = NULL;
  gboolean said = g_key_file_get_boolean (file, GROUP, key, &failure);

  if (failure == NULL)
    *truth = said;
  return passable (failure, key, error);
}

static gboolean
read_roots (EidSettings *self, GKeyFile *file, const char *key, gboolean test, GError **error)
{
  g_auto (GStrv) paths = NULL;

  if (!read_list (file, key, &paths, error))
    return FALSE;
  return eid_roots_load_all (self->roots, (const char *const *) paths, test, error) ||
         refuse (key, error);
}

static gboolean
read_hosts (EidSettings *self, GKeyFile *file, const char *key, GError **error)
{
  g_auto (GStrv) hosts = NULL;

  if (!read_list (file, key, &hosts, error))
    return FALSE;
  return hosts == NULL || eid_settings_set_hosts (self, (const char *const *) hosts, error) ||
         refuse (key, error);
}

static gboolean
read_proxy (EidSettings *self, GKeyFile *file, const char *key, GError **error)
{
  g_autofree char *proxy = NULL;

  if (!eid_settings_read_text (file, key, &proxy, error))
    return FALSE;
  return proxy == NULL || eid_settings_set_proxy (self, proxy, error) || refuse (key, error);
}

gboolean
eid_settings_read (EidSettings *self, GKeyFile *file, GError **error)
{
  return read_roots (self, file, "roots", FALSE, error) &&
         read_roots (self, file, "test-roots", TRUE, error) &&
         read_truth (file, "test-mode", &self->test_mode, error) &&
         read_seconds (file, "timeout", &self->reader_timeout, error) &&
         read_truth (file, "revocation", &self->revocation, error) &&
         read_hosts (self, file, "revocation-hosts", error) &&
         read_proxy (self, file, "revocation-proxy", error) &&
         read_seconds (file, "revocation-timeout", &self->answer_timeout, error) &&
         read_seconds (file, "revocation-patience", &self->patience, error);
}

EidAsker *
eid_settings_make_asker (const EidSettings *self)
{
  return self->revocation ? eid_asker_new ((const char *const *) self->hosts,
                                           self->proxy,
                                           self->answer_timeout,
                                           self->patience)
                          : NULL;
}
