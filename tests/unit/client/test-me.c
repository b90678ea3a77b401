/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-fixture.h"
#include "guichet-desk.h"
#include "guichet-me.h"

#include <string.h>

/* What the server would say, with @also at its end. */
static GBytes *
answer_of (guint n_colleagues, const char *also)
{
  g_autoptr (GuichetClerk) chloe = fixture_clerk ("chloe", GUICHET_ROLE_SUPERVISOR, "POP-SEC");
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_clerk_write (chloe, writer, "clerk");
  guichet_json_writer_integer (writer, "epoch", 3);
  guichet_json_writer_string (writer, "zone", "Europe/Brussels");
  guichet_json_writer_instant (writer, "now", 1700000000000000);
  guichet_json_writer_begin_array (writer, "colleagues");
  for (guint i = 0; i < n_colleagues; i++)
    {
      g_autofree char *login = g_strdup_printf ("clerk%u", i);
      g_autoptr (GuichetClerk) clerk = fixture_clerk (login, GUICHET_ROLE_CLERK, NULL);

      guichet_clerk_write (clerk, writer, NULL);
    }
  guichet_json_writer_end_array (writer);
  if (also != NULL)
    guichet_json_writer_raw (writer, "also", also);
  guichet_json_writer_end_object (writer);
  return guichet_json_writer_end (writer);
}

static void
test_read (void)
{
  g_autoptr (GBytes) answer = answer_of (2, "{\"what\":[\"a newer server says\"]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetMe) me = guichet_me_read (answer, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (me->clerk->login, ==, "chloe");
  g_assert_cmpstr (me->clerk->restricted[0], ==, "POP-SEC");
  g_assert_cmpint (me->epoch, ==, 3);
  g_assert_cmpstr (me->zone, ==, "Europe/Brussels");
  g_assert_cmpint (me->now, ==, 1700000000000000);
  g_assert_cmpuint (me->colleagues->len, ==, 2);
  g_assert_cmpstr (((GuichetClerk *) g_ptr_array_index (me->colleagues, 1))->login, ==, "clerk1");
}

static void
assert_refused (const char *text, gsize length)
{
  g_autoptr (GBytes) answer = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (guichet_me_read (answer, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
}

static const char *const senseless[] = {
  "",
  "{}",
  "[]",
  "null",
  "{\"clerk\":null,\"epoch\":1,\"zone\":\"x\",\"now\":\"2026-01-01T00:00:00Z\"}",
  "{\"clerk\":{},\"epoch\":1,\"zone\":\"x\",\"now\":\"2026-01-01T00:00:00Z\"}",
  "{\"epoch\":1,\"zone\":\"x\",\"now\":\"2026-01-01T00:00:00Z\"}",
};

static void
test_senseless (void)
{
  g_autoptr (GBytes) answer = answer_of (1, NULL);
  gsize length;
  const char *bytes = g_bytes_get_data (answer, &length);

  for (gsize i = 0; i < G_N_ELEMENTS (senseless); i++)
    assert_refused (senseless[i], strlen (senseless[i]));
  for (gsize cut = 0; cut < length; cut++)
    assert_refused (bytes, cut);
}

/* One member wrong: all of it is. */
static void
test_one_wrong (void)
{
  static const struct
  {
    const char *right;
    const char *wrong;
  } changes[] = {
    { "\"epoch\":3", "\"epoch\":-1" },         { "\"epoch\":3", "\"epoch\":\"3\"" },
    { "\"now\":\"2023", "\"now\":\"x023" },    { "\"zone\":\"Europe/Brussels\"", "\"zone\":7" },
    { "\"login\":\"clerk0\"", "\"login\":7" }, { "\"colleagues\":[", "\"colleagues\":[7," },
  };
  g_autoptr (GBytes) answer = answer_of (1, NULL);
  gsize length;
  const char *bytes = g_bytes_get_data (answer, &length);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GString) text = g_string_new_len (bytes, (gssize) length);

      g_assert_cmpuint (g_string_replace (text, changes[i].right, changes[i].wrong, 1), ==, 1);
      assert_refused (text->str, text->len);
    }
}

static void
test_too_many (void)
{
  g_autoptr (GBytes) most = answer_of (5000, NULL);
  g_autoptr (GBytes) more = answer_of (5001, NULL);
  g_autoptr (GuichetMe) me = guichet_me_read (most, NULL);

  g_assert_cmpuint (me->colleagues->len, ==, 5000);
  assert_refused (g_bytes_get_data (more, NULL), g_bytes_get_size (more));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/me/read", test_read);
  g_test_add_func ("/client/me/senseless", test_senseless);
  g_test_add_func ("/client/me/wrong", test_one_wrong);
  g_test_add_func ("/client/me/many", test_too_many);

  return g_test_run ();
}
