/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known about the revocation of one card's certificates.
 */
#define G_LOG_DOMAIN "eid-revocation"

#include "config.h"

#include "eid-revocation.h"

typedef struct
{
  GBytes *answer;  /* (owned) (nullable) */
  GError *failure; /* (owned) (nullable) */
} Knowledge;

struct _EidRevocation
{
  Knowledge known[EID_N_FILES][EID_N_REVOCATION_WAYS];
};

G_DEFINE_ENUM_TYPE (EidRevocationWay,
                    eid_revocation_way,
                    G_DEFINE_ENUM_VALUE (EID_REVOCATION_OCSP, "ocsp"),
                    G_DEFINE_ENUM_VALUE (EID_REVOCATION_CRL, "crl"))

static void
revocation_clear (gpointer data)
{
  EidRevocation *self = data;

  for (guint file = 0; file < EID_N_FILES; file++)
    for (guint way = 0; way < EID_N_REVOCATION_WAYS; way++)
      {
        g_clear_pointer (&self->known[file][way].answer, g_bytes_unref);
        g_clear_error (&self->known[file][way].failure);
      }
}

EidRevocation *
eid_revocation_new (void)
{
  return g_atomic_rc_box_new0 (EidRevocation);
}

EidRevocation *
eid_revocation_ref (EidRevocation *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
eid_revocation_unref (EidRevocation *self)
{
  g_atomic_rc_box_release_full (self, revocation_clear);
}

void
eid_revocation_set_answer (EidRevocation *self, EidFile file, EidRevocationWay way, GBytes *answer)
{
  GBytes *own = g_bytes_ref (answer);

  g_return_if_fail (file < EID_N_FILES && way < EID_N_REVOCATION_WAYS);

  g_clear_pointer (&self->known[file][way].answer, g_bytes_unref);
  self->known[file][way].answer = own;
}

GBytes *
eid_revocation_get_answer (EidRevocation *self, EidFile file, EidRevocationWay way)
{
  g_return_val_if_fail (file < EID_N_FILES && way < EID_N_REVOCATION_WAYS, NULL);

  return self->known[file][way].answer;
}

void
eid_revocation_set_failure (EidRevocation *self,
                            EidFile file,
                            EidRevocationWay way,
                            GError *failure)
{
  g_return_if_fail (file < EID_N_FILES && way < EID_N_REVOCATION_WAYS);

  g_clear_error (&self->known[file][way].failure);
  self->known[file][way].failure = failure;
}

const GError *
eid_revocation_get_failure (EidRevocation *self, EidFile file, EidRevocationWay way)
{
  g_return_val_if_fail (file < EID_N_FILES && way < EID_N_REVOCATION_WAYS, NULL);

  return self->known[file][way].failure;
}
