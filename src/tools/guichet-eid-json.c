/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON on one line of the standard output.
 */
#define G_LOG_DOMAIN "guichet-eid-json"

#include "config.h"

#include "guichet-eid-json.h"

#include <stdio.h>

#include "eid-error.h"
#include "eid-word.h"

void
eid_json_add_text (JsonBuilder *json, const char *member, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (json, member);
  json_builder_add_string_value (json, text);
}

void
eid_json_add_number (JsonBuilder *json, const char *member, gint64 number)
{
  json_builder_set_member_name (json, member);
  json_builder_add_int_value (json, number);
}

void
eid_json_add_truth (JsonBuilder *json, const char *member, gboolean truth)
{
  json_builder_set_member_name (json, member);
  json_builder_add_boolean_value (json, truth);
}

void
eid_json_add_hex (JsonBuilder *json, const char *member, gconstpointer data, gsize size)
{
  g_autofree char *text = eid_hex (data, size);

  eid_json_add_text (json, member, text);
}

void
eid_json_add_bytes (JsonBuilder *json, const char *member, GBytes *bytes)
{
  if (bytes != NULL)
    eid_json_add_hex (json, member, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
eid_json_add_date (JsonBuilder *json, const char *member, const EidDate *date)
{
  g_autofree char *text = eid_date_text (date);

  eid_json_add_text (json, member, text);
}

void
eid_json_add_instant (JsonBuilder *json, const char *member, gint64 seconds)
{
  g_autoptr (GDateTime) instant = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *text = instant != NULL ? g_date_time_format_iso8601 (instant) : NULL;

  eid_json_add_text (json, member, text);
}

JsonBuilder *
eid_json_begin (void)
{
  JsonBuilder *json = json_builder_new ();

  json_builder_begin_object (json);
  return json;
}

void
eid_json_end (JsonBuilder *json)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  JsonNode *root;
  char *text;

  json_builder_end_object (json);
  root = json_builder_get_root (json);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  printf ("%s\n", text);
  fflush (stdout);
  eid_wiped_free (text);
  json_node_unref (root);
  g_object_unref (json);
}
