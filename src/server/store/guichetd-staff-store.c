/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Staff and their sessions in the journal's database.
 */
#define G_LOG_DOMAIN "guichetd-staff-store"

#include "config.h"

#include "guichetd-staff-store.h"
#include "guichet-error.h"

#include <string.h>

void
guichetd_staff_free (GuichetdStaff *self)
{
  guichet_clerk_unref (self->clerk);
  g_free (self->password);
  g_free (self);
}

void
guichetd_session_row_free (GuichetdSessionRow *self)
{
  g_free (self->login);
  g_free (self);
}

/* A word of the database is one of ours: its constraints are made of the same lists. */
static int
word_value (GType type, const char *word)
{
  int value = 0;

  if (!guichet_enum_value (type, word, &value))
    g_warning ("the database has the unknown word “%s”", word);
  return value;
}

static gboolean
read_posts (GuichetDb *db, GuichetClerk *clerk, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-posts");
  GError *local_error = NULL;

  guichet_statement_bind_text (statement, "login", clerk->login);
  while (guichet_statement_step (statement, &local_error))
    {
      GuichetPost post = {
        (GuichetDepartment) word_value (GUICHET_TYPE_DEPARTMENT,
                                        guichet_statement_text (statement, "department")),
        (GuichetRole) word_value (GUICHET_TYPE_ROLE, guichet_statement_text (statement, "role")),
      };

      g_array_append_val (clerk->posts, post);
    }
  return guichet_error_pass (error, local_error);
}

static gboolean
read_named (GuichetDb *db, GuichetClerk *clerk, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-named");
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  GError *local_error = NULL;

  guichet_statement_bind_text (statement, "login", clerk->login);
  while (guichet_statement_step (statement, &local_error))
    g_strv_builder_add (codes, guichet_statement_text (statement, "procedure"));
  if (!guichet_error_pass (error, local_error))
    return FALSE;
  g_strfreev (clerk->restricted);
  clerk->restricted = g_strv_builder_end (codes);
  return TRUE;
}

/* The row that the statement stands on, still without posts. */
static GuichetdStaff *
read_row (GuichetStatement *statement)
{
  GuichetdStaff *staff = g_new0 (GuichetdStaff, 1);
  GuichetClerk *clerk = guichet_clerk_new ();
  g_autoptr (GBytes) card = NULL;

  clerk->login = g_strdup (guichet_statement_text (statement, "login"));
  clerk->name = g_strdup (guichet_statement_text (statement, "name"));
  clerk->language = (GuichetLanguage) word_value (GUICHET_TYPE_LANGUAGE,
                                                  guichet_statement_text (statement, "language"));
  clerk->active = guichet_statement_integer (statement, "active") != 0;
  staff->clerk = clerk;
  staff->epoch = guichet_statement_integer (statement, "epoch");
  staff->password = g_strdup (guichet_statement_text (statement, "password"));
  card = guichet_statement_blob (statement, "card");
  staff->has_card = card != NULL && g_bytes_get_size (card) == sizeof staff->card;
  if (staff->has_card)
    memcpy (staff->card, g_bytes_get_data (card, NULL), sizeof staff->card);
  return staff;
}

static gboolean
complete (GuichetDb *db, GuichetdStaff *staff, GError **error)
{
  return read_posts (db, staff->clerk, error) && read_named (db, staff->clerk, error);
}

GuichetdStaff *
guichetd_staff_store_find (GuichetDb *db, const char *login, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-staff");
  g_autoptr (GuichetdStaff) staff = NULL;

  guichet_statement_bind_text (statement, "login", login);
  if (!guichet_statement_step (statement, error))
    return NULL;
  staff = read_row (statement);
  guichet_statement_reset (statement);
  if (!complete (db, staff, error))
    return NULL;
  return g_steal_pointer (&staff);
}

gboolean
guichetd_staff_store_find_name (GuichetDb *db, const char *login, char **ret_name, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-staff-name");
  GError *local_error = NULL;

  *ret_name = NULL;
  guichet_statement_bind_text (statement, "login", login);
  if (guichet_statement_step (statement, &local_error))
    {
      *ret_name = g_strdup (guichet_statement_text (statement, "name"));
      guichet_statement_reset (statement);
    }
  return guichet_error_pass (error, local_error);
}

GPtrArray *
guichetd_staff_store_list (GuichetDb *db, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-staff");
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichetd_staff_free);
  GError *local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    g_ptr_array_add (list, read_row (statement));
  if (!guichet_error_pass (error, local_error))
    return NULL;

  for (guint i = 0; i < list->len; i++)
    if (!complete (db, g_ptr_array_index (list, i), error))
      return NULL;
  return g_steal_pointer (&list);
}

static gboolean
write_rights (GuichetDb *db, const GuichetClerk *clerk, GError **error)
{
  for (guint i = 0; i < clerk->posts->len; i++)
    {
      const GuichetPost *post = &g_array_index (clerk->posts, GuichetPost, i);
      GuichetStatement *statement = guichet_db_statement (db, "insert-post");

      guichet_statement_bind_text (statement, "login", clerk->login);
      guichet_statement_bind_text (statement,
                                   "department",
                                   guichet_enum_word (GUICHET_TYPE_DEPARTMENT, post->department));
      guichet_statement_bind_text (statement,
                                   "role",
                                   guichet_enum_word (GUICHET_TYPE_ROLE, post->role));
      if (!guichet_statement_run (statement, error))
        return FALSE;
    }

  for (guint i = 0; clerk->restricted[i] != NULL; i++)
    {
      GuichetStatement *statement = guichet_db_statement (db, "insert-named");

      guichet_statement_bind_text (statement, "login", clerk->login);
      guichet_statement_bind_text (statement, "procedure", clerk->restricted[i]);
      if (!guichet_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
delete_rights (GuichetDb *db, const char *login, GError **error)
{
  static const char *const names[] = { "delete-posts", "delete-named" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GuichetStatement *statement = guichet_db_statement (db, names[i]);

      guichet_statement_bind_text (statement, "login", login);
      if (!guichet_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static void
bind_clerk (GuichetStatement *statement, const GuichetClerk *clerk, gint64 now)
{
  guichet_statement_bind_text (statement, "login", clerk->login);
  guichet_statement_bind_text (statement, "name", clerk->name);
  guichet_statement_bind_text (statement,
                               "language",
                               guichet_enum_word (GUICHET_TYPE_LANGUAGE, (int) clerk->language));
  guichet_statement_bind_integer (statement, "active", clerk->active ? 1 : 0);
  guichet_statement_bind_integer (statement, "now", now);
}

gboolean
guichetd_staff_store_add (GuichetDb *db,
                          const GuichetClerk *clerk,
                          const char *password,
                          gint64 now,
                          GError **error)
{
  GError *local_error = NULL;
  g_autoptr (GuichetdStaff) known = guichetd_staff_store_find (db, clerk->login, &local_error);
  GuichetStatement *statement;

  if (!guichet_error_pass (error, local_error))
    return FALSE;
  if (known != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "“%s” exists already", clerk->login);
      return FALSE;
    }

  statement = guichet_db_statement (db, "insert-staff");
  bind_clerk (statement, clerk, now);
  guichet_statement_bind_text (statement, "password", password);
  return guichet_statement_run (statement, error) && write_rights (db, clerk, error);
}

static gboolean
has_post (const GuichetClerk *clerk, const GuichetPost *wanted)
{
  for (guint i = 0; i < clerk->posts->len; i++)
    {
      const GuichetPost *post = &g_array_index (clerk->posts, GuichetPost, i);

      if (post->department == wanted->department && post->role == wanted->role)
        return TRUE;
    }
  return FALSE;
}

/* Both lists are sets: the database lets nobody hold a post twice. */
static gboolean
has_all_of (const GuichetClerk *clerk, const GuichetClerk *other)
{
  for (guint i = 0; i < other->posts->len; i++)
    if (!has_post (clerk, &g_array_index (other->posts, GuichetPost, i)))
      return FALSE;
  for (guint i = 0; other->restricted[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) clerk->restricted, other->restricted[i]))
      return FALSE;
  return TRUE;
}

gboolean
guichetd_staff_store_change (GuichetDb *db,
                             const GuichetClerk *clerk,
                             const char *password,
                             gint64 now,
                             gboolean *ret_rights,
                             GError **error)
{
  GError *local_error = NULL;
  g_autoptr (GuichetdStaff) known = guichetd_staff_store_find (db, clerk->login, &local_error);
  GuichetStatement *statement;
  gboolean rights;

  if (!guichet_error_pass (error, local_error))
    return FALSE;
  if (known == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no “%s”", clerk->login);
      return FALSE;
    }

  rights = known->clerk->active != clerk->active || !has_all_of (known->clerk, clerk) ||
           !has_all_of (clerk, known->clerk);

  statement = guichet_db_statement (db, "update-staff");
  bind_clerk (statement, clerk, now);
  guichet_statement_bind_integer (statement, "step", rights ? 1 : 0);
  if (!guichet_statement_run (statement, error) || !delete_rights (db, clerk->login, error) ||
      !write_rights (db, clerk, error))
    return FALSE;
  if (password != NULL && !guichetd_staff_store_set_password (db, clerk->login, password, error))
    return FALSE;

  *ret_rights = rights;
  return TRUE;
}

gboolean
guichetd_staff_store_set_password (GuichetDb *db,
                                   const char *login,
                                   const char *password,
                                   GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "set-staff-password");

  guichet_statement_bind_text (statement, "login", login);
  guichet_statement_bind_text (statement, "password", password);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_staff_store_set_card (GuichetDb *db,
                               const char *login,
                               const guint8 *digest,
                               GError **error)
{
  g_autoptr (GPtrArray) staff = guichetd_staff_store_list (db, error);
  GuichetStatement *statement;
  gboolean found = FALSE;

  if (staff == NULL)
    return FALSE;
  for (guint i = 0; i < staff->len; i++)
    {
      const GuichetdStaff *one = g_ptr_array_index (staff, i);

      if (strcmp (one->clerk->login, login) == 0)
        found = TRUE;
      else if (digest != NULL && one->has_card && memcmp (one->card, digest, sizeof one->card) == 0)
        {
          g_set_error (error,
                       G_IO_ERROR,
                       G_IO_ERROR_EXISTS,
                       "this card signs “%s” in already",
                       one->clerk->login);
          return FALSE;
        }
    }
  if (!found)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no “%s”", login);
      return FALSE;
    }

  statement = guichet_db_statement (db, "set-staff-card");
  guichet_statement_bind_text (statement, "login", login);
  if (digest != NULL)
    guichet_statement_bind_blob (statement, "card", digest, GUICHETD_CARD_DIGEST);
  else
    guichet_statement_bind_null (statement, "card");
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_staff_store_renew_hash (GuichetDb *db,
                                 const char *login,
                                 const char *before,
                                 const char *after,
                                 GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "renew-staff-hash");

  guichet_statement_bind_text (statement, "login", login);
  guichet_statement_bind_text (statement, "before", before);
  guichet_statement_bind_text (statement, "after", after);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_staff_store_renew_epochs (GuichetDb *db, gint64 epoch, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "renew-epochs");

  guichet_statement_bind_integer (statement, "epoch", epoch);
  return guichet_statement_run (statement, error);
}

GPtrArray *
guichetd_session_store_list (GuichetDb *db, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "list-sessions");
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichetd_session_row_free);
  GError *local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    {
      GuichetdSessionRow *row = g_new0 (GuichetdSessionRow, 1);
      g_autoptr (GBytes) digest = guichet_statement_blob (statement, "digest");

      g_assert (g_bytes_get_size (digest) == sizeof row->digest);
      memcpy (row->digest, g_bytes_get_data (digest, NULL), sizeof row->digest);
      row->login = g_strdup (guichet_statement_text (statement, "login"));
      row->created = guichet_statement_integer (statement, "created");
      row->used = guichet_statement_integer (statement, "used");
      row->expires = guichet_statement_integer (statement, "expires");
      g_ptr_array_add (list, row);
    }
  if (!guichet_error_pass (error, local_error))
    return NULL;
  return g_steal_pointer (&list);
}

gboolean
guichetd_session_store_add (GuichetDb *db, const GuichetdSessionRow *row, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "insert-session");

  guichet_statement_bind_blob (statement, "digest", row->digest, sizeof row->digest);
  guichet_statement_bind_text (statement, "login", row->login);
  guichet_statement_bind_integer (statement, "created", row->created);
  guichet_statement_bind_integer (statement, "used", row->used);
  guichet_statement_bind_integer (statement, "expires", row->expires);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_session_store_touch (GuichetDb *db, const GuichetdSessionRow *row, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "touch-session");

  guichet_statement_bind_blob (statement, "digest", row->digest, sizeof row->digest);
  guichet_statement_bind_integer (statement, "used", row->used);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_session_store_remove (GuichetDb *db, const guint8 *digest, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "delete-session");

  guichet_statement_bind_blob (statement, "digest", digest, 32);
  return guichet_statement_run (statement, error);
}
