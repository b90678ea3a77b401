/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-enums.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

G_BEGIN_DECLS

/**
 * GuichetContact:
 *
 * How a citizen is reached: the part of what is known of them that they say themselves, and not
 * the register. Immutable once made; any thread.
 */
typedef struct
{
  char *email; /* (nullable) */
  char *phone; /* (nullable) */
  GuichetLanguage language;
} GuichetContact;

/** guichet_contact_new: @email: (nullable) @phone: (nullable) */
GuichetContact *
guichet_contact_new (const char *email, const char *phone, GuichetLanguage language);
GuichetContact *guichet_contact_ref (GuichetContact *self);
void guichet_contact_unref (GuichetContact *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetContact, guichet_contact_unref)

/** guichet_contact_read: reads the object that the reader stands in, and refuses what reaches nobody. (transfer full) */
GuichetContact *guichet_contact_read (GuichetJsonReader *reader);
void
guichet_contact_write (const GuichetContact *self, GuichetJsonWriter *writer, const char *member);

G_END_DECLS
