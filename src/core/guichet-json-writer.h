/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "guichet-day.h"

G_BEGIN_DECLS

/**
 * GuichetJsonWriter:
 *
 * Writes compact JSON straight into a text, without a tree: lists of a thousand lines are
 * written many times a second. A @member is NULL inside an array. What "does not apply"
 * (NULL string, NONE word, GUICHET_DAY_NONE, instant 0) is left out altogether.
 */
typedef struct _GuichetJsonWriter GuichetJsonWriter;

GuichetJsonWriter *guichet_json_writer_new (void);
void guichet_json_writer_free (GuichetJsonWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetJsonWriter, guichet_json_writer_free)

void guichet_json_writer_begin_object (GuichetJsonWriter *self, const char *member);
void guichet_json_writer_end_object (GuichetJsonWriter *self);
void guichet_json_writer_begin_array (GuichetJsonWriter *self, const char *member);
void guichet_json_writer_end_array (GuichetJsonWriter *self);

void guichet_json_writer_string (GuichetJsonWriter *self, const char *member, const char *value);
void guichet_json_writer_integer (GuichetJsonWriter *self, const char *member, gint64 value);
void guichet_json_writer_boolean (GuichetJsonWriter *self, const char *member, gboolean value);
void guichet_json_writer_enum (GuichetJsonWriter *self, const char *member, GType type, int value);
void guichet_json_writer_day (GuichetJsonWriter *self, const char *member, GuichetDay value);
void guichet_json_writer_instant (GuichetJsonWriter *self, const char *member, gint64 value);
/** guichet_json_writer_object: an object that is held as a tree; left out if NULL. */
void guichet_json_writer_object (GuichetJsonWriter *self, const char *member, JsonObject *value);
/** guichet_json_writer_raw: @json must be one well-formed value. */
void guichet_json_writer_raw (GuichetJsonWriter *self, const char *member, const char *json);

/** guichet_json_writer_end: (transfer full): the text; the writer is empty again. */
GBytes *guichet_json_writer_end (GuichetJsonWriter *self);
/** guichet_json_writer_end_text: (transfer full): the same, as a string. */
char *guichet_json_writer_end_text (GuichetJsonWriter *self);

G_END_DECLS
