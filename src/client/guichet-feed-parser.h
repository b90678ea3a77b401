/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** GUICHET_FEED_LINE_MAX: bytes of one line of a feed; our server's have less than a hundred. */
#define GUICHET_FEED_LINE_MAX 4096
/** GUICHET_FEED_DATA_MAX: bytes of the data of one event, its lines together. */
#define GUICHET_FEED_DATA_MAX 16384

/**
 * GuichetFeedFunc:
 * @event: its type, `message` if the stream gave none
 * @data: its lines, joined by newlines
 * @id: (nullable): the last identifier that the stream gave so far
 */
typedef void (*GuichetFeedFunc) (const char *event,
                                 const char *data,
                                 const char *id,
                                 gpointer user_data);

/**
 * GuichetFeedParser:
 *
 * Reads server-sent events (HTML Living Standard, section 9.2.6) out of bytes that come in
 * pieces of any size. What is half received when a stream ends is dropped, as the standard
 * says. Lines and events beyond the limits above, bytes that are not UTF-8 and NUL are
 * errors.
 */
typedef struct _GuichetFeedParser GuichetFeedParser;

GuichetFeedParser *guichet_feed_parser_new (GuichetFeedFunc func, gpointer user_data);
void guichet_feed_parser_free (GuichetFeedParser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetFeedParser, guichet_feed_parser_free)

/**
 * guichet_feed_parser_push:
 *
 * Takes the next piece and calls the function for every event that it completes.
 *
 * Returns: %FALSE with %GUICHET_DESK_ERROR_PROTOCOL if the stream makes no sense; the parser
 *   takes nothing more afterwards
 */
gboolean
guichet_feed_parser_push (GuichetFeedParser *self, const char *bytes, gsize length, GError **error);

G_END_DECLS
