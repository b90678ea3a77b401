/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A member of staff and what they may do.
 */
#define G_LOG_DOMAIN "guichet-clerk"

#include "config.h"

#include "guichet-clerk.h"

#define LOGIN_MIN 2
#define LOGIN_MAX 40
#define POSTS_MAX 24
#define RESTRICTED_MAX 100

G_DEFINE_FLAGS_TYPE (GuichetCapability,
                     guichet_capability,
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_LIST, "list"),
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_READ, "read"),
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_WORK, "work"),
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_DECIDE, "decide"),
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_ASSIGN_OTHERS, "assignOthers"),
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_REOPEN, "reopen"),
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_ENCODE, "encode"),
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_SEE_ACCESS_LOG, "seeAccessLog"),
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_PURGE, "purge"),
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_MANAGE_STAFF, "manageStaff"),
                     G_DEFINE_ENUM_VALUE (GUICHET_CAN_ASSIST_ACCOUNT, "assistAccount"))

#define CLERK                                                                    \
  (GUICHET_CAN_LIST | GUICHET_CAN_READ | GUICHET_CAN_WORK | GUICHET_CAN_ENCODE | \
   GUICHET_CAN_ASSIST_ACCOUNT)
#define OFFICER (CLERK | GUICHET_CAN_DECIDE)
#define SUPERVISOR \
  (OFFICER | GUICHET_CAN_ASSIGN_OTHERS | GUICHET_CAN_REOPEN | GUICHET_CAN_SEE_ACCESS_LOG)

static const GuichetCapability capabilities_of_role[] = {
  [GUICHET_ROLE_NONE] = 0,
  [GUICHET_ROLE_CLERK] = CLERK,
  [GUICHET_ROLE_OFFICER] = OFFICER,
  [GUICHET_ROLE_SUPERVISOR] = SUPERVISOR,
  [GUICHET_ROLE_RECEPTION] = GUICHET_CAN_LIST | GUICHET_CAN_ENCODE | GUICHET_CAN_ASSIST_ACCOUNT,
  [GUICHET_ROLE_PROTECTION] =
      GUICHET_CAN_LIST | GUICHET_CAN_READ | GUICHET_CAN_SEE_ACCESS_LOG | GUICHET_CAN_PURGE,
  [GUICHET_ROLE_ADMINISTRATOR] = GUICHET_CAN_MANAGE_STAFF,
};

GuichetCapability
guichet_role_capabilities (GuichetRole role)
{
  g_return_val_if_fail ((guint) role < G_N_ELEMENTS (capabilities_of_role), 0);

  return capabilities_of_role[role];
}

static void
clerk_clear (gpointer data)
{
  GuichetClerk *self = data;

  g_free (self->login);
  g_free (self->name);
  g_array_unref (self->posts);
  g_strfreev (self->restricted);
}

GuichetClerk *
guichet_clerk_new (void)
{
  GuichetClerk *self = g_atomic_rc_box_new0 (GuichetClerk);

  self->active = TRUE;
  self->posts = g_array_new (FALSE, FALSE, sizeof (GuichetPost));
  self->restricted = g_new0 (char *, 1);
  return self;
}

GuichetClerk *
guichet_clerk_ref (GuichetClerk *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_clerk_unref (GuichetClerk *self)
{
  g_atomic_rc_box_release_full (self, clerk_clear);
}

static void
read_posts (GuichetClerk *self, GuichetJsonReader *reader)
{
  guint n_posts = 0;

  if (!guichet_json_reader_enter_array (reader,
                                        "posts",
                                        GUICHET_JSON_REQUIRED,
                                        POSTS_MAX,
                                        &n_posts))
    return;

  for (guint i = 0; i < n_posts; i++)
    if (guichet_json_reader_enter_item (reader, i))
      {
        GuichetPost post = {
          .department = guichet_json_reader_enum (reader,
                                                  "department",
                                                  GUICHET_JSON_REQUIRED,
                                                  GUICHET_TYPE_DEPARTMENT),
          .role =
              guichet_json_reader_enum (reader, "role", GUICHET_JSON_REQUIRED, GUICHET_TYPE_ROLE),
        };

        g_array_append_val (self->posts, post);
        guichet_json_reader_leave (reader);
      }
  guichet_json_reader_leave (reader);
}

static void
read_restricted (GuichetClerk *self, GuichetJsonReader *reader)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  guint n_codes = 0;

  if (!guichet_json_reader_enter_array (reader,
                                        "restricted",
                                        GUICHET_JSON_OPTIONAL,
                                        RESTRICTED_MAX,
                                        &n_codes))
    return;

  for (guint i = 0; i < n_codes; i++)
    {
      const char *code = guichet_json_reader_item_string (reader, i, 20);

      if (code != NULL)
        g_strv_builder_add (codes, code);
    }
  guichet_json_reader_leave (reader);
  g_strfreev (self->restricted);
  self->restricted = g_strv_builder_end (codes);
}

GuichetClerk *
guichet_clerk_read (GuichetJsonReader *reader)
{
  GuichetClerk *self = guichet_clerk_new ();

  self->login =
      g_strdup (guichet_json_reader_string (reader, "login", GUICHET_JSON_REQUIRED, LOGIN_MAX));
  if (self->login != NULL && !guichet_clerk_login_is_valid (self->login))
    guichet_json_reader_refuse (reader,
                                "login",
                                "invalidStructure",
                                "must be 2 to 40 of a-z, 0-9, '.' and '-', beginning with a "
                                "letter");
  self->name = g_strdup (guichet_json_reader_string (reader, "name", GUICHET_JSON_REQUIRED, 100));
  self->language =
      guichet_json_reader_enum (reader, "language", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_LANGUAGE);
  if (guichet_json_reader_has (reader, "active"))
    self->active = guichet_json_reader_boolean (reader, "active", GUICHET_JSON_REQUIRED);
  read_posts (self, reader);
  read_restricted (self, reader);
  return self;
}

void
guichet_clerk_write (const GuichetClerk *self, GuichetJsonWriter *writer, const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  guichet_json_writer_string (writer, "login", self->login);
  guichet_json_writer_string (writer, "name", self->name);
  guichet_json_writer_enum (writer, "language", GUICHET_TYPE_LANGUAGE, self->language);
  guichet_json_writer_boolean (writer, "active", self->active);

  guichet_json_writer_begin_array (writer, "posts");
  for (guint i = 0; i < self->posts->len; i++)
    {
      const GuichetPost *post = &g_array_index (self->posts, GuichetPost, i);

      guichet_json_writer_begin_object (writer, NULL);
      guichet_json_writer_enum (writer, "department", GUICHET_TYPE_DEPARTMENT, post->department);
      guichet_json_writer_enum (writer, "role", GUICHET_TYPE_ROLE, post->role);
      guichet_json_writer_end_object (writer);
    }
  guichet_json_writer_end_array (writer);

  guichet_json_writer_begin_array (writer, "restricted");
  for (guint i = 0; self->restricted[i] != NULL; i++)
    guichet_json_writer_string (writer, NULL, self->restricted[i]);
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
}

GuichetCapability
guichet_clerk_capabilities (const GuichetClerk *self, GuichetDepartment department)
{
  GuichetCapability capabilities = 0;

  if (!self->active)
    return 0;

  for (guint i = 0; i < self->posts->len; i++)
    {
      const GuichetPost *post = &g_array_index (self->posts, GuichetPost, i);

      if (post->department == department)
        capabilities |= guichet_role_capabilities (post->role);
    }
  return capabilities;
}

gboolean
guichet_clerk_knows (const GuichetClerk *self, const char *procedure)
{
  return g_strv_contains ((const char *const *) self->restricted, procedure);
}

gboolean
guichet_clerk_can (const GuichetClerk *self,
                   GuichetCapability wanted,
                   GuichetDepartment department,
                   const char *procedure,
                   gboolean restricted)
{
  g_return_val_if_fail (self != NULL && procedure != NULL, FALSE);

  return (guichet_clerk_capabilities (self, department) & wanted) == wanted &&
         (!restricted || guichet_clerk_knows (self, procedure));
}

gboolean
guichet_clerk_can_somewhere (const GuichetClerk *self, GuichetCapability wanted)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->posts->len; i++)
    {
      const GuichetPost *post = &g_array_index (self->posts, GuichetPost, i);

      if ((guichet_clerk_capabilities (self, post->department) & wanted) == wanted)
        return TRUE;
    }
  return FALSE;
}

gboolean
guichet_clerk_login_is_valid (const char *login)
{
  gsize length = login != NULL ? strlen (login) : 0;

  if (length < LOGIN_MIN || length > LOGIN_MAX || !g_ascii_islower (login[0]))
    return FALSE;

  for (const char *p = login; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '.' && *p != '-')
      return FALSE;
  return TRUE;
}
