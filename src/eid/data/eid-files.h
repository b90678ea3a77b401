/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EidFile:
 *
 * What can be read of a card without a PIN. Nicks are the words of JSON and of error messages:
 * `identity`, `identitySignature`, …, and `cardData` for the answer to GET CARD DATA.
 */
typedef enum
{
  EID_FILE_CARD_DATA,
  EID_FILE_IDENTITY,
  EID_FILE_IDENTITY_SIGNATURE,
  EID_FILE_ADDRESS,
  EID_FILE_ADDRESS_SIGNATURE,
  EID_FILE_PHOTO,
  EID_FILE_AUTHENTICATION_CERTIFICATE,
  EID_FILE_SIGNATURE_CERTIFICATE,
  EID_FILE_CA_CERTIFICATE,
  EID_FILE_ROOT_CERTIFICATE,
  EID_FILE_REGISTER_CERTIFICATE,
  EID_FILE_REGISTER_CA_CERTIFICATE,
  EID_FILE_BASIC_KEY,
} EidFile;

#define EID_N_FILES (EID_FILE_BASIC_KEY + 1)

#define EID_TYPE_FILE (eid_file_get_type ())
GType eid_file_get_type (void);

/**
 * EID_FILES_PERSON: identity, address and photo: what is shown.
 * EID_FILES_ALL: that, and what is needed to judge it.
 */
#define EID_FILE_BIT(file) (1u << (file))
#define EID_FILES_PERSON                                                \
  (EID_FILE_BIT (EID_FILE_IDENTITY) | EID_FILE_BIT (EID_FILE_ADDRESS) | \
   EID_FILE_BIT (EID_FILE_PHOTO))
#define EID_FILES_ALL ((1u << EID_N_FILES) - 1)

/** eid_file_word: `identity`, `registerCertificate`, … (transfer none) */
const char *eid_file_word (EidFile file);

/**
 * EidFiles:
 *
 * The bytes of one card as it gave them, and nothing about what they mean. Filled once, then
 * only read; its memory is wiped when the last reference goes.
 */
typedef struct _EidFiles EidFiles;

/** eid_files_new: none yet. (transfer full) */
EidFiles *eid_files_new (void);
EidFiles *eid_files_ref (EidFiles *self);
void eid_files_unref (EidFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidFiles, eid_files_unref)

/** eid_files_copy: (transfer full): another set with the same bytes, which are shared. */
EidFiles *eid_files_copy (EidFiles *self);

/** eid_files_get: (nullable) (transfer none): the bytes; %NULL if that file was not read. */
GBytes *eid_files_get (EidFiles *self, EidFile file);

/**
 * eid_files_set:
 * @bytes: (transfer none) (nullable): kept with a reference of its own, not copied
 */
void eid_files_set (EidFiles *self, EidFile file, GBytes *bytes);

/** eid_files_take: copies @size bytes into memory that is wiped. */
void eid_files_take (EidFiles *self, EidFile file, gconstpointer data, gsize size);

/**
 * eid_files_set_failure:
 * @failure: (transfer full): why the card did not give the file
 *
 * Notes that a file could not be read, while others could.
 */
void eid_files_set_failure (EidFiles *self, EidFile file, GError *failure);

/** eid_files_get_failure: (nullable) (transfer none) */
const GError *eid_files_get_failure (EidFiles *self, EidFile file);

G_END_DECLS
