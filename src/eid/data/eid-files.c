/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes of one card.
 */
#define G_LOG_DOMAIN "eid-files"

#include "config.h"

#include "eid-files.h"

#include "eid-word.h"

struct _EidFiles
{
  GBytes *bytes[EID_N_FILES];    /* (owned) (nullable) each */
  GError *failures[EID_N_FILES]; /* (owned) (nullable) each */
};

G_DEFINE_ENUM_TYPE (EidFile,
                    eid_file,
                    G_DEFINE_ENUM_VALUE (EID_FILE_CARD_DATA, "cardData"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_IDENTITY, "identity"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_IDENTITY_SIGNATURE, "identitySignature"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_ADDRESS, "address"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_ADDRESS_SIGNATURE, "addressSignature"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_PHOTO, "photo"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_AUTHENTICATION_CERTIFICATE,
                                         "authenticationCertificate"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_SIGNATURE_CERTIFICATE, "signatureCertificate"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_CA_CERTIFICATE, "caCertificate"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_ROOT_CERTIFICATE, "rootCertificate"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_REGISTER_CERTIFICATE, "registerCertificate"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_REGISTER_CA_CERTIFICATE, "registerCaCertificate"),
                    G_DEFINE_ENUM_VALUE (EID_FILE_BASIC_KEY, "basicKey"))

const char *
eid_file_word (EidFile file)
{
  return eid_word (EID_TYPE_FILE, (int) file);
}

static void
eid_files_clear (gpointer data)
{
  EidFiles *self = data;

  for (guint i = 0; i < EID_N_FILES; i++)
    {
      g_clear_pointer (&self->bytes[i], g_bytes_unref);
      g_clear_error (&self->failures[i]);
    }
}

EidFiles *
eid_files_new (void)
{
  return g_atomic_rc_box_new0 (EidFiles);
}

EidFiles *
eid_files_ref (EidFiles *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
eid_files_unref (EidFiles *self)
{
  g_atomic_rc_box_release_full (self, eid_files_clear);
}

EidFiles *
eid_files_copy (EidFiles *self)
{
  EidFiles *copy = eid_files_new ();

  for (guint i = 0; i < EID_N_FILES; i++)
    {
      eid_files_set (copy, (EidFile) i, self->bytes[i]);
      if (self->failures[i] != NULL)
        copy->failures[i] = g_error_copy (self->failures[i]);
    }
  return copy;
}

GBytes *
eid_files_get (EidFiles *self, EidFile file)
{
  g_return_val_if_fail (file < EID_N_FILES, NULL);

  return self->bytes[file];
}

void
eid_files_set (EidFiles *self, EidFile file, GBytes *bytes)
{
  g_return_if_fail (file < EID_N_FILES);

  if (bytes != NULL)
    g_bytes_ref (bytes);
  g_clear_pointer (&self->bytes[file], g_bytes_unref);
  self->bytes[file] = bytes;
}

void
eid_files_take (EidFiles *self, EidFile file, gconstpointer data, gsize size)
{
  g_autoptr (GBytes) bytes = eid_wiped_bytes (data, size);

  eid_files_set (self, file, bytes);
}

void
eid_files_set_failure (EidFiles *self, EidFile file, GError *failure)
{
  g_return_if_fail (file < EID_N_FILES);

  g_clear_error (&self->failures[file]);
  self->failures[file] = failure;
}

const GError *
eid_files_get_failure (EidFiles *self, EidFile file)
{
  g_return_val_if_fail (file < EID_N_FILES, NULL);

  return self->failures[file];
}
