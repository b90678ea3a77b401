/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known about the revocation of one card's certificates.
 */
#define G_LOG_DOMAIN "eid-revocation"

#include "config.h"

#include "eid-revocation.h"

#include "eid-answer.h"
#include "eid-error.h"

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

G_DEFINE_ENUM_TYPE (EidStanding,
                    eid_standing,
                    G_DEFINE_ENUM_VALUE (EID_STANDING_GOOD, "good"),
                    G_DEFINE_ENUM_VALUE (EID_STANDING_REVOKED, "revoked"),
                    G_DEFINE_ENUM_VALUE (EID_STANDING_UNKNOWN, "unknown"))

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

gboolean
eid_finding_is_on_hold (const EidFinding *self)
{
  return self->standing == EID_STANDING_REVOKED && g_strcmp0 (self->reason, "certificateHold") == 0;
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
  GBytes *own;

  g_return_if_fail (file < EID_N_FILES && way < EID_N_REVOCATION_WAYS);

  own = g_bytes_ref (answer);
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

gboolean
eid_revocation_judge (EidRevocation *self,
                      EidFile file,
                      EidCertificate *certificate,
                      EidCertificate *issuer,
                      gint64 moment,
                      EidFinding *ret_finding,
                      GError **error)
{
  static const char *const names[] = { "OCSP", "CRL" };
  g_autoptr (GString) reasons = g_string_new (NULL);

  for (EidRevocationWay way = EID_REVOCATION_OCSP; way <= EID_REVOCATION_CRL; way++)
    {
      GBytes *answer = eid_revocation_get_answer (self, file, way);
      const GError *failure = eid_revocation_get_failure (self, file, way);
      g_autoptr (GError) refusal = NULL;

      if (answer != NULL &&
          eid_answer_judge (way, answer, certificate, issuer, moment, ret_finding, &refusal))
        return TRUE;
      if (answer == NULL && failure == NULL)
        continue;
      g_string_append_printf (reasons,
                              "%s%s: %s",
                              reasons->len > 0 ? "; " : "",
                              names[way],
                              refusal != NULL ? refusal->message : failure->message);
    }
  g_set_error_literal (error,
                       EID_ERROR,
                       EID_ERROR_UNANSWERED,
                       reasons->len > 0 ? reasons->str : "it was not asked for");
  return FALSE;
}
