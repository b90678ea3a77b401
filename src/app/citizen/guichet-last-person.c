/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a card is the last person's again.
 */
#define G_LOG_DOMAIN "guichet-last-person"

#include "config.h"

#include "guichet-last-person.h"

#define NISS_DIGITS 11

struct _GuichetLastPerson
{
  guint8 mask[NISS_DIGITS]; /* random */
  char *whose;              /* (nullable): digest of the masked number */
};

GuichetLastPerson *
guichet_last_person_new (const char *mark)
{
  GuichetLastPerson *self = g_new0 (GuichetLastPerson, 1);

  for (guint i = 0; i < NISS_DIGITS; i++)
    self->mask[i] = mark != NULL ? (guint8) (g_ascii_xdigit_value (mark[2 * i]) * 16 +
                                             g_ascii_xdigit_value (mark[2 * i + 1]))
                                 : (guint8) g_random_int ();
  if (mark != NULL && mark[2 * NISS_DIGITS] != '\0')
    self->whose = g_strdup (mark + 2 * NISS_DIGITS);
  return self;
}

/* The mask in hexadecimal digits, then the digest. */
char *
guichet_last_person_get_mark (const GuichetLastPerson *self)
{
  GString *mark = g_string_new (NULL);

  for (guint i = 0; i < NISS_DIGITS; i++)
    g_string_append_printf (mark, "%02x", self->mask[i]);
  if (self->whose != NULL)
    g_string_append (mark, self->whose);
  return g_string_free (mark, FALSE);
}

void
guichet_last_person_free (GuichetLastPerson *self)
{
  g_free (self->whose);
  g_free (self);
}

/* GLib, which digests it, leaves what it was given in the memory: hence the mask. */
gboolean
guichet_last_person_is_other (GuichetLastPerson *self, const char *niss)
{
  g_autofree char *whose = NULL;
  guint8 masked[NISS_DIGITS];
  gboolean other;

  for (guint i = 0; i < NISS_DIGITS; i++)
    masked[i] = (guint8) niss[i] ^ self->mask[i];
  whose = g_compute_checksum_for_data (G_CHECKSUM_SHA256, masked, NISS_DIGITS);
  other = self->whose != NULL && !g_str_equal (self->whose, whose);
  g_free (self->whose);
  self->whose = g_steal_pointer (&whose);
  return other;
}
