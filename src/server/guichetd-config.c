/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What guichetd.conf says.
 */
#define G_LOG_DOMAIN "guichetd-config"

#include "config.h"

#include "guichetd-config.h"

#include "eid-settings.h"
#include "guichetd-address.h"

#include <string.h>

#define SECRET_MAX 4096

typedef enum
{
  KEY_TEXT,
  KEY_PATH,   /* relative to the folder of the file */
  KEY_SECRET, /* the same, but a bare name is a systemd credential */
  KEY_ADDRESS,
  KEY_ZONE,
  KEY_PATHS, /* a list, as KEY_PATH */
  KEY_WORDS, /* a list */
  KEY_SWITCH,
  KEY_NUMBER, /* guint, times `scale` */
  KEY_SIZE,   /* gsize */
} KeyKind;

typedef struct
{
  const char *group;
  const char *key;
  KeyKind kind;
  gsize offset;
  guint min; /* of a number, as it is written */
  guint max;
  guint scale;
} Key;

#define AT(member) G_STRUCT_OFFSET (GuichetdConfig, member)

// clang-format off
static const Key keys[] = {
  { "server", "listen", KEY_ADDRESS, AT (listen), 0, 0, 0 },
  { "server", "data", KEY_PATH, AT (data), 0, 0, 0 },
  { "server", "catalogue", KEY_PATH, AT (catalogue), 0, 0, 0 },
  { "server", "texts", KEY_PATH, AT (texts), 0, 0, 0 },
  { "server", "town", KEY_TEXT, AT (town), 0, 0, 0 },
  { "server", "zone", KEY_ZONE, AT (zone_name), 0, 0, 0 },
  { "server", "link", KEY_TEXT, AT (link), 0, 0, 0 },
  { "server", "contact", KEY_TEXT, AT (contact), 0, 0, 0 },
  { "server", "proxy-header", KEY_TEXT, AT (proxy_header), 0, 0, 0 },
  { "server", "log-exchanges", KEY_SWITCH, AT (traffic), 0, 0, 0 },
  { "mail", "maildir", KEY_PATH, AT (mail_maildir), 0, 0, 0 },
  { "mail", "smtp", KEY_TEXT, AT (mail_smtp), 0, 0, 0 },
  { "mail", "starttls", KEY_SWITCH, AT (mail_starttls), 0, 0, 0 },
  { "mail", "implicit-tls", KEY_SWITCH, AT (mail_implicit_tls), 0, 0, 0 },
  { "mail", "ca-file", KEY_PATH, AT (mail_ca_file), 0, 0, 0 },
  { "mail", "user", KEY_TEXT, AT (mail_user), 0, 0, 0 },
  { "mail", "password-file", KEY_SECRET, AT (mail_password_file), 0, 0, 0 },
  { "mail", "from", KEY_TEXT, AT (mail_from), 0, 0, 0 },
  { "mail", "from-name", KEY_TEXT, AT (mail_from_name), 0, 0, 0 },
  { "mail", "reply-to", KEY_TEXT, AT (mail_reply_to), 0, 0, 0 },
  { "eid", "roots", KEY_PATHS, AT (card.roots), 0, 0, 0 },
  { "eid", "test-roots", KEY_PATHS, AT (card.test_roots), 0, 0, 0 },
  { "eid", "test-mode", KEY_SWITCH, AT (card.test_mode), 0, 0, 0 },
  { "eid", "sign-in-needs-revocation", KEY_SWITCH, AT (auth.card_revocation), 0, 0, 0 },
  { "eid", "revocation", KEY_SWITCH, AT (card.revocation), 0, 0, 0 },
  { "eid", "revocation-hosts", KEY_WORDS, AT (card.hosts), 0, 0, 0 },
  { "eid", "revocation-proxy", KEY_TEXT, AT (card.proxy), 0, 0, 0 },
  { "eid", "revocation-timeout", KEY_NUMBER, AT (card.timeout), 1, 12, 1000 },
  /* A desk waits 20 seconds for all of an answer. */
  { "eid", "revocation-patience", KEY_NUMBER, AT (card.patience), 1, 12, 1000 },
  { "passwords", "memory-mib", KEY_NUMBER, AT (auth.cost.memory), 8, 1024, 1024 },
  { "passwords", "passes", KEY_NUMBER, AT (auth.cost.passes), 1, 20, 1 },
  { "sessions", "idle-minutes", KEY_NUMBER, AT (auth.idle), 1, 1440, 60 },
  { "sessions", "absolute-hours", KEY_NUMBER, AT (auth.absolute), 1, 24, 3600 },
  { "limits", "connections", KEY_NUMBER, AT (limits.connections), 1, 65536, 1 },
  { "limits", "target-bytes", KEY_SIZE, AT (limits.target_bytes), 256, 65536, 1 },
  { "limits", "header-bytes", KEY_SIZE, AT (limits.header_bytes), 1024, 65536, 1 },
  { "limits", "head-seconds", KEY_NUMBER, AT (limits.head_time), 1, 600, 1000 },
  { "limits", "body-seconds", KEY_NUMBER, AT (limits.body_time), 1, 600, 1000 },
  { "limits", "work-seconds", KEY_NUMBER, AT (limits.work_time), 1, 600, 1000 },
  { "limits", "answer-seconds", KEY_NUMBER, AT (limits.answer_time), 1, 600, 1000 },
  { "limits", "idle-seconds", KEY_NUMBER, AT (limits.idle_time), 1, 3600, 1000 },
  { "limits", "bytes-per-second", KEY_NUMBER, AT (limits.rate), 256, 1048576, 1 },
  { "store", "readers", KEY_NUMBER, AT (store.readers), 1, 16, 1 },
  { "store", "group", KEY_NUMBER, AT (store.group_max), 1, 4096, 1 },
};
// clang-format on

/* A reading in progress. */
typedef struct
{
  const char *path;       /* (borrowed) */
  char *folder;           /* (owned) */
  GKeyFile *file;         /* (owned) */
  GString *faults;        /* (owned): a line each */
  GuichetdConfig *config; /* (borrowed) */
} Reading;

G_GNUC_PRINTF (4, 5)
static void
fault (Reading *reading, const char *group, const char *key, const char *format, ...)
{
  va_list args;

  if (reading->faults->len > 0)
    g_string_append_c (reading->faults, '\n');
  g_string_append_printf (reading->faults, "%s: [%s]", reading->path, group);
  if (key != NULL)
    g_string_append_printf (reading->faults, " %s", key);
  g_string_append (reading->faults, ": ");
  va_start (args, format);
  g_string_append_vprintf (reading->faults, format, args);
  va_end (args);
}

static const Key *
find_key (const char *group, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (keys[i].group, group) == 0 && (name == NULL || strcmp (keys[i].key, name) == 0))
      return &keys[i];
  return NULL;
}

static void
set_string (char **member, char *value)
{
  g_free (*member);
  *member = value;
}

static void
read_address (Reading *reading, const Key *key, char *value)
{
  g_autoptr (GError) error = NULL;

  if (!guichetd_address_check (value, &error))
    fault (reading, key->group, key->key, "%s", error->message);
  set_string (G_STRUCT_MEMBER_P (reading->config, key->offset), value);
}

static void
read_zone (Reading *reading, const Key *key, char *value)
{
  GTimeZone *zone = g_time_zone_new_identifier (value);

  set_string (G_STRUCT_MEMBER_P (reading->config, key->offset), value);
  if (zone == NULL)
    {
      fault (reading, key->group, key->key, "“%s” is no time zone that this machine knows", value);
      return;
    }
  g_time_zone_unref (reading->config->zone);
  reading->config->zone = zone;
}

static void
read_number (Reading *reading, const Key *key, const char *value)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (value, 10, key->min, key->max, &number, NULL))
    {
      fault (reading,
             key->group,
             key->key,
             "“%s” is no number from %u to %u",
             value,
             key->min,
             key->max);
      return;
    }
  if (key->kind == KEY_SIZE)
    G_STRUCT_MEMBER (gsize, reading->config, key->offset) = (gsize) number;
  else
    G_STRUCT_MEMBER (guint, reading->config, key->offset) = (guint) number * key->scale;
}

static char *
resolve (Reading *reading, const Key *key, const char *value)
{
  if (g_path_is_absolute (value) || (key->kind == KEY_SECRET && strchr (value, '/') == NULL))
    return g_strdup (value);
  return g_canonicalize_filename (value, reading->folder);
}

static void
read_list (Reading *reading, const Key *key, const char *value)
{
  char ***member = G_STRUCT_MEMBER_P (reading->config, key->offset);
  g_auto (GStrv) words = g_strsplit (value, ";", -1);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      {
        g_autofree char *path = resolve (reading, key, words[i]);

        g_strv_builder_add (list, key->kind == KEY_PATHS ? path : words[i]);
      }
  g_strfreev (*member);
  *member = g_strv_builder_end (list);
}

static void
read_key (Reading *reading, const Key *key)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = g_key_file_get_string (reading->file, key->group, key->key, &error);
  gpointer member = G_STRUCT_MEMBER_P (reading->config, key->offset);

  if (value == NULL || *g_strstrip (value) == '\0')
    {
      fault (reading, key->group, key->key, "%s", error != NULL ? error->message : "has no value");
      return;
    }

  switch (key->kind)
    {
    case KEY_TEXT:
      set_string (member, g_steal_pointer (&value));
      break;
    case KEY_PATH:
    case KEY_SECRET:
      set_string (member, resolve (reading, key, value));
      break;
    case KEY_ADDRESS:
      read_address (reading, key, g_steal_pointer (&value));
      break;
    case KEY_ZONE:
      read_zone (reading, key, g_steal_pointer (&value));
      break;
    case KEY_PATHS:
    case KEY_WORDS:
      read_list (reading, key, value);
      break;
    case KEY_SWITCH:
      if (strcmp (value, "true") != 0 && strcmp (value, "false") != 0)
        fault (reading, key->group, key->key, "“%s” is neither true nor false", value);
      *(gboolean *) member = strcmp (value, "true") == 0;
      break;
    case KEY_NUMBER:
    case KEY_SIZE:
      read_number (reading, key, value);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
read_group (Reading *reading, const char *group)
{
  g_auto (GStrv) names = NULL;

  if (find_key (group, NULL) == NULL)
    {
      fault (reading, group, NULL, "there is no such group");
      return;
    }
  names = g_key_file_get_keys (reading->file, group, NULL, NULL);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      const Key *key = find_key (group, names[i]);

      if (key == NULL)
        fault (reading, group, names[i], "there is no such key");
      else
        read_key (reading, key);
    }
}

/* What keys must agree on. */
static void
check_mail (Reading *reading)
{
  const GuichetdConfig *config = reading->config;

  if (config->mail_smtp != NULL && strrchr (config->mail_smtp, ':') == NULL)
    fault (reading, "mail", "smtp", "“%s” is not host:port", config->mail_smtp);
  if (config->mail_user != NULL && config->mail_password_file == NULL)
    fault (reading, "mail", "password-file", "is missing beside user");
  if (config->mail_user != NULL && !config->mail_starttls && !config->mail_implicit_tls)
    fault (reading, "mail", "starttls", "must be true where a password is sent");
  if (strchr (config->mail_from, '@') == NULL)
    fault (reading, "mail", "from", "“%s” is no address", config->mail_from);
}

/* Roots that sign test cards do nothing by themselves: who names them without the mode has
 * forgotten something, and who has the mode should know. */
static void
check_card (Reading *reading)
{
  const GuichetdCardOptions *card = &reading->config->card;

  if (card->test_roots != NULL && !card->test_mode)
    fault (reading, "eid", "test-roots", "means nothing unless test-mode is true");
  for (guint i = 0; card->hosts != NULL && card->hosts[i] != NULL; i++)
    if (!eid_settings_is_host (card->hosts[i]))
      fault (reading, "eid", "revocation-hosts", "“%s” is not host:port", card->hosts[i]);
  if (card->proxy != NULL && !eid_settings_is_host (card->proxy))
    fault (reading, "eid", "revocation-proxy", "“%s” is not host:port", card->proxy);
}

static void
reading_clear (Reading *self)
{
  g_free (self->folder);
  g_key_file_unref (self->file);
  g_string_free (self->faults, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

GuichetdConfig *
guichetd_config_new (void)
{
  GuichetdConfig *self = g_new0 (GuichetdConfig, 1);

  self->listen = g_strdup ("127.0.0.1:8642");
  self->data = g_strdup ("/var/lib/guichetier");
  self->catalogue = g_build_filename (GUICHET_DATA_DIR, "catalogue", NULL);
  self->texts = g_build_filename (GUICHET_DATA_DIR, "texts", NULL);
  self->town = g_strdup ("Ville de Mons");
  self->zone_name = g_strdup ("Europe/Brussels");
  self->zone = g_time_zone_new_identifier (self->zone_name);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_utc ();
  self->link = g_strdup ("https://e-guichet.mons.be/");
  self->contact = g_strdup ("e-guichet@ville.mons.be");
  self->traffic = TRUE;
  self->card.revocation = TRUE;
  self->mail_from = g_strdup ("e-guichet@ville.mons.be");
  return self;
}

void
guichetd_config_free (GuichetdConfig *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].kind <= KEY_ZONE)
      g_free (G_STRUCT_MEMBER (char *, self, keys[i].offset));
    else if (keys[i].kind == KEY_PATHS || keys[i].kind == KEY_WORDS)
      g_strfreev (G_STRUCT_MEMBER (char **, self, keys[i].offset));
  g_time_zone_unref (self->zone);
  g_free (self);
}

GuichetdConfig *
guichetd_config_load (const char *path, GError **error)
{
  g_autoptr (GuichetdConfig) config = guichetd_config_new ();
  g_auto (Reading) reading = {
    .path = path,
    .folder = g_path_get_dirname (path),
    .file = g_key_file_new (),
    .faults = g_string_new (NULL),
    .config = config,
  };
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_file (reading.file, path, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  groups = g_key_file_get_groups (reading.file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    read_group (&reading, groups[i]);
  check_mail (&reading);
  check_card (&reading);

  if (reading.faults->len > 0)
    {
      g_set_error_literal (error,
                           G_KEY_FILE_ERROR,
                           G_KEY_FILE_ERROR_INVALID_VALUE,
                           reading.faults->str);
      return NULL;
    }
  return g_steal_pointer (&config);
}

char *
guichetd_config_secret (const char *path, GError **error)
{
  const char *credentials = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *full = NULL;
  char *text;
  gsize length;

  if (strchr (path, '/') == NULL && credentials == NULL)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_NOT_FOUND,
                   "“%s” is a systemd credential, and there is no $CREDENTIALS_DIRECTORY",
                   path);
      return NULL;
    }
  full = strchr (path, '/') == NULL ? g_build_filename (credentials, path, NULL) : g_strdup (path);
  if (!g_file_get_contents (full, &text, &length, error))
    return NULL;
  if (length > SECRET_MAX)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_DATA,
                   "“%s” is too long for a secret",
                   full);
      g_free (text);
      return NULL;
    }
  text[strcspn (text, "\r\n")] = '\0';
  return text;
}

char *
guichetd_config_admin_socket (const GuichetdConfig *self)
{
  return g_build_filename (self->data, "admin.sock", NULL);
}
