/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-revocation.h"

G_BEGIN_DECLS

/*
 * Which certificates of a card are asked about, whom, and how: the holder's and the register's
 * by OCSP and else by the list of their issuer, those of authorities by the list. A root is not
 * asked about, since nobody stands above it.
 */

/** The certificates of a card, each at its file; %NULL where it has none that can be read. */
typedef EidCertificate *EidCertificates[EID_N_FILES];

/** eid_question_is_due: whether this certificate counts for the card, and has an issuer. */
gboolean eid_question_is_due (EidCertificates certificates, EidFile file);

/**
 * eid_question_find_issuer:
 * @ret_issuer: (out): who would answer
 *
 * Whether a certificate that is due can be asked about at all: if it follows from its issuer,
 * and in its period, since after that its issuer need not know about it any more.
 *
 * Returns: %FALSE with %EID_ERROR_UNANSWERED
 */
gboolean eid_question_find_issuer (EidCertificates certificates,
                                   EidFile file,
                                   gint64 moment,
                                   EidFile *ret_issuer,
                                   GError **error);

/** eid_question_may_ask: whether an address is plain HTTP at one of these hosts. */
gboolean eid_question_may_ask (const char *address, const char *const *hosts);

typedef struct
{
  EidFile file;
  EidRevocationWay way;
  EidCertificate *certificate; /* (owned) */
  EidCertificate *issuer;      /* (owned) */
  char *uri;                   /* (owned) */
  GBytes *request;             /* (owned) (nullable): what is sent there */
} EidQuestion;

/**
 * eid_questions_of:
 * @hosts: (array zero-terminated=1): who may be asked, `host` or `host:port`
 * @evidence: gets the reason where something cannot be asked
 *
 * Returns: (transfer full) (element-type EidQuestion): for each file those in the order in which
 *   they are asked, until one is answered
 */
GPtrArray *eid_questions_of (EidFiles *files,
                             const char *const *hosts,
                             gint64 moment,
                             EidRevocation *evidence);

/** eid_questions_refuse: notes that nobody is asked about a card, and why. */
void eid_questions_refuse (EidRevocation *evidence, const char *reason);

G_END_DECLS
