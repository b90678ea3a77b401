/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who signed the signer, up to a root whose fingerprint is known.
 */
#define G_LOG_DOMAIN "eid-chain"

#include "config.h"

#include "eid-chain.h"

#include <string.h>

#include "eid-word.h"

#define REGISTER_NAME "RRN"

typedef struct
{
  /* Given */
  EidCertificate **certificates;
  const GError *refusal; /* (nullable): why the register's own CA was not read */
  const EidPolicy *policy;
  /* Output */
  EidReport *report;
  gboolean holds;
} Chain;

static void
fail (Chain *self, EidVerdictKind kind, EidFile file, const char *reason)
{
  self->holds = FALSE;
  eid_report_add (self->report, kind, (int) file, "%s", reason);
}

/* With the authority that it is about; its name comes last, since it may be long. What is no
 * authority's may name a person instead. */
static void
fail_naming (Chain *self, EidVerdictKind kind, EidFile file, const char *reason, EidFile authority)
{
  EidCertificate *named = self->certificates[authority];
  g_autofree char *digits = eid_hex (eid_certificate_get_fingerprint (named), EID_SHA256_SIZE);

  self->holds = FALSE;
  eid_report_add (self->report,
                  kind,
                  (int) file,
                  "%s%s: SHA-256 %s%s%s",
                  reason,
                  authority != file ? "; who should have issued it" : "",
                  digits,
                  eid_certificate_is_ca (named) ? ", " : "",
                  eid_certificate_is_ca (named) ? eid_certificate_get_subject (named) : "");
}

static void
judge_root (Chain *self, EidCertificate *root)
{
  const EidRoot *known = eid_roots_find (self->policy->roots, root);
  g_autofree char *why = NULL;

  if (known == NULL)
    {
      fail_naming (self,
                   EID_VERDICT_ROOT_UNKNOWN,
                   EID_FILE_ROOT_CERTIFICATE,
                   "the root is not one that is known here",
                   EID_FILE_ROOT_CERTIFICATE);
      return;
    }
  if (known->test && !self->policy->test_mode)
    self->holds = FALSE;
  if (known->test)
    eid_report_add_as (self->report,
                       EID_VERDICT_TEST_ROOT,
                       self->policy->test_mode ? EID_SEVERITY_CAUTION : EID_SEVERITY_BAD,
                       EID_FILE_ROOT_CERTIFICATE,
                       "%s signs test cards",
                       known->name);
  /* Known by its key alone, it must still be what that key signed. */
  if (!eid_certificate_is_signed_by (root, root, &why))
    fail_naming (self,
                 EID_VERDICT_CHAIN_BROKEN,
                 EID_FILE_ROOT_CERTIFICATE,
                 why,
                 EID_FILE_ROOT_CERTIFICATE);
}

static gboolean
is_authority (EidFile file)
{
  return file == EID_FILE_CA_CERTIFICATE || file == EID_FILE_REGISTER_CA_CERTIFICATE;
}

static void
judge_link (Chain *self, EidFile file, EidFile issuer_file)
{
  EidCertificate *certificate = self->certificates[file];
  EidCertificate *issuer = self->certificates[issuer_file];
  g_autofree char *why = NULL;

  if (certificate != NULL && issuer != NULL &&
      !eid_certificate_is_signed_by (certificate, issuer, &why))
    fail_naming (self,
                 EID_VERDICT_CHAIN_BROKEN,
                 file,
                 why,
                 is_authority (file) ? file : issuer_file);
}

static gboolean
follows (Chain *self, EidFile file, EidFile issuer_file)
{
  EidCertificate *certificate = self->certificates[file];
  EidCertificate *issuer = self->certificates[issuer_file];

  return certificate != NULL && issuer != NULL &&
         eid_certificate_is_signed_by (certificate, issuer, NULL);
}

static gboolean
is_named (EidCertificate *certificate, const char *name)
{
  const char *common = eid_certificate_get_common_name (certificate);

  return common != NULL && g_str_has_prefix (common, name) &&
         (common[strlen (name)] == '\0' || common[strlen (name)] == ' ');
}

/* Whether this certificate signs those of holders, whichever file it stands in. */
static gboolean
is_holders_ca (EidCertificate *certificate)
{
  return is_named (certificate, "Citizen CA") || is_named (certificate, "Foreigner CA");
}

static gboolean
is_register (EidCertificate *certificate)
{
  return !eid_certificate_is_ca (certificate) &&
         g_strcmp0 (eid_certificate_get_common_name (certificate), REGISTER_NAME) == 0;
}

/* The register's certificate hangs from the root itself or from a CA of its own. Anything else
 * of the same tree, a citizen's certificate above all, could sign files as well: it is told
 * apart by who issued it and by its name. */
static void
judge_register (Chain *self)
{
  EidCertificate *signer = self->certificates[EID_FILE_REGISTER_CERTIFICATE];
  EidCertificate *own_ca = self->certificates[EID_FILE_REGISTER_CA_CERTIFICATE];

  if (signer == NULL)
    return;
  if (follows (self, EID_FILE_REGISTER_CERTIFICATE, EID_FILE_CA_CERTIFICATE) ||
      (follows (self, EID_FILE_REGISTER_CERTIFICATE, EID_FILE_REGISTER_CA_CERTIFICATE) &&
       is_holders_ca (own_ca)))
    {
      fail (self,
            EID_VERDICT_SIGNER_WRONG,
            EID_FILE_REGISTER_CERTIFICATE,
            "the signer's certificate was issued by the CA of holders");
      return;
    }
  if (!is_register (signer))
    fail (self,
          EID_VERDICT_SIGNER_WRONG,
          EID_FILE_REGISTER_CERTIFICATE,
          "the signer's certificate is not the register's");
  if (follows (self, EID_FILE_REGISTER_CERTIFICATE, EID_FILE_REGISTER_CA_CERTIFICATE))
    judge_link (self, EID_FILE_REGISTER_CA_CERTIFICATE, EID_FILE_ROOT_CERTIFICATE);
  else if (self->refusal != NULL &&
           !follows (self, EID_FILE_REGISTER_CERTIFICATE, EID_FILE_ROOT_CERTIFICATE))
    fail (self, EID_VERDICT_UNREADABLE, EID_FILE_REGISTER_CA_CERTIFICATE, self->refusal->message);
  else
    judge_link (self, EID_FILE_REGISTER_CERTIFICATE, EID_FILE_ROOT_CERTIFICATE);
}

gboolean
eid_chain_judge (EidCertificates certificates,
                 const GError *register_ca_refusal,
                 const EidPolicy *policy,
                 EidReport *report)
{
  Chain self = { certificates, register_ca_refusal, policy, report, TRUE };

  if (certificates[EID_FILE_ROOT_CERTIFICATE] != NULL)
    judge_root (&self, certificates[EID_FILE_ROOT_CERTIFICATE]);
  judge_link (&self, EID_FILE_CA_CERTIFICATE, EID_FILE_ROOT_CERTIFICATE);
  judge_link (&self, EID_FILE_AUTHENTICATION_CERTIFICATE, EID_FILE_CA_CERTIFICATE);
  judge_link (&self, EID_FILE_SIGNATURE_CERTIFICATE, EID_FILE_CA_CERTIFICATE);
  judge_register (&self);
  return self.holds;
}
