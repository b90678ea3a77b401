/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any answer about any certificate: two bytes of size and a certificate, the same for its issuer,
 * and the rest is the answer, taken as an OCSP response and as a list. It counts for what it was
 * made for, at its time, or it is refused with a reason.
 */
#include "config.h"

#include "eid-answer.h"
#include "eid-error.h"
#include "fuzz.h"

#define NOON (G_GINT64_CONSTANT (1772366400) * G_USEC_PER_SEC)

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

/* (transfer full) (nullable) */
static EidCertificate *
take_certificate (const uint8_t **data, size_t *size)
{
  g_autoptr (GBytes) bytes = NULL;
  size_t length;

  if (*size < 2)
    return NULL;
  length = (size_t) (*data)[0] << 8 | (*data)[1];
  if (length > *size - 2)
    return NULL;
  bytes = g_bytes_new (*data + 2, length);
  *data += 2 + length;
  *size -= 2 + length;
  return eid_certificate_parse (bytes, EID_FILE_REGISTER_CERTIFICATE, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (EidCertificate) certificate = take_certificate (&data, &size);
  g_autoptr (EidCertificate) issuer = certificate != NULL ? take_certificate (&data, &size) : NULL;
  g_autoptr (GBytes) answer = NULL;

  if (issuer == NULL)
    return 0;
  answer = g_bytes_new (data, size);
  for (EidRevocationWay way = EID_REVOCATION_OCSP; way <= EID_REVOCATION_CRL; way++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) request = eid_ocsp_request (certificate, issuer);
      EidFinding finding;

      if (eid_answer_judge (way, answer, certificate, issuer, NOON, &finding, &error))
        {
          g_assert_no_error (error);
          g_assert_cmpint (finding.made, <=, NOON / G_USEC_PER_SEC + EID_REVOCATION_TOLERANCE);
          g_assert_cmpint (finding.until, >=, NOON / G_USEC_PER_SEC - EID_REVOCATION_TOLERANCE);
        }
      else
        g_assert_error (error, EID_ERROR, EID_ERROR_ANSWER_INVALID);
    }
  return 0;
}
