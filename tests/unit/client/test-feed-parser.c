/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-desk.h"
#include "guichet-feed-parser.h"

#include <string.h>

static void
note_event (const char *event, const char *data, const char *id, gpointer user_data)
{
  GString *heard = user_data;

  g_string_append_printf (heard, "[%s|%s|%s]", event, data, id != NULL ? id : "-");
}

/* What is heard of a stream that comes in pieces of @piece bytes. */
static char *
hear (const char *bytes, gsize length, gsize piece, GError **error)
{
  GString *heard = g_string_new (NULL);
  g_autoptr (GuichetFeedParser) parser = guichet_feed_parser_new (note_event, heard);

  for (gsize at = 0; at < length; at += piece)
    if (!guichet_feed_parser_push (parser, bytes + at, MIN (piece, length - at), error))
      break;
  return g_string_free (heard, FALSE);
}

static const struct
{
  const char *stream;
  const char *heard;
} cases[] = {
  { "", "" },
  { "data: a\n\n", "[message|a|-]" },
  { "data: a\n", "" }, /* half an event is none */
  { "data: a", "" },
  { "event: news\ndata: {\"last\":7}\nid: 7\n\n", "[news|{\"last\":7}|7]" },
  { "data:a\r\ndata: b\r\n\r\n", "[message|a\nb|-]" },
  { "data: a\r\rdata: b\r\r", "[message|a|-][message|b|-]" },
  { "data: a\n\r\ndata: b\r\n\n", "[message|a|-][message|b|-]" },
  { "\xEF\xBB\xBF"
    "data: a\n\n",
    "[message|a|-]" },
  { "data: \xEF\xBB\xBF"
    "a\n\n",
    "[message|\xEF\xBB\xBF"
    "a|-]" },
  { ": heartbeat\n\n: another\n\ndata: a\n\n", "[message|a|-]" },
  { "event: x\n\ndata: a\n\n", "[message|a|-]" }, /* the type goes with its empty event */
  { "id: 5\n\ndata: a\n\ndata: b\n\n", "[message|a|5][message|b|5]" }, /* the id holds */
  { "id: 5\ndata: a\nid\n\n", "[message|a|-]" },
  { "data\n\n", "[message||-]" },
  { "data\ndata\n\n", "[message|\n|-]" },
  { "data:  a\n\n", "[message| a|-]" }, /* only one space belongs to the colon */
  { "data: a:b: c\n\n", "[message|a:b: c|-]" },
  { "retry: 10\nfoo: bar\nfoo\ndata: a\n\n", "[message|a|-]" },
  { "Data: a\n\n data: b\n\n", "" },
  { "event: x\nevent:\ndata: a\n\n", "[message|a|-]" },
  { "\n\n\n\r\n\rdata: \xC3\xA9\n\n", "[message|\xC3\xA9|-]" },
};

/* Every stream in pieces of every size. */
static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const gsize length = strlen (cases[i].stream);

      for (gsize piece = 1; piece <= length + 1; piece++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *heard = hear (cases[i].stream, length, piece, &error);

          g_assert_no_error (error);
          g_assert_cmpstr (heard, ==, cases[i].heard);
        }
    }
}

/* One stream cut in every two places. */
static void
test_two_cuts (void)
{
  static const char stream[] = "\xEF\xBB\xBF: hello\r\n\r\nevent: news\r\ndata: a\xC3\xA9\r\n"
                               "data: b\rid: 12\n\r\ndata: c\n\n";
  const gsize length = sizeof stream - 1;

  for (gsize first = 0; first <= length; first++)
    for (gsize second = first; second <= length; second++)
      {
        g_autoptr (GString) heard = g_string_new (NULL);
        g_autoptr (GuichetFeedParser) parser = guichet_feed_parser_new (note_event, heard);
        g_autoptr (GError) error = NULL;

        guichet_feed_parser_push (parser, stream, first, &error);
        guichet_feed_parser_push (parser, stream + first, second - first, &error);
        guichet_feed_parser_push (parser, stream + second, length - second, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (heard->str, ==, "[news|a\xC3\xA9\nb|12][message|c|12]");
      }
}

static void
assert_refused (const char *bytes, gsize length, const char *heard_before)
{
  for (gsize piece = 1; piece <= length; piece = piece * 3 + 1)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *heard = hear (bytes, length, piece, &error);

      g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
      g_assert_cmpstr (heard, ==, heard_before);
    }
}

static GString *
repeated (const char *start, char c, gsize n, const char *end)
{
  GString *text = g_string_new (start);

  for (gsize i = 0; i < n; i++)
    g_string_append_c (text, c);
  return g_string_append (text, end);
}

static void
test_longest_line (void)
{
  g_autoptr (GString) fits = repeated ("data:", 'x', GUICHET_FEED_LINE_MAX - 5, "\n\n");
  g_autoptr (GString) over = repeated ("data:", 'x', GUICHET_FEED_LINE_MAX - 4, "\n\n");
  g_autoptr (GString) endless = repeated ("data: a\n\n:", 'x', 10 * GUICHET_FEED_LINE_MAX, "");
  g_autoptr (GError) error = NULL;
  g_autofree char *heard = hear (fits->str, fits->len, 100, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (heard), ==, strlen ("[message||-]") + GUICHET_FEED_LINE_MAX - 5);
  assert_refused (over->str, over->len, "");
  assert_refused (endless->str, endless->len, "[message|a|-]");
}

static void
test_largest_event (void)
{
  g_autoptr (GString) line = repeated ("data:", 'x', 1023, "\n");
  g_autoptr (GString) fits = g_string_new (NULL);
  g_autoptr (GString) over = NULL;
  g_autoptr (GString) endless = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *heard = NULL;

  for (gsize i = 0; i < GUICHET_FEED_DATA_MAX / 1024; i++)
    g_string_append (fits, line->str);
  over = g_string_new (fits->str);
  g_string_append (over, "data:\n\n");
  g_string_append (fits, "\n");
  heard = hear (fits->str, fits->len, 4096, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (heard), ==, strlen ("[message||-]") + GUICHET_FEED_DATA_MAX - 1);
  assert_refused (over->str, over->len, "");

  for (gsize i = 0; i <= GUICHET_FEED_DATA_MAX; i++)
    g_string_append (endless, "data\n");
  assert_refused (endless->str, endless->len, "");
}

static void
test_senseless (void)
{
  static const char nul[] = "data: a\n\ndata: b\0c\n\n";
  static const char invalid[] = "data: a\n\ndata: \xC3\n\n";
  static const char overlong[] = "data: a\n\ndata: \xC0\xAF\n\n";

  assert_refused (nul, sizeof nul - 1, "[message|a|-]");
  assert_refused (invalid, sizeof invalid - 1, "[message|a|-]");
  assert_refused (overlong, sizeof overlong - 1, "[message|a|-]");
}

/* Once it made no sense nothing more is taken, however much sense it makes. */
static void
test_stays_broken (void)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (GuichetFeedParser) parser = guichet_feed_parser_new (note_event, heard);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  g_assert_false (guichet_feed_parser_push (parser, "\xff\n", 2, &first));
  g_assert_error (first, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
  g_assert_false (guichet_feed_parser_push (parser, "data: a\n\n", 9, &second));
  g_assert_error (second, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
  g_assert_cmpstr (heard->str, ==, "");
}

/* Any bytes give the same events and the same verdict whichever way they are cut. */
static void
test_random (void)
{
  static const char *const bits[] = {
    "data", "data:", "data: ", "event: x", "id:",  "id: 3", ":",        " ",           "\n",
    "\r",   "\r\n",  "\n\n",   "\xC3\xA9", "\xC3", "a",     "retry: 1", "\xEF\xBB\xBF"
  };

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) stream = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *whole = NULL;

      for (int i = g_test_rand_int_range (0, 40); i > 0; i--)
        g_string_append (stream, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
      whole = hear (stream->str, stream->len, stream->len + 1, &error);
      for (gsize piece = 1; piece < 8; piece++)
        {
          g_autoptr (GError) cut_error = NULL;
          g_autofree char *cut = hear (stream->str, stream->len, piece, &cut_error);

          g_assert_cmpstr (cut, ==, whole);
          g_assert_cmpint (cut_error != NULL, ==, error != NULL);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/feed-parser/table", test_table);
  g_test_add_func ("/client/feed-parser/cuts", test_two_cuts);
  g_test_add_func ("/client/feed-parser/line", test_longest_line);
  g_test_add_func ("/client/feed-parser/event", test_largest_event);
  g_test_add_func ("/client/feed-parser/senseless", test_senseless);
  g_test_add_func ("/client/feed-parser/broken", test_stays_broken);
  g_test_add_func ("/client/feed-parser/random", test_random);

  return g_test_run ();
}
