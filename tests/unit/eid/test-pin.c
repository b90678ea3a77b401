/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "eid-pin-command.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

static EidPin *
new_pin (const char *digits)
{
  g_autoptr (GError) error = NULL;
  EidPin *pin = eid_pin_new (&error);

  g_assert_no_error (error);
  for (; *digits != '\0'; digits++)
    g_assert_true (eid_pin_add (pin, (guint) g_ascii_digit_value (*digits)));
  return pin;
}

static void
assert_command (EidPin *pin, const char *wanted)
{
  const guint8 *command = NULL;
  GString *found = g_string_new (NULL);

  g_assert_true (eid_pin_begin (pin, &command));
  for (guint i = 0; i < EID_VERIFY_SIZE; i++)
    g_string_append_printf (found, "%02X", command[i]);
  g_assert_cmpstr (found->str, ==, wanted);
  g_string_free (found, TRUE);
  eid_pin_end (pin);
}

static void
test_block (void)
{
  static const char *const blocks[][2] = {
    { "1234",
      "0020000108"
      "241234FFFFFFFFFF" },
    { "12345",
      "0020000108"
      "2512345FFFFFFFFF" },
    { "739182",
      "0020000108"
      "26739182FFFFFFFF" },
    { "123456789012",
      "0020000108"
      "2C123456789012FF" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      g_autoptr (EidPin) pin = new_pin (blocks[i][0]);

      g_assert_cmpuint (eid_pin_get_length (pin), ==, strlen (blocks[i][0]));
      assert_command (pin, blocks[i][1]);
    }
}

static void
test_remove (void)
{
  g_autoptr (EidPin) pin = new_pin ("12399");

  eid_pin_remove (pin);
  eid_pin_remove (pin);
  g_assert_true (eid_pin_add (pin, 4));
  assert_command (pin,
                  "0020000108"
                  "241234FFFFFFFFFF");
}

static void
test_limits (void)
{
  g_autoptr (EidPin) few = new_pin ("123");
  g_autoptr (EidPin) many = new_pin ("123456789012");
  const guint8 *command;

  g_assert_false (eid_pin_begin (few, &command));
  g_assert_false (eid_pin_add (many, 3));
  g_assert_cmpuint (eid_pin_get_length (many), ==, EID_PIN_MAX);
  for (guint i = 0; i < 5; i++)
    eid_pin_remove (few);
  g_assert_cmpuint (eid_pin_get_length (few), ==, 0);
}

static gboolean
is_zero (const guint8 *page)
{
  for (guint i = 0; i < EID_VERIFY_SIZE; i++)
    if (page[i] != 0)
      return FALSE;
  return TRUE;
}

/* It serves once: what was sent or withdrawn is gone, and what is being sent goes afterwards. */
static void
test_once (void)
{
  g_autoptr (EidPin) used = new_pin ("1234");
  g_autoptr (EidPin) withdrawn = new_pin ("1234");
  const guint8 *command;

  g_assert_true (eid_pin_begin (used, &command));
  eid_pin_wipe (used);
  g_assert_cmpmem (command, 5, "\x00\x20\x00\x01\x08", 5);
  eid_pin_end (used);
  g_assert_true (is_zero (command));
  g_assert_false (eid_pin_begin (used, &command));
  g_assert_false (eid_pin_add (used, 1));

  eid_pin_wipe (withdrawn);
  g_assert_cmpuint (eid_pin_get_length (withdrawn), ==, 0);
  g_assert_false (eid_pin_begin (withdrawn, &command));
}

/* The flags of the mapping that an address lies in, as proc(5) has them. (transfer full) */
static char *
flags_of (gconstpointer address)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean inside = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gulong start, end;

      if (sscanf (lines[i], "%lx-%lx ", &start, &end) == 2)
        inside = (gulong) address >= start && (gulong) address < end;
      else if (inside && g_str_has_prefix (lines[i], "VmFlags:"))
        return g_strdup (lines[i]);
    }
  g_assert_not_reached ();
}

static void
test_memory (void)
{
  g_autoptr (EidPin) pin = new_pin ("1234");
  g_autofree char *flags = NULL;
  const guint8 *command;

  g_assert_true (eid_pin_begin (pin, &command));
  flags = flags_of (command);
  g_assert_nonnull (strstr (flags, " lo")); /* locked */
  g_assert_nonnull (strstr (flags, " dd")); /* not in a core */
  g_assert_nonnull (strstr (flags, " wf")); /* wiped in a child */
  eid_pin_end (pin);
}

/* While there is a PIN, nobody may look into this process; afterwards all is as it was. */
static void
test_dumpable (void)
{
  EidPin *first, *second;

  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 1);
  first = new_pin ("1234");
  second = new_pin ("");
  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 0);
  eid_pin_wipe (first);
  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 0);
  eid_pin_unref (second);
  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 1);
  eid_pin_unref (first);
  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("A PIN: its form, its memory, its end.");
  g_test_add_func ("/eid/pin/block", test_block);
  g_test_add_func ("/eid/pin/remove", test_remove);
  g_test_add_func ("/eid/pin/limits", test_limits);
  g_test_add_func ("/eid/pin/once", test_once);
  g_test_add_func ("/eid/pin/memory", test_memory);
  g_test_add_func ("/eid/pin/dumpable", test_dumpable);
  return g_test_run ();
}
