/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A walk through DER, strict: lengths are definite and as short as can be, tags have one byte.
 */
#define G_LOG_DOMAIN "eid-der"

#include "config.h"

#include "eid-der.h"

#include <gnutls/abstract.h>
#include <string.h>

#include "eid-certificate-private.h"

/* Algorithms that may sign an answer, as they are written: with RSA, a parameter that is null. SHA-1
 * is none, though cards until 2014 are signed with it: an answer is made today, by who has better,
 * about what others have a say in, which is what collisions are made of. No card of that time is
 * valid any more. Of the state's responders it is known that the certificates by which its RSA
 * authorities appointed them in 2020 were signed with SHA-256, and that its authorities since then have
 * EC keys; with what the answers themselves were signed is not. Where one is met that answers with
 * SHA-1, that is the reason which is told, the issuer's list is asked for, and without that the card is
 * not known to be revoked, which refuses nobody. */
#define RSA(number) "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01" number "\x05\x00"
#define ECDSA(number) "\x06\x08\x2A\x86\x48\xCE\x3D\x04\x03" number
static const struct
{
  const char *written;
  gsize size;
  gnutls_sign_algorithm_t algorithm;
} signing[] = {
  { RSA ("\x0B"), 13, GNUTLS_SIGN_RSA_SHA256 },
  { RSA ("\x0C"), 13, GNUTLS_SIGN_RSA_SHA384 },
  { RSA ("\x0D"), 13, GNUTLS_SIGN_RSA_SHA512 },
  { ECDSA ("\x02"), 10, GNUTLS_SIGN_ECDSA_SHA256 },
  { ECDSA ("\x03"), 10, GNUTLS_SIGN_ECDSA_SHA384 },
  { ECDSA ("\x04"), 10, GNUTLS_SIGN_ECDSA_SHA512 },
};

void
eid_der_walk (EidDerWalk *self, gconstpointer data, gsize size)
{
  /* Of nothing, there may not even be a place. */
  *self = (EidDerWalk){ data, size > 0 ? (const guint8 *) data + size : data, FALSE };
}

void
eid_der_enter (EidDerWalk *self, const EidDer *element)
{
  eid_der_walk (self, element->data, element->size);
}

static gboolean
give_up (EidDerWalk *self)
{
  self->broken = TRUE;
  return FALSE;
}

gboolean
eid_der_next (EidDerWalk *self, EidDer *ret)
{
  gsize left = (gsize) (self->end - self->at);
  gsize header = 2, size;

  if (self->broken || left == 0)
    return FALSE;
  if (left < 2 || (self->at[0] & 0x1F) == 0x1F)
    return give_up (self);

  size = self->at[1];
  if (size >= 0x80)
    {
      gsize n = size & 0x7F;

      header += n;
      if (n == 0 || n > 4 || header > left || self->at[2] == 0)
        return give_up (self);
      size = 0;
      for (gsize i = 0; i < n; i++)
        size = size << 8 | self->at[2 + i];
      if (size < 0x80)
        return give_up (self);
    }
  if (size > left - header)
    return give_up (self);

  *ret = (EidDer){ self->at[0], self->at, header + size, self->at + header, size };
  self->at += ret->whole;
  return TRUE;
}

gboolean
eid_der_is (EidDerWalk *self, guint8 tag)
{
  return !self->broken && self->at < self->end && self->at[0] == tag;
}

gboolean
eid_der_expect (EidDerWalk *self, guint8 tag, EidDer *ret)
{
  return eid_der_is (self, tag) ? eid_der_next (self, ret) : give_up (self);
}

gboolean
eid_der_is_whole (EidDerWalk *self)
{
  return !self->broken && self->at == self->end;
}

gboolean
eid_der_only (const EidDer *self, guint8 tag, EidDer *ret)
{
  EidDerWalk walk;

  eid_der_enter (&walk, self);
  return eid_der_expect (&walk, tag, ret) && eid_der_is_whole (&walk);
}

gboolean
eid_der_equal (const EidDer *self, gconstpointer data, gsize size)
{
  return self->size == size && memcmp (self->data, data, size) == 0;
}

/* The number that @n digits make; -1 where one is none. */
static int
digits (const guint8 *data, gsize n)
{
  int number = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (data[i]))
        return -1;
      number = number * 10 + (data[i] - '0');
    }
  return number;
}

gboolean
eid_der_time (const EidDer *self, gint64 *ret_seconds)
{
  gboolean is_short = self->tag == EID_DER_UTC_TIME;
  gsize of_year = is_short ? 2 : 4;
  const guint8 *rest = self->data + of_year;
  g_autoptr (GDateTime) instant = NULL;
  int year;

  if ((!is_short && self->tag != EID_DER_TIME) || self->size != of_year + strlen ("MMDDhhmmssZ") ||
      rest[10] != 'Z')
    return FALSE;
  year = digits (self->data, of_year);
  if (is_short && year >= 0)
    year += year < 50 ? 2000 : 1900;
  /* Where a digit is none, the number is out of every range. */
  instant = g_date_time_new_utc (year,
                                 digits (rest, 2),
                                 digits (rest + 2, 2),
                                 digits (rest + 4, 2),
                                 digits (rest + 6, 2),
                                 digits (rest + 8, 2));
  if (instant == NULL)
    return FALSE;
  *ret_seconds = g_date_time_to_unix (instant);
  return TRUE;
}

gboolean
eid_extension_next (EidDerWalk *self, EidExtension *ret)
{
  EidDerWalk inner;
  EidDer extension, critical;

  if (!eid_der_next (self, &extension))
    return FALSE;
  ret->critical = FALSE;
  eid_der_enter (&inner, &extension);
  if (extension.tag == EID_DER_SEQUENCE && eid_der_expect (&inner, EID_DER_OID, &ret->oid) &&
      (!eid_der_is (&inner, EID_DER_BOOLEAN) || eid_der_next (&inner, &critical)) &&
      eid_der_expect (&inner, EID_DER_OCTET_STRING, &ret->value) && eid_der_is_whole (&inner))
    {
      /* A default is not written: a critical that is there says yes. */
      ret->critical = ret->value.start - ret->oid.start > (gssize) ret->oid.whole;
      return TRUE;
    }
  return give_up (self);
}

gboolean
eid_signed_read (EidSigned *self, EidDerWalk *walk)
{
  return eid_der_expect (walk, EID_DER_SEQUENCE, &self->content) &&
         eid_der_expect (walk, EID_DER_SEQUENCE, &self->algorithm) &&
         eid_der_expect (walk, EID_DER_BIT_STRING, &self->signature);
}

static const gnutls_sign_algorithm_t *
find_algorithm (const EidSigned *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (signing); i++)
    if (eid_der_equal (&self->algorithm, signing[i].written, signing[i].size))
      return &signing[i].algorithm;
  return NULL;
}

gboolean
eid_signed_is_safe (const EidSigned *self)
{
  return find_algorithm (self) != NULL;
}

gboolean
eid_signed_is_by (const EidSigned *self, EidCertificate *signer)
{
  gnutls_datum_t content = { (guint8 *) self->content.start, (guint) self->content.whole };
  gnutls_datum_t signature = { (guint8 *) self->signature.data, (guint) self->signature.size };
  const gnutls_sign_algorithm_t *algorithm = find_algorithm (self);

  /* The first byte of a bit string counts the bits that are not used. */
  if (algorithm == NULL || signature.size < 1 || signature.data[0] != 0)
    return FALSE;
  signature.data++;
  signature.size--;
  return gnutls_pubkey_verify_data2 (eid_certificate_get_public_key (signer),
                                     *algorithm,
                                     0,
                                     &content,
                                     &signature) >= 0;
}
