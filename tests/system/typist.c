/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A clerk without a window, for the test that kills: signs in and types notes on the requests it is
 * given, in turn, as quickly as they come onto the disk. What the outbox accepted it says on its
 * standard output, a line each: reference and text. Once told `stop` on its input it types no more, and
 * ends when nothing is pending any longer.
 *
 *   typist FOLDER SERVER LOGIN PASSWORD PREFIX REFERENCE…
 */
#include "config.h"

#include "guichet-desk.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct
{
  GMainLoop *loop;
  GuichetDesk *desk;
  char **argv;
  char **references;
  guint n_references;
  guint typed;
  gboolean stopped;
} Typist;

static void type_next (Typist *self);

static void
end_if_done (Typist *self)
{
  guint pending;

  g_object_get (self->desk, "pending", &pending, NULL);
  if (self->stopped && pending == 0)
    g_main_loop_quit (self->loop);
}

static void
typed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Typist *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!guichet_desk_submit_finish (self->desk, result, &error))
    g_error ("not typed: %s", error->message);
  /* In one write, so that no half line is left behind. */
  printf ("%s %s-%u\n",
          self->references[self->typed % self->n_references],
          self->argv[5],
          self->typed);
  fflush (stdout);
  self->typed++;
  type_next (self);
}

static void
type_next (Typist *self)
{
  g_autoptr (GuichetCommand) note = guichet_command_new (GUICHET_COMMAND_NOTE);

  if (self->stopped)
    {
      end_if_done (self);
      return;
    }
  note->reference = g_strdup (self->references[self->typed % self->n_references]);
  note->text = g_strdup_printf ("%s-%u", self->argv[5], self->typed);
  guichet_desk_submit (self->desk, note, NULL, typed_cb, self);
}

static void
state_cb (Typist *self)
{
  if (guichet_desk_get_state (self->desk) != GUICHET_DESK_ONLINE)
    return;
  g_signal_handlers_disconnect_by_func (self->desk, state_cb, self);
  g_signal_connect_swapped (self->desk, "notify::pending", G_CALLBACK (end_if_done), self);
  type_next (self);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Typist *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!guichet_desk_sign_in_finish (self->desk, result, &error))
    {
      fprintf (stderr, "not signed in: %s\n", error->message);
      exit (3);
    }
  g_signal_connect_swapped (self->desk, "notify::state", G_CALLBACK (state_cb), self);
  state_cb (self);
}

static gboolean
told_cb (GObject *stream, gpointer user_data)
{
  Typist *self = user_data;
  char word[16];

  if (read (STDIN_FILENO, word, sizeof word) < 0)
    return G_SOURCE_CONTINUE;
  self->stopped = TRUE;
  end_if_done (self);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GuichetClock) clock = guichet_clock_new ();
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GSource) told = NULL;
  Typist self = { 0 };

  if (argc < 7)
    return 2;
  self.loop = loop;
  self.argv = argv;
  self.references = argv + 6;
  self.n_references = (guint) argc - 6;
  self.desk = guichet_desk_new (clock, argv[1]);
  told = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_source_set_callback (told, G_SOURCE_FUNC (told_cb), &self, NULL);
  g_source_attach (told, NULL);
  guichet_desk_sign_in_async (self.desk, argv[2], argv[3], argv[4], NULL, signed_in_cb, &self);
  g_main_loop_run (loop);

  g_signal_handlers_disconnect_by_data (self.desk, &self);
  g_object_unref (self.desk);
  /* What is still being put away comes to its end. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return 0;
}
