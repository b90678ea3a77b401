/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "eid-files.h"

G_BEGIN_DECLS

/*
 * The form of the identity and address files: tag of one byte, length (each FF means 255 more
 * and that another byte follows), value. Tags ascend, and zero bytes may follow the last field.
 */
typedef struct
{
  guint8 tag;
  gsize at; /* where the field begins in its file */
  const guint8 *value;
  gsize size;
} EidField;

typedef struct
{
  EidFile file;
  const guint8 *data;
  gsize size;
  gsize at;
  int last;      /* tag; -1 before the first */
  gsize padding; /* zero bytes after the last field, once the walk has ended there */
} EidTlv;

/** eid_tlv_init: @bytes must outlive the walk and the fields that it gives. */
void eid_tlv_init (EidTlv *self, EidFile file, GBytes *bytes);

/**
 * eid_tlv_next:
 *
 * Steps to the next field. Ends with %FALSE: without an error at the end of the file, with
 * %EID_ERROR_UNREADABLE where the file breaks its form.
 */
gboolean eid_tlv_next (EidTlv *self, EidField *ret_field, GError **error);

/** eid_unreadable: sets %EID_ERROR_UNREADABLE, file and place first. Always returns %FALSE. */
gboolean eid_unreadable (GError **error, EidFile file, gsize at, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/**
 * eid_field_text:
 * @ret_text: (out) (nullable): %NULL for an empty field
 *
 * Takes a field as text: UTF-8 without control characters.
 */
gboolean eid_field_text (EidFile file, const EidField *field, char **ret_text, GError **error);

/** eid_field_fits: whether it has no more than so many bytes. */
gboolean eid_field_fits (EidFile file, const EidField *field, gsize max, GError **error);

/** eid_unknown_fields_new: (transfer full) (element-type EidUnknownField): none yet. */
GPtrArray *eid_unknown_fields_new (void);
/** eid_unknown_fields_keep: a copy of the field, wiped with @self. */
void eid_unknown_fields_keep (GPtrArray *self, const EidField *field);

G_END_DECLS
