/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "eid-identity.h"

G_BEGIN_DECLS

/* What guichet-eid says to programs: an object on one line of the standard output. */

JsonBuilder *eid_json_begin (void);
/** eid_json_end: prints the object, and wipes the text that it made of it. @json: (transfer full) */
void eid_json_end (JsonBuilder *json);

/* Members; what is %NULL is left out. */

void eid_json_add_text (JsonBuilder *json, const char *member, const char *text);
void eid_json_add_number (JsonBuilder *json, const char *member, gint64 number);
void eid_json_add_truth (JsonBuilder *json, const char *member, gboolean truth);
void eid_json_add_hex (JsonBuilder *json, const char *member, gconstpointer data, gsize size);
void eid_json_add_bytes (JsonBuilder *json, const char *member, GBytes *bytes);
void eid_json_add_date (JsonBuilder *json, const char *member, const EidDate *date);
/** eid_json_add_instant: @seconds: since 1970 */
void eid_json_add_instant (JsonBuilder *json, const char *member, gint64 seconds);

G_END_DECLS
