/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The person who asks.
 */
#define G_LOG_DOMAIN "guichet-citizen"

#include "config.h"

#include "guichet-citizen.h"

#include "guichet-niss.h"

/* The text members: where they are, what the wire and forms call them, how long they may be. */
static const struct
{
  const char *name;
  gsize offset;
  gsize max_chars;
  GuichetJsonNeed need;
} members[] = {
  { "familyName", G_STRUCT_OFFSET (GuichetCitizen, family_name), 110, GUICHET_JSON_REQUIRED },
  { "givenNames", G_STRUCT_OFFSET (GuichetCitizen, given_names), 150, GUICHET_JSON_OPTIONAL },
  { "niss", G_STRUCT_OFFSET (GuichetCitizen, niss), 11, GUICHET_JSON_OPTIONAL },
  { "email", G_STRUCT_OFFSET (GuichetCitizen, email), 254, GUICHET_JSON_OPTIONAL },
  { "phone", G_STRUCT_OFFSET (GuichetCitizen, phone), 20, GUICHET_JSON_OPTIONAL },
  { "street", G_STRUCT_OFFSET (GuichetCitizen, street), 150, GUICHET_JSON_OPTIONAL },
  { "number", G_STRUCT_OFFSET (GuichetCitizen, number), 20, GUICHET_JSON_OPTIONAL },
  { "box", G_STRUCT_OFFSET (GuichetCitizen, box), 20, GUICHET_JSON_OPTIONAL },
  { "postcode", G_STRUCT_OFFSET (GuichetCitizen, postcode), 12, GUICHET_JSON_OPTIONAL },
  { "locality", G_STRUCT_OFFSET (GuichetCitizen, locality), 100, GUICHET_JSON_OPTIONAL },
  { "country", G_STRUCT_OFFSET (GuichetCitizen, country), 2, GUICHET_JSON_OPTIONAL },
};

static void
citizen_clear (gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_free (G_STRUCT_MEMBER (char *, data, members[i].offset));
}

GuichetCitizen *
guichet_citizen_new (void)
{
  GuichetCitizen *self = g_atomic_rc_box_new0 (GuichetCitizen);

  self->birth_date = GUICHET_DAY_NONE;
  return self;
}

GuichetCitizen *
guichet_citizen_ref (GuichetCitizen *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
guichet_citizen_unref (GuichetCitizen *self)
{
  g_atomic_rc_box_release_full (self, citizen_clear);
}

GuichetCitizen *
guichet_citizen_read (GuichetJsonReader *reader)
{
  GuichetCitizen *self = guichet_citizen_new ();

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    G_STRUCT_MEMBER (char *, self, members[i].offset) =
        g_strdup (guichet_json_reader_string (reader,
                                              members[i].name,
                                              members[i].need,
                                              members[i].max_chars));

  if (self->niss != NULL && !guichet_niss_is_valid (self->niss))
    guichet_json_reader_refuse (reader,
                                "niss",
                                "invalidStructure",
                                "is not a national register number: its check digits are wrong");
  self->birth_date = guichet_json_reader_day (reader, "birthDate", GUICHET_JSON_OPTIONAL);
  self->language =
      guichet_json_reader_enum (reader, "language", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_LANGUAGE);
  self->level =
      guichet_json_reader_enum (reader, "level", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_LEVEL);
  return self;
}

void
guichet_citizen_write (const GuichetCitizen *self, GuichetJsonWriter *writer, const char *member)
{
  guichet_json_writer_begin_object (writer, member);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    guichet_json_writer_string (writer,
                                members[i].name,
                                G_STRUCT_MEMBER (char *, self, members[i].offset));
  guichet_json_writer_day (writer, "birthDate", self->birth_date);
  guichet_json_writer_enum (writer, "language", GUICHET_TYPE_LANGUAGE, self->language);
  guichet_json_writer_enum (writer, "level", GUICHET_TYPE_LEVEL, self->level);
  guichet_json_writer_end_object (writer);
}

static void
replace (char **member, const char *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

GuichetCitizen *
guichet_citizen_with_contact (const GuichetCitizen *self, const GuichetContact *contact)
{
  GuichetCitizen *copy = guichet_citizen_new ();

  *copy = *self;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    G_STRUCT_MEMBER (char *, copy, members[i].offset) =
        g_strdup (G_STRUCT_MEMBER (char *, self, members[i].offset));
  replace (&copy->email, contact->email);
  replace (&copy->phone, contact->phone);
  copy->language = contact->language;
  return copy;
}

char *
guichet_citizen_display_name (const GuichetCitizen *self)
{
  const char *given = self->given_names != NULL ? self->given_names : "";

  given += strspn (given, " ");
  if (*given == '\0' || self->family_name == NULL)
    return g_strdup (self->family_name != NULL ? self->family_name : self->given_names);

  /* Lists have room for one given name, the one that people are called by. */
  return g_strdup_printf ("%s %.*s", self->family_name, (int) strcspn (given, " "), given);
}

gboolean
guichet_citizen_is_verified (const GuichetCitizen *self)
{
  return self->level >= GUICHET_LEVEL_TOKEN;
}

char *
guichet_citizen_profile (const GuichetCitizen *self, const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, field))
      return g_strdup (G_STRUCT_MEMBER (char *, self, members[i].offset));

  if (g_str_equal (field, "birthDate") && self->birth_date != GUICHET_DAY_NONE)
    return guichet_day_text (self->birth_date);
  return NULL;
}

gboolean
guichet_citizen_set_profile (GuichetCitizen *self, const char *field, const char *text)
{
  if (g_str_equal (field, "birthDate"))
    return guichet_day_parse (text, &self->birth_date);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      char **member = G_STRUCT_MEMBER_P (self, members[i].offset);
      char *known;

      if (!g_str_equal (members[i].name, field))
        continue;
      known = g_str_equal (field, "niss") ? guichet_niss_parse (text) : g_strdup (text);
      if (known == NULL || g_utf8_strlen (known, -1) > (glong) members[i].max_chars)
        {
          g_free (known);
          return FALSE;
        }
      g_free (*member);
      *member = known;
      return TRUE;
    }
  return FALSE;
}
