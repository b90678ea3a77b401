/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A PIN from a descriptor: never an argument or a variable of the environment, which others can
 * read, and digit by digit, so that it stands nowhere but where it is kept.
 */
#define G_LOG_DOMAIN "guichet-eid"

#include "config.h"

#include "guichet-eid-pin.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "eid-error.h"

/* Keys of a terminal. */
#define INTERRUPT 0x03
#define END_OF_INPUT 0x04
#define RUB_OUT 0x7F

static gboolean
invalid (GError **error, const char *message)
{
  g_set_error_literal (error, EID_ERROR, EID_ERROR_INVALID, message);
  return FALSE;
}

/* Whether more is to come. */
static gboolean
take (EidPin *pin, char key, gboolean *good)
{
  if (key == '\n' || key == '\r' || key == END_OF_INPUT)
    return FALSE;
  if (key == RUB_OUT || key == '\b')
    eid_pin_remove (pin);
  else if (!g_ascii_isdigit (key) || !eid_pin_add (pin, (guint) g_ascii_digit_value (key)))
    *good = FALSE;
  return key != INTERRUPT;
}

static gboolean
read_digits (int fd, EidPin *pin, GError **error)
{
  char key;
  gssize got;
  gboolean good = TRUE;

  do
    got = read (fd, &key, 1);
  while ((got < 0 && errno == EINTR) || (got == 1 && take (pin, key, &good)));
  explicit_bzero (&key, sizeof key);
  if (got < 0)
    {
      g_set_error (error,
                   EID_ERROR,
                   EID_ERROR_INVALID,
                   "the PIN cannot be read from descriptor %d: %s",
                   fd,
                   g_strerror (errno));
      return FALSE;
    }
  return (good && eid_pin_get_length (pin) >= EID_PIN_MIN) ||
         invalid (error, "a PIN has 4 to 12 digits and nothing else");
}

/* --- The terminal ---------------------------------------------------------------------------- */

/* What ends us while it is silent; typed, an interrupt is a key like any other. */
static const int endings[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

/* For signals, which know nobody else. */
static struct
{
  int fd;
  struct termios usual;
  struct sigaction actions[G_N_ELEMENTS (endings)];
} silenced;

/* Once: the signal itself is still to come, and does then what it usually does. */
static void
ending_cb (int number)
{
  tcsetattr (silenced.fd, TCSANOW, &silenced.usual);
  raise (number);
}

/* Shows nothing, keeps no line, and leaves an interrupt to us, who must put it right again. */
static gboolean
silence (int fd)
{
  const struct sigaction ending = { .sa_handler = ending_cb, .sa_flags = (int) SA_RESETHAND };
  struct termios silent;

  if (tcgetattr (fd, &silenced.usual) != 0)
    return FALSE;
  silenced.fd = fd;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      sigaction (endings[i], NULL, &silenced.actions[i]);
      /* Who started us may have meant it not to end us. */
      if (silenced.actions[i].sa_handler != SIG_IGN)
        sigaction (endings[i], &ending, NULL);
    }
  silent = silenced.usual;
  silent.c_lflag &= ~(tcflag_t) (ECHO | ICANON | ISIG);
  silent.c_cc[VMIN] = 1;
  silent.c_cc[VTIME] = 0;
  fprintf (stderr, "PIN: ");
  return tcsetattr (fd, TCSAFLUSH, &silent) == 0;
}

static void
let_speak (void)
{
  tcsetattr (silenced.fd, TCSANOW, &silenced.usual);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    sigaction (endings[i], &silenced.actions[i], NULL);
  fputc ('\n', stderr);
}

EidPin *
eid_pin_read (int fd, GError **error)
{
  g_autoptr (EidPin) pin = eid_pin_new (error);
  gboolean terminal;
  gboolean done;

  if (pin == NULL)
    return NULL;
  terminal = silence (fd);
  done = read_digits (fd, pin, error);
  if (terminal)
    let_speak ();
  return done ? g_steal_pointer (&pin) : NULL;
}
