/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "guichet-contact.h"
#include "guichet-day.h"
#include "guichet-enums.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

G_BEGIN_DECLS

/**
 * GuichetCitizen:
 *
 * The person who asks, as they were known when they asked. Immutable once made by a codec;
 * any thread. Text members are NULL when unknown.
 */
typedef struct
{
  char *family_name;
  char *given_names;
  char *niss; /* eleven digits, checked */
  GuichetDay birth_date;
  char *email;
  char *phone; /* E.164 */
  char *street;
  char *number;
  char *box;
  char *postcode;
  char *locality;
  char *country; /* ISO 3166-1 alpha-2 */
  GuichetLanguage language;
  GuichetLevel level; /* how well identified */
} GuichetCitizen;

/** guichet_citizen_new: an empty one, to be filled by a codec or by sample data, then left alone. */
GuichetCitizen *guichet_citizen_new (void);
GuichetCitizen *guichet_citizen_ref (GuichetCitizen *self);
void guichet_citizen_unref (GuichetCitizen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetCitizen, guichet_citizen_unref)

/** guichet_citizen_read: reads the object that the reader stands in; issues stay in the reader. (transfer full) */
GuichetCitizen *guichet_citizen_read (GuichetJsonReader *reader);
void
guichet_citizen_write (const GuichetCitizen *self, GuichetJsonWriter *writer, const char *member);

/**
 * guichet_citizen_with_contact:
 *
 * Returns: (transfer full): the same person, reached by @contact and by nothing else
 */
GuichetCitizen *
guichet_citizen_with_contact (const GuichetCitizen *self, const GuichetContact *contact);

/** guichet_citizen_display_name: `Dupont Marie`, as lists show it. (transfer full) */
char *guichet_citizen_display_name (const GuichetCitizen *self);

/** guichet_citizen_is_verified: known from the register or from a card, so that fields may be locked. */
gboolean guichet_citizen_is_verified (const GuichetCitizen *self);

/** guichet_citizen_profile: value of the profile field that a form names (`familyName`, `postcode`…), as a form answers it. (transfer full) (nullable) */
char *guichet_citizen_profile (const GuichetCitizen *self, const char *field);

/**
 * guichet_citizen_set_profile:
 * @self: one that nobody else has yet
 * @field: of the profile
 * @text: as a form answers it
 *
 * Returns: %FALSE if a citizen cannot be known so: then it stays as it was
 */
gboolean guichet_citizen_set_profile (GuichetCitizen *self, const char *field, const char *text);

G_END_DECLS
