/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any certificate file: it is refused with its place, or can be asked everything.
 */
#include "config.h"

#include "eid-certificate.h"
#include "eid-error.h"
#include "eid-roots.h"
#include "fuzz.h"

static EidRoots *roots;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  roots = eid_roots_new ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (EidCertificate) self =
      eid_certificate_parse (bytes, EID_FILE_REGISTER_CERTIFICATE, &error);
  g_autofree char *why = NULL;

  if (self == NULL)
    {
      g_assert_true (g_error_matches (error, EID_ERROR, EID_ERROR_UNREADABLE) ||
                     g_error_matches (error, EID_ERROR, EID_ERROR_ABSENT));
      g_assert_true (g_str_has_prefix (error->message, "registerCertificate: "));
      return 0;
    }

  g_assert_cmpuint (g_bytes_get_size (eid_certificate_get_der (self)), <=, size);
  g_assert_true (g_utf8_validate (eid_certificate_get_subject (self), -1, NULL));
  eid_certificate_get_common_name (self);
  eid_certificate_get_subject_serial (self);
  eid_certificate_get_serial (self);
  eid_certificate_is_ca (self);
  eid_roots_find (roots, self);
  if (!eid_certificate_is_signed_by (self, self, &why))
    g_assert_nonnull (why);
  for (EidDigest digest = EID_DIGEST_SHA1; digest <= EID_DIGEST_SHA384; digest++)
    eid_certificate_verify (self, digest, bytes, bytes);
  return 0;
}
