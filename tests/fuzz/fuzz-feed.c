/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stream of events says the same in whatever pieces it comes.
 */
#include "config.h"

#include "fuzz.h"
#include "guichet-feed-parser.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

static void
note (const char *event, const char *data, const char *id, gpointer user_data)
{
  GString *heard = user_data;

  g_assert_true (g_utf8_validate (event, -1, NULL));
  g_assert_true (g_utf8_validate (data, -1, NULL));
  g_assert_cmpuint (strlen (data), <=, GUICHET_FEED_DATA_MAX);
  g_string_append_printf (heard, "%s|%s|%s;", event, data, id != NULL ? id : "-");
}

/* What is heard of the stream in pieces of 1 to @longest bytes; 0 for all at once. */
static gboolean
listen (const char *bytes, gsize size, gsize longest, GString *heard)
{
  g_autoptr (GuichetFeedParser) parser = guichet_feed_parser_new (note, heard);
  guint32 state = (guint32) size;

  for (gsize at = 0; at < size;)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *piece = NULL;
      gsize length;

      state = state * 1664525u + 1013904223u;
      length = longest == 0 ? size : MIN (size - at, 1 + (state >> 16) % longest);
      piece = g_memdup2 (bytes + at, length);
      if (!guichet_feed_parser_push (parser, piece, length, &error))
        {
          g_assert_nonnull (error);
          return FALSE;
        }
      g_assert_no_error (error);
      at += length;
    }
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const gsize longest[] = { 1, 7, 64 };
  g_autoptr (GString) whole = g_string_new (NULL);
  gboolean fine = listen ((const char *) data, size, 0, whole);

  for (guint i = 0; i < G_N_ELEMENTS (longest); i++)
    {
      g_autoptr (GString) pieces = g_string_new (NULL);

      g_assert_true (listen ((const char *) data, size, longest[i], pieces) == fine);
      g_assert_cmpstr (pieces->str, ==, whole->str);
    }
  return 0;
}
