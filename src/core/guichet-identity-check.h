/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "guichet-json-reader.h"
#include "guichet-json-writer.h"

G_BEGIN_DECLS

/** By what a person was identified. Nicks: card, cardAndPin, cardAndChip. */
typedef enum
{
  GUICHET_METHOD_NONE,
  GUICHET_METHOD_CARD,          /* the files of a card: a copy of them looks the same */
  GUICHET_METHOD_CARD_AND_PIN,  /* cardAndPin: the holder's key answered, after the PIN */
  GUICHET_METHOD_CARD_AND_CHIP, /* cardAndChip: the chip answered by itself */
} GuichetMethod;
#define GUICHET_TYPE_METHOD (guichet_method_get_type ())
GType guichet_method_get_type (void);

/** How far the person of a card is the one of the request. Nicks: equal, alike, different. */
typedef enum
{
  GUICHET_AGREEMENT_NONE,  /* could not be compared */
  GUICHET_AGREEMENT_EQUAL, /* letter by letter */
  GUICHET_AGREEMENT_ALIKE, /* but for accents, case, or the order of given names */
  GUICHET_AGREEMENT_DIFFERENT,
} GuichetAgreement;
#define GUICHET_TYPE_AGREEMENT (guichet_agreement_get_type ())
GType guichet_agreement_get_type (void);

/** What a check comes to. Nicks: verified, verifiedWithRemark, unproved, otherPerson,
 * notTrusted, unreadable. */
typedef enum
{
  GUICHET_FINDING_NONE,
  GUICHET_FINDING_VERIFIED,
  GUICHET_FINDING_VERIFIED_WITH_REMARK, /* the same person, and something to know of card or name */
  GUICHET_FINDING_UNPROVED, /* nothing differs, but the request says too little of the person */
  GUICHET_FINDING_OTHER_PERSON,
  GUICHET_FINDING_NOT_TRUSTED, /* something speaks against the card */
  GUICHET_FINDING_UNREADABLE,  /* it could not be judged */
} GuichetFinding;
#define GUICHET_TYPE_FINDING (guichet_finding_get_type ())
GType guichet_finding_get_type (void);

/** One thing that was said of the card, in the words of the card library. */
typedef struct
{
  char *kind;     /* `genuine`, `cardExpired`, … */
  char *severity; /* `good`, `caution`, `unreadable`, `bad` */
  char *file;     /* (nullable): the file of the card that it is about */
  char *detail;   /* in English, for administrators; names no person */
  GuichetDay day; /* since when, until when; GUICHET_DAY_NONE where there is none */
  char *cause;    /* (nullable): what is behind it: `keyCompromise`, `noAnswer`, … */
} GuichetVerdict;

/** The digest of a file that was judged. */
typedef struct
{
  char *file;
  char *sha256; /* hex */
} GuichetFileDigest;

/**
 * GuichetIdentityCheck:
 *
 * The result of reading a card and holding it against the request: what is kept of it, which
 * is neither its files nor its photo. Immutable once made; any thread.
 */
typedef struct
{
  GuichetFinding finding;
  GuichetMethod method;
  GuichetAgreement comparison;
  char **differs;      /* names of the data that differ: `familyName`, `street`, …; never NULL */
  GPtrArray *verdicts; /* of GuichetVerdict, in the order in which they were found */
  GPtrArray *files;    /* of GuichetFileDigest */
  char *certificate;   /* (nullable): serial number of the authentication certificate, hex */
} GuichetIdentityCheck;

GuichetIdentityCheck *guichet_identity_check_new (void);
GuichetIdentityCheck *guichet_identity_check_ref (GuichetIdentityCheck *self);
void guichet_identity_check_unref (GuichetIdentityCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetIdentityCheck, guichet_identity_check_unref)

/** guichet_identity_check_add_verdict: while it is made. @file: (nullable) */
void guichet_identity_check_add_verdict (GuichetIdentityCheck *self,
                                         const char *kind,
                                         const char *severity,
                                         const char *file,
                                         const char *detail);
/** guichet_identity_check_set_behind: what is behind the verdict that was added last. @cause: (nullable) */
void
guichet_identity_check_set_behind (GuichetIdentityCheck *self, GuichetDay day, const char *cause);
/** guichet_identity_check_add_file: while it is made; takes the digest of @content, not the content. */
void
guichet_identity_check_add_file (GuichetIdentityCheck *self, const char *file, GBytes *content);

/** guichet_identity_check_read: reads the object that the reader stands in. (transfer full) */
GuichetIdentityCheck *guichet_identity_check_read (GuichetJsonReader *reader);
void guichet_identity_check_write (const GuichetIdentityCheck *self,
                                   GuichetJsonWriter *writer,
                                   const char *member);

/** guichet_finding_is_good: whether it says that this is the person of the request. */
gboolean guichet_finding_is_good (GuichetFinding self);
/** guichet_finding_speaks_against: whether it says that it is not, or that the card lies. */
gboolean guichet_finding_speaks_against (GuichetFinding self);

/** guichet_method_proves_presence: whether the card itself was there, not only its files. */
gboolean guichet_method_proves_presence (GuichetMethod self);

G_END_DECLS
