/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-certificate.h"

G_BEGIN_DECLS

/*
 * DER (X.690) as far as answers about revocation need it: a list may have some hundred thousand
 * entries, of which one is looked for, so nothing is copied and no tree is built.
 */
#define EID_DER_BOOLEAN 0x01
#define EID_DER_INTEGER 0x02
#define EID_DER_BIT_STRING 0x03
#define EID_DER_OCTET_STRING 0x04
#define EID_DER_OID 0x06
#define EID_DER_ENUMERATED 0x0A
#define EID_DER_UTC_TIME 0x17
#define EID_DER_TIME 0x18
#define EID_DER_SEQUENCE 0x30
#define EID_DER_CONTEXT(number) (0xA0 | (number))

/** EidDer: one element; points into the bytes that were walked. */
typedef struct
{
  guint8 tag;
  const guint8 *start; /* of its header */
  gsize whole;         /* with the header */
  const guint8 *data;
  gsize size;
} EidDer;

typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean broken; /* what was met is not DER, or not what was expected */
} EidDerWalk;

void eid_der_walk (EidDerWalk *self, gconstpointer data, gsize size);
/** eid_der_enter: walks what is inside an element. */
void eid_der_enter (EidDerWalk *self, const EidDer *element);
/** eid_der_next: %FALSE at the end, and where it is broken. */
gboolean eid_der_next (EidDerWalk *self, EidDer *ret);
/** eid_der_is: whether an element with this tag comes next. */
gboolean eid_der_is (EidDerWalk *self, guint8 tag);
/** eid_der_expect: the next, with this tag; it is broken otherwise. */
gboolean eid_der_expect (EidDerWalk *self, guint8 tag, EidDer *ret);
/** eid_der_only: what is inside an element, which is one element with this tag. */
gboolean eid_der_only (const EidDer *self, guint8 tag, EidDer *ret);
/** eid_der_is_whole: whether all was walked, and fine. */
gboolean eid_der_is_whole (EidDerWalk *self);

gboolean eid_der_equal (const EidDer *self, gconstpointer data, gsize size);
/** eid_der_time: UTCTime or GeneralizedTime, to the second and in UTC, in seconds since the epoch. */
gboolean eid_der_time (const EidDer *self, gint64 *ret_seconds);

/** EidExtension: one of the extensions of X.509. */
typedef struct
{
  EidDer oid;
  gboolean critical;
  EidDer value;
} EidExtension;

gboolean eid_extension_next (EidDerWalk *self, EidExtension *ret);

/** EidSigned: what X.509 signs: content, algorithm, signature. */
typedef struct
{
  EidDer content;
  EidDer algorithm;
  EidDer signature;
} EidSigned;

/** eid_signed_read: the three next elements. */
gboolean eid_signed_read (EidSigned *self, EidDerWalk *walk);

/** eid_signed_is_safe: whether it is said to be signed in a way that is safe today: with SHA-2. */
gboolean eid_signed_is_safe (const EidSigned *self);
/** eid_signed_is_by: whether it is, and this certificate's key made the signature. */
gboolean eid_signed_is_by (const EidSigned *self, EidCertificate *signer);

G_END_DECLS
