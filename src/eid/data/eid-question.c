/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A card is input: what addresses its certificates name is followed only to hosts that are known
 * beforehand, and a certificate that nobody issued is not asked about.
 */
#define G_LOG_DOMAIN "eid-question"

#include "config.h"

#include "eid-question.h"

#include <gnutls/x509.h>

#include "eid-answer.h"
#include "eid-certificate-private.h"
#include "eid-error.h"

#define ADDRESSES_MAX 8
#define ADDRESS_SIZE_MAX 1024

static const struct
{
  EidFile file;
  EidFile issuers[2]; /* the first of which it follows, if of none then the last */
  gboolean by_ocsp;
} askable[] = {
  { EID_FILE_AUTHENTICATION_CERTIFICATE,
    { EID_FILE_CA_CERTIFICATE, EID_FILE_CA_CERTIFICATE },
    TRUE },
  { EID_FILE_SIGNATURE_CERTIFICATE, { EID_FILE_CA_CERTIFICATE, EID_FILE_CA_CERTIFICATE }, TRUE },
  { EID_FILE_CA_CERTIFICATE, { EID_FILE_ROOT_CERTIFICATE, EID_FILE_ROOT_CERTIFICATE }, FALSE },
  { EID_FILE_REGISTER_CERTIFICATE,
    { EID_FILE_REGISTER_CA_CERTIFICATE, EID_FILE_ROOT_CERTIFICATE },
    TRUE },
  { EID_FILE_REGISTER_CA_CERTIFICATE,
    { EID_FILE_ROOT_CERTIFICATE, EID_FILE_ROOT_CERTIFICATE },
    FALSE },
};

static gboolean
follows (EidCertificates certificates, EidFile file, EidFile issuer)
{
  return certificates[file] != NULL && certificates[issuer] != NULL &&
         eid_certificate_is_signed_by (certificates[file], certificates[issuer], NULL);
}

gboolean
eid_question_is_due (EidCertificates certificates, EidFile file)
{
  /* Some cards have a CA there that did not issue the register's certificate. */
  if (file == EID_FILE_REGISTER_CA_CERTIFICATE)
    return follows (certificates, EID_FILE_REGISTER_CERTIFICATE, file);
  return file != EID_FILE_ROOT_CERTIFICATE && certificates[file] != NULL;
}

gboolean
eid_question_find_issuer (EidCertificates certificates,
                          EidFile file,
                          gint64 moment,
                          EidFile *ret_issuer,
                          GError **error)
{
  gint64 now = moment / G_USEC_PER_SEC;
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (askable) && !found; i++)
    for (guint j = 0; j < 2 && !found && askable[i].file == file; j++)
      {
        *ret_issuer = askable[i].issuers[j];
        found = follows (certificates, file, *ret_issuer);
      }
  if (!found)
    g_set_error_literal (error,
                         EID_ERROR,
                         EID_ERROR_UNANSWERED,
                         "there is nobody to ask, since it does not follow from its issuer");
  else if (now < eid_certificate_get_not_before (certificates[file]) ||
           now > eid_certificate_get_not_after (certificates[file]))
    {
      found = FALSE;
      g_set_error_literal (error,
                           EID_ERROR,
                           EID_ERROR_UNANSWERED,
                           "it is out of its period, in which alone its issuer answers for it");
    }
  return found;
}

/* --- Where ----------------------------------------------------------------------------------- */

gboolean
eid_question_may_ask (const char *address, const char *const *hosts)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autofree char *with_port = NULL;
  const char *host;
  int port;

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "http") != 0 ||
      g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  host = g_uri_get_host (uri);
  port = g_uri_get_port (uri);
  if (host == NULL || *host == '\0')
    return FALSE;
  with_port = g_strdup_printf ("%s:%d", host, port > 0 ? port : 80);
  for (guint i = 0; hosts[i] != NULL; i++)
    if (g_ascii_strcasecmp (hosts[i], with_port) == 0 ||
        (g_ascii_strcasecmp (hosts[i], host) == 0 && (port <= 0 || port == 80)))
      return TRUE;
  return FALSE;
}

/* (transfer full) (nullable): the address number @index that a certificate names; sets
 * @ret_more to whether there was one at all. */
static char *
read_address (EidCertificate *self, EidRevocationWay way, guint index, gboolean *ret_more)
{
  gnutls_x509_crt_t crt = eid_certificate_get_crt (self);
  char *address = NULL;
  int status;

  if (way == EID_REVOCATION_OCSP)
    {
      gnutls_datum_t data = { NULL, 0 };

      status =
          gnutls_x509_crt_get_authority_info_access (crt, index, GNUTLS_IA_OCSP_URI, &data, NULL);
      if (status >= 0 && data.size < ADDRESS_SIZE_MAX)
        address = g_strndup ((const char *) data.data, data.size);
      gnutls_free (data.data);
    }
  else
    {
      char text[ADDRESS_SIZE_MAX];
      size_t size = sizeof text;

      status = gnutls_x509_crt_get_crl_dist_points (crt, index, text, &size, NULL, NULL);
      if (status == GNUTLS_SAN_URI)
        address = g_strndup (text, size);
    }
  *ret_more =
      status >= 0 || status == GNUTLS_E_UNKNOWN_ALGORITHM || status == GNUTLS_E_SHORT_MEMORY_BUFFER;
  return address;
}

/* (transfer full) (nullable): the first address that may be asked. */
static char *
find_address (EidCertificate *self, EidRevocationWay way, const char *const *hosts, GError **error)
{
  gboolean more = TRUE, named = FALSE;

  for (guint i = 0; more && i < ADDRESSES_MAX; i++)
    {
      g_autofree char *address = read_address (self, way, i, &more);

      named = named || address != NULL;
      if (address != NULL && eid_question_may_ask (address, hosts))
        return g_steal_pointer (&address);
    }
  g_set_error_literal (error,
                       EID_ERROR,
                       EID_ERROR_UNANSWERED,
                       named ? "the certificate names an address that may not be asked"
                             : "the certificate names no address");
  return NULL;
}

/* --- What ------------------------------------------------------------------------------------ */

static void
question_free (gpointer data)
{
  EidQuestion *self = data;

  eid_certificate_unref (self->certificate);
  eid_certificate_unref (self->issuer);
  g_clear_pointer (&self->request, g_bytes_unref);
  g_free (self->uri);
  g_free (self);
}

static void
add_question (GPtrArray *questions,
              EidCertificates certificates,
              EidFile file,
              EidFile issuer,
              EidRevocationWay way,
              const char *const *hosts,
              EidRevocation *evidence)
{
  GError *failure = NULL;
  char *uri = find_address (certificates[file], way, hosts, &failure);
  EidQuestion *question;

  if (uri == NULL)
    {
      eid_revocation_set_failure (evidence, file, way, failure);
      return;
    }
  question = g_new0 (EidQuestion, 1);
  question->file = file;
  question->way = way;
  question->certificate = eid_certificate_ref (certificates[file]);
  question->issuer = eid_certificate_ref (certificates[issuer]);
  question->uri = uri;
  if (way == EID_REVOCATION_OCSP)
    question->request = eid_ocsp_request (question->certificate, question->issuer);
  g_ptr_array_add (questions, question);
}

static void
read_certificates (EidFiles *files, EidCertificates certificates)
{
  for (guint file = EID_FILE_AUTHENTICATION_CERTIFICATE; file <= EID_FILE_REGISTER_CA_CERTIFICATE;
       file++)
    {
      GBytes *bytes = eid_files_get (files, (EidFile) file);

      if (bytes != NULL)
        certificates[file] = eid_certificate_parse (bytes, (EidFile) file, NULL);
    }
}

GPtrArray *
eid_questions_of (EidFiles *files, const char *const *hosts, gint64 moment, EidRevocation *evidence)
{
  GPtrArray *questions = g_ptr_array_new_with_free_func (question_free);
  EidCertificates certificates = { NULL };

  read_certificates (files, certificates);
  for (guint i = 0; i < G_N_ELEMENTS (askable); i++)
    {
      EidFile file = askable[i].file;
      GError *failure = NULL;
      EidFile issuer;

      if (!eid_question_is_due (certificates, file))
        continue;
      if (!eid_question_find_issuer (certificates, file, moment, &issuer, &failure))
        {
          eid_revocation_set_failure (evidence, file, EID_REVOCATION_CRL, failure);
          continue;
        }
      if (askable[i].by_ocsp)
        add_question (questions, certificates, file, issuer, EID_REVOCATION_OCSP, hosts, evidence);
      add_question (questions, certificates, file, issuer, EID_REVOCATION_CRL, hosts, evidence);
    }
  for (guint i = 0; i < EID_N_FILES; i++)
    g_clear_pointer (&certificates[i], eid_certificate_unref);
  return questions;
}

void
eid_questions_refuse (EidRevocation *evidence, const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (askable); i++)
    eid_revocation_set_failure (evidence,
                                askable[i].file,
                                EID_REVOCATION_CRL,
                                g_error_new_literal (EID_ERROR, EID_ERROR_UNANSWERED, reason));
}
