/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * guichetctl staff: who works here, in which posts.
 */
#define G_LOG_DOMAIN "guichetctl-staff"

#include "config.h"

#include "guichetctl.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

#include "guichetctl-daemon.h"
#include "guichetd-files.h"
#include "guichetd-auth.h"
#include "guichetd-staff-store.h"

/* What the words say of a member of staff; NULL or 0 is not said. */
typedef struct
{
  char *name;
  char *language;
  char *password_file;
  char *number_file;
  char **posts;
  char **restricted;
  gboolean barred;
  gboolean active;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->name);
  g_free (self->language);
  g_free (self->password_file);
  g_free (self->number_file);
  g_strfreev (self->posts);
  g_strfreev (self->restricted);
}

static gboolean
refuse (GError **error, const char *format, const char *word)
{
  g_autofree char *quoted = g_strdup_printf ("“%s”", word);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  g_set_error (error,
               GUICHETCTL_ERROR,
               GUICHETCTL_ERROR_USAGE,
               "%s%s%s",
               parts[0],
               quoted,
               parts[1] != NULL ? parts[1] : "");
  return FALSE;
}

/* `population:officer` */
static gboolean
add_post (GuichetClerk *clerk, const char *word, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", 2);
  int department = 0;
  int role = 0;
  GuichetPost post;

  if (g_strv_length (parts) != 2 ||
      !guichet_enum_value (GUICHET_TYPE_DEPARTMENT, parts[0], &department) ||
      !guichet_enum_value (GUICHET_TYPE_ROLE, parts[1], &role))
    return refuse (error, "%s is no post: say DEPARTMENT:ROLE, such as population:officer", word);

  post = (GuichetPost){ .department = (GuichetDepartment) department, .role = (GuichetRole) role };
  g_array_append_val (clerk->posts, post);
  return TRUE;
}

/* A misspelt code would name nobody for anything, and nobody would notice. */
static gboolean
check_restricted (GuichetctlOffice *office, char **codes, GError **error)
{
  g_autoptr (GuichetCatalogue) catalogue =
      guichetd_files_read_catalogue (office->config->catalogue, error);

  if (catalogue == NULL)
    return FALSE;
  for (guint i = 0; codes[i] != NULL; i++)
    {
      const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, codes[i]);

      if (*codes[i] != '\0' && (procedure == NULL || !procedure->restricted))
        return refuse (error, "%s is no restricted procedure of the catalogue", codes[i]);
    }
  return TRUE;
}

static gboolean
is_empty (char **words)
{
  return g_strv_length (words) == 1 && *words[0] == '\0';
}

static gboolean
apply (GuichetClerk *clerk, const Options *options, GError **error)
{
  int language = 0;

  if (options->name != NULL)
    {
      g_free (clerk->name);
      clerk->name = g_strdup (options->name);
    }
  if (options->language != NULL)
    {
      if (!guichet_enum_value (GUICHET_TYPE_LANGUAGE, options->language, &language))
        return refuse (error, "%s is no language: say fr, nl, de or en", options->language);
      clerk->language = (GuichetLanguage) language;
    }
  if (options->posts != NULL)
    {
      g_array_set_size (clerk->posts, 0);
      for (guint i = 0; !is_empty (options->posts) && options->posts[i] != NULL; i++)
        if (!add_post (clerk, options->posts[i], error))
          return FALSE;
    }
  if (options->restricted != NULL)
    {
      g_strfreev (clerk->restricted);
      clerk->restricted =
          is_empty (options->restricted) ? g_new0 (char *, 1) : g_strdupv (options->restricted);
    }
  clerk->active = (clerk->active || options->active) && !options->barred;
  return TRUE;
}

/* What may end the program, or stop it, while the terminal shows nothing. */
static const int interruptions[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

static volatile sig_atomic_t interrupted;

/* Wakes who waits for a line: a signal may come before that, and to any thread. */
static int interruption = -1;

static void
interrupted_cb (int number)
{
  const guint64 one = 1;
  int error = errno;

  interrupted = number;
  while (write (interruption, &one, sizeof one) < 0 && errno == EINTR)
    ;
  errno = error;
}

/* Whether there is a line, and not a signal. */
static gboolean
wait_for_line (int terminal)
{
  struct pollfd events[] = { { .fd = interruption, .events = POLLIN },
                             { .fd = terminal, .events = POLLIN } };

  while (poll (events, G_N_ELEMENTS (events), -1) < 0 && errno == EINTR)
    ;
  return interrupted == 0;
}

/* The terminal is as it was before the program ends or stops: nobody else would make it so. */
static gssize
read_typed_line (FILE *stream, const struct termios *before, char **line, gsize *size)
{
  const struct sigaction remember = { .sa_handler = interrupted_cb };
  struct sigaction actions[G_N_ELEMENTS (interruptions)];
  struct termios silent = *before;
  gssize length = 0;

  interrupted = 0;
  interruption = eventfd (0, EFD_CLOEXEC);
  for (gsize i = 0; i < G_N_ELEMENTS (interruptions); i++)
    sigaction (interruptions[i], &remember, &actions[i]);
  silent.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (fileno (stream), TCSAFLUSH, &silent);
  fprintf (stderr, "Password: ");
  if (wait_for_line (fileno (stream)))
    length = getline (line, size, stream);
  tcsetattr (fileno (stream), TCSAFLUSH, before);
  fprintf (stderr, "\n");
  for (gsize i = 0; i < G_N_ELEMENTS (interruptions); i++)
    sigaction (interruptions[i], &actions[i], NULL);
  close (interruption);
  if (interrupted == 0)
    return length;

  raise (interrupted);
  /* It was only stopped. */
  return read_typed_line (stream, before, line, size);
}

/* A line that is typed is not shown. */
static gssize
read_line (FILE *stream, char **line, gsize *size)
{
  struct termios before;

  if (tcgetattr (fileno (stream), &before) != 0)
    return getline (line, size, stream);
  return read_typed_line (stream, &before, line, size);
}

/* The first line of a file, or of standard input for `-`: never a word of the command line. */
static char *
read_password (const char *path, GError **error)
{
  g_autofree char *line = NULL;
  gsize size = 0;
  FILE *stream = g_str_equal (path, "-") ? stdin : fopen (path, "re");

  if (stream == NULL)
    {
      g_set_error (error,
                   GUICHETCTL_ERROR,
                   GUICHETCTL_ERROR_FAILED,
                   "%s: %s",
                   path,
                   g_strerror (errno));
      return NULL;
    }
  if (read_line (stream, &line, &size) <= 0)
    g_set_error (error, GUICHETCTL_ERROR, GUICHETCTL_ERROR_FAILED, "there is nothing in %s", path);
  else
    g_strchomp (line);
  if (stream != stdin)
    fclose (stream);
  return error == NULL || *error == NULL ? g_steal_pointer (&line) : NULL;
}

/* @number: (nullable): takes the card away */
static gboolean
bind_card (GuichetctlOffice *office, const char *login, const char *number, GError **error)
{
  g_autoptr (GuichetJsonWriter) writer = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (office->store != NULL)
    return guichetd_auth_bind_card (office->store, login, number, error);

  writer = guichet_json_writer_new ();
  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "login", login);
  guichet_json_writer_string (writer, "number", number);
  guichet_json_writer_end_object (writer);
  body = guichet_json_writer_end (writer);
  answer = guichetctl_daemon_ask (office->config, "PUT", "/admin/cards", body, error);
  explicit_bzero ((char *) g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  return answer != NULL;
}

/* The number of the holder, typed or read: `guichet-eid read` prints it. */
static gboolean
bind_holder (GuichetctlOffice *office, const char *login, const Options *options, GError **error)
{
  char *number;
  gboolean done;

  if (options->number_file == NULL)
    return refuse (error, "to bind a card to %s, --number-file is needed", login);
  number = read_password (options->number_file, error);
  if (number == NULL)
    return FALSE;
  done = bind_card (office, login, number, error);
  explicit_bzero (number, strlen (number));
  g_free (number);
  return done;
}

static gboolean
put_through_daemon (GuichetctlOffice *office,
                    const GuichetClerk *clerk,
                    const char *password,
                    gboolean create,
                    GError **error)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_boolean (writer, "create", create);
  guichet_json_writer_string (writer, "password", password);
  guichet_clerk_write (clerk, writer, "clerk");
  guichet_json_writer_end_object (writer);
  body = guichet_json_writer_end (writer);
  answer = guichetctl_daemon_ask (office->config, "PUT", "/admin/staff", body, error);
  explicit_bzero ((char *) g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  return answer != NULL;
}

static gboolean
put (GuichetctlOffice *office,
     GuichetClerk *clerk,
     const Options *options,
     gboolean create,
     GError **error)
{
  g_autofree char *password = NULL;
  gboolean done;

  if (options->password_file != NULL)
    {
      password = read_password (options->password_file, error);
      if (password == NULL)
        return FALSE;
    }

  done = office->store == NULL ? put_through_daemon (office, clerk, password, create, error)
                               : guichetd_auth_put_staff (office->store,
                                                          office->clock,
                                                          &office->config->auth.cost,
                                                          clerk,
                                                          password,
                                                          create,
                                                          error);
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  return done;
}

static gboolean
add (GuichetctlOffice *office, const char *login, const Options *options, GError **error)
{
  g_autoptr (GuichetClerk) clerk = guichet_clerk_new ();

  if (!guichet_clerk_login_is_valid (login))
    return refuse (error,
                   "%s is no login: 2 to 40 of a-z, 0-9, '.' and '-', beginning with a letter",
                   login);
  if (options->name == NULL || options->posts == NULL || options->password_file == NULL)
    return refuse (error, "to add %s, --name, --post and --password-file are needed", login);

  clerk->login = g_strdup (login);
  return apply (clerk, options, error) && put (office, clerk, options, TRUE, error);
}

static gboolean
list_work (GuichetdStore *store, GuichetDb *db, gpointer data, GError **error)
{
  GPtrArray **all = data;

  *all = guichetd_staff_store_list (db, error);
  return *all != NULL;
}

static gpointer
read_clerk (GuichetJsonReader *reader)
{
  return guichet_clerk_read (reader);
}

/* All clerks by login, from the daemon if it runs. */
static GPtrArray *
load_staff (GuichetctlOffice *office, GError **error)
{
  g_autoptr (GPtrArray) clerks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_clerk_unref);
  g_autoptr (GPtrArray) all = NULL;

  if (office->store == NULL)
    return guichetctl_daemon_list (office->config,
                                   "/admin/staff",
                                   read_clerk,
                                   (GDestroyNotify) guichet_clerk_unref,
                                   error);

  if (!guichetd_store_read (office->store, list_work, &all, error))
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      const GuichetdStaff *staff = g_ptr_array_index (all, i);

      g_ptr_array_add (clerks, guichet_clerk_ref (staff->clerk));
    }
  return g_steal_pointer (&clerks);
}

static gboolean
change (GuichetctlOffice *office, const char *login, const Options *options, GError **error)
{
  g_autoptr (GPtrArray) all = load_staff (office, error);

  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      GuichetClerk *clerk = g_ptr_array_index (all, i);

      if (g_str_equal (clerk->login, login))
        return apply (clerk, options, error) && put (office, clerk, options, FALSE, error);
    }
  g_set_error (error,
               GUICHETCTL_ERROR,
               GUICHETCTL_ERROR_FAILED,
               "nobody here has the login “%s”",
               login);
  return FALSE;
}

static gboolean
list (GuichetctlOffice *office, GError **error)
{
  g_autoptr (GPtrArray) all = load_staff (office, error);

  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      const GuichetClerk *clerk = g_ptr_array_index (all, i);

      printf ("%-24s %-28s%s", clerk->login, clerk->name, clerk->active ? "" : " barred");
      for (guint j = 0; j < clerk->posts->len; j++)
        {
          const GuichetPost *post = &g_array_index (clerk->posts, GuichetPost, j);

          printf (" %s:%s",
                  guichet_enum_word (GUICHET_TYPE_DEPARTMENT, (int) post->department),
                  guichet_enum_word (GUICHET_TYPE_ROLE, (int) post->role));
        }
      printf ("\n");
    }
  return TRUE;
}

gboolean
guichetctl_staff (GuichetctlOffice *office, int argc, char **argv, GError **error)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, NULL, NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, NULL, NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_file, NULL, NULL },
    { "number-file", 0, 0, G_OPTION_ARG_FILENAME, &options.number_file, NULL, NULL },
    { "post", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.posts, NULL, NULL },
    { "restricted", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.restricted, NULL, NULL },
    { "bar", 0, 0, G_OPTION_ARG_NONE, &options.barred, NULL, NULL },
    { "unbar", 0, 0, G_OPTION_ARG_NONE, &options.active, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  gboolean done = FALSE;

  if (guichetctl_parse (argc, argv, entries, &words, error) &&
      (options.restricted == NULL || check_restricted (office, options.restricted, error)) &&
      (guichetctl_daemon_is_there (office->config) || guichetctl_office_open_store (office, error)))
    {
      const char *verb = words[0];
      const char *login = verb != NULL ? words[1] : NULL;

      if (g_strcmp0 (verb, "list") == 0 && login == NULL)
        done = list (office, error);
      else if (g_strcmp0 (verb, "add") == 0 && login != NULL)
        done = add (office, login, &options, error);
      else if (g_strcmp0 (verb, "change") == 0 && login != NULL)
        done = change (office, login, &options, error);
      else if (g_strcmp0 (verb, "bind-card") == 0 && login != NULL)
        done = bind_holder (office, login, &options, error);
      else if (g_strcmp0 (verb, "unbind-card") == 0 && login != NULL)
        done = bind_card (office, login, NULL, error);
      else
        refuse (error, "%s is not what can be done with staff", verb != NULL ? verb : "");
    }
  options_clear (&options);
  return done;
}
