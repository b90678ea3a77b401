/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Passwords of staff: which are good enough, and their hashes (Argon2id, RFC 9106).
 */
#define G_LOG_DOMAIN "guichetd-password"

#include "config.h"

#include "guichetd-password.h"

#include <sodium.h>
#include <string.h>

/* Different characters that a password has at least. */
#define MIN_DISTINCT 5

const GuichetdPasswordCost guichetd_password_cost_default = { 65536, 3 };

/* What is left of a password without the digits and signs around it must not be one of these. */
static const char *const tried_first[] = {
  "admin",      "administrateur", "administratie", "administrator", "agent",       "azerty",
  "azertyuiop", "belgie",         "belgien",       "belgique",      "belgium",     "bienvenue",
  "bonjour",    "changeme",       "changezmoi",    "commune",       "doudou",      "eguichet",
  "geheim",     "guichet",        "guichetier",    "letmein",       "mons",        "montois",
  "motdepasse", "passwort",       "password",      "population",    "qwerty",      "qwertyuiop",
  "qwertz",     "secret",         "soleil",        "vacances",      "villedemons", "wachtwoord",
  "welcome",    "welkom",         "willkommen",
};

/* NFC, so that the same password typed on another system is the same bytes; wiped by its owner. */
static char *
normalise (const char *password)
{
  if (!g_utf8_validate (password, -1, NULL))
    return NULL;
  return g_utf8_normalize (password, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

static void
wipe (char *text)
{
  if (text == NULL)
    return;
  sodium_memzero (text, strlen (text));
  g_free (text);
}

static guint
count_distinct (const char *text)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_hash_table_add (seen, GUINT_TO_POINTER (g_utf8_get_char (p)));
  return g_hash_table_size (seen);
}

/* What stands between digits and signs at both ends, in lower case, without spaces. */
static char *
core_of (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autoptr (GString) core = g_string_new (NULL);
  gsize end = 0;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || (core->len == 0 && !g_unichar_isalpha (c)))
        continue;
      g_string_append_unichar (core, c);
      if (g_unichar_isalpha (c))
        end = core->len;
    }
  g_string_truncate (core, end);
  return g_string_free (g_steal_pointer (&core), FALSE);
}

static gboolean
contains_folded (const char *text, const char *part)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *wanted = g_utf8_casefold (part, -1);

  return strlen (wanted) >= 3 && strstr (folded, wanted) != NULL;
}

static gboolean
contains_name (const char *text, const char *name)
{
  g_auto (GStrv) parts = g_strsplit_set (name, " -'.", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (contains_folded (text, parts[i]))
      return TRUE;
  return FALSE;
}

static const char *
fault_of (const char *password, const char *login, const char *name)
{
  g_autofree char *core = core_of (password);
  const char *fault = NULL;

  if (strlen (password) > GUICHETD_PASSWORD_MAX)
    fault = "the password is too long";
  else if (g_utf8_strlen (password, -1) < GUICHETD_PASSWORD_MIN_CHARS)
    fault = "the password is shorter than " G_STRINGIFY (GUICHETD_PASSWORD_MIN_CHARS) " characters";
  else if (count_distinct (password) < MIN_DISTINCT)
    fault = "the password repeats too few characters";
  else if (contains_folded (password, login) || contains_name (password, name))
    fault = "the password contains the person's own name";
  else if (*core == '\0')
    fault = "the password has no letters";
  for (guint i = 0; fault == NULL && i < G_N_ELEMENTS (tried_first); i++)
    if (strcmp (core, tried_first[i]) == 0)
      fault = "the password is one of those that everybody tries first";

  sodium_memzero (core, strlen (core));
  return fault;
}

gboolean
guichetd_password_check (const char *password, const char *login, const char *name, GError **error)
{
  char *text = normalise (password);
  const char *fault = text != NULL ? fault_of (text, login, name) : "the password is not UTF-8";

  wipe (text);
  if (fault != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, fault);
      return FALSE;
    }
  return TRUE;
}

char *
guichetd_password_hash (const char *password, const GuichetdPasswordCost *cost, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];
  char *text = normalise (password);
  int failed = -1;

  if (text != NULL && sodium_init () >= 0)
    failed = crypto_pwhash_str_alg (hash,
                                    text,
                                    strlen (text),
                                    MAX (cost->passes, 1),
                                    (gsize) MAX (cost->memory, GUICHETD_PASSWORD_MEMORY_MIN) * 1024,
                                    crypto_pwhash_ALG_ARGON2ID13);
  wipe (text);
  if (failed != 0)
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_FAILED,
                           "hashing a password: not enough memory");
      return NULL;
    }
  return g_strdup (hash);
}

gboolean
guichetd_password_verify (const char *hash, const char *password)
{
  char *text = normalise (password);
  gboolean right = FALSE;

  if (text != NULL && strlen (text) <= GUICHETD_PASSWORD_MAX && sodium_init () >= 0)
    right = crypto_pwhash_str_verify (hash, text, strlen (text)) == 0;
  wipe (text);
  return right;
}

gboolean
guichetd_password_is_weaker (const char *hash, const GuichetdPasswordCost *cost)
{
  return crypto_pwhash_str_needs_rehash (hash,
                                         MAX (cost->passes, 1),
                                         (gsize) MAX (cost->memory, GUICHETD_PASSWORD_MEMORY_MIN) *
                                             1024) != 0;
}
