/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of enumerations, and memory that does not keep what it held.
 */
#define G_LOG_DOMAIN "eid-word"

#include "config.h"

#include "eid-word.h"

#include <string.h>

typedef struct
{
  gsize size;
  guint8 data[];
} Wiped;

static void
wiped_free (gpointer data)
{
  Wiped *self = data;

  explicit_bzero (self->data, self->size);
  g_free (self);
}

const char *
eid_word (GType type, int value)
{
  GEnumClass *class = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value (class, value);

  /* The class of a static type never goes, so its nicks outlive this reference. */
  g_type_class_unref (class);
  g_return_val_if_fail (found != NULL, "");
  return found->value_nick;
}

static Wiped *
wiped_new (gsize size)
{
  Wiped *self = g_malloc (sizeof (Wiped) + size);

  self->size = size;
  return self;
}

/* (transfer full) */
static GBytes *
wiped_to_bytes (Wiped *self)
{
  return g_bytes_new_with_free_func (self->data, self->size, wiped_free, self);
}

GBytes *
eid_wiped_bytes (gconstpointer data, gsize size)
{
  Wiped *self = wiped_new (size);

  if (size > 0)
    memcpy (self->data, data, size);
  return wiped_to_bytes (self);
}

GBytes *
eid_wiped_join (GBytes *first, GBytes *second)
{
  gsize first_size, second_size;
  gconstpointer start = g_bytes_get_data (first, &first_size);
  gconstpointer end = g_bytes_get_data (second, &second_size);
  Wiped *self = wiped_new (first_size + second_size);

  if (first_size > 0)
    memcpy (self->data, start, first_size);
  if (second_size > 0)
    memcpy (self->data + first_size, end, second_size);
  return wiped_to_bytes (self);
}

void
eid_wiped_free (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

char *
eid_hex (gconstpointer data, gsize size)
{
  const guint8 *bytes = data;
  GString *text = g_string_sized_new (size * 2);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02X", bytes[i]);
  return g_string_free (text, FALSE);
}
