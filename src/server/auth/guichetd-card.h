/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-files.h"
#include "eid-proof.h"
#include "guichet-json-reader.h"

G_BEGIN_DECLS

/** GUICHETD_CARD_BODY: bytes of the largest body with a card in it. */
#define GUICHETD_CARD_BODY (192 * 1024)

/**
 * GuichetdCard:
 *
 * What a desk sent of a card: its files, and its answers to the challenge whose nonce it is.
 * Wiped when freed.
 */
typedef struct
{
  EidFiles *files;
  GBytes *nonce;        /* (nullable) while it is read, and where no challenge was given */
  GBytes *challenge;    /* (nullable): what should have been signed; the route sets it */
  EidProof *chip_proof; /* (nullable) */
  EidProof *pin_proof;  /* (nullable) */
} GuichetdCard;

/**
 * guichetd_card_read:
 * @identity: whether the card's person must be named
 *
 * Reads `nonce`, `files` and `proofs` of the object in which the reader stands, and wipes them in
 * its tree. Each file has a size that no real one reaches; what lies in it is for eid_verify(),
 * which says it of a file that makes no sense too.
 *
 * Returns: (transfer full): to be used only if the reader finishes without issues
 */
GuichetdCard *guichetd_card_read (GuichetJsonReader *reader, GuichetJsonNeed identity);

/**
 * guichetd_card_read_files: the same of `files` alone, the identity among them, where no challenge
 *   was given. (transfer full)
 */
GuichetdCard *guichetd_card_read_files (GuichetJsonReader *reader);
void guichetd_card_free (GuichetdCard *self);
/** guichetd_card_get_number: (transfer full) (nullable): the national number that it claims, to be wiped. */
char *guichetd_card_get_number (const GuichetdCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdCard, guichetd_card_free)

G_END_DECLS
