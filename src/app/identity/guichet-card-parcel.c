/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What goes to the server of a card.
 */
#define G_LOG_DOMAIN "guichet-card-parcel"

#include "config.h"

#include "guichet-card-parcel.h"

#include "eid-word.h"

static void
add_proof (GuichetCardContent *content, const EidProof *proof)
{
  if (proof != NULL)
    guichet_card_content_add_proof (content,
                                    eid_word (EID_TYPE_PROOF_KIND, (int) proof->kind),
                                    eid_word (EID_TYPE_PROOF_ALGORITHM, (int) proof->algorithm),
                                    proof->signature);
}

GuichetCardContent *
guichet_card_parcel_new (EidFiles *files, const EidProofs *proofs)
{
  GuichetCardContent *content = guichet_card_content_new ();

  for (guint i = 0; i < EID_N_FILES; i++)
    {
      GBytes *bytes = eid_files_get (files, (EidFile) i);

      /* A file with nothing in it is one that the card does not have. */
      if (bytes != NULL && g_bytes_get_size (bytes) > 0)
        guichet_card_content_add_file (content, eid_file_word ((EidFile) i), bytes);
    }
  if (proofs != NULL)
    {
      add_proof (content, proofs->chip_proof);
      add_proof (content, proofs->pin_proof);
    }
  return content;
}
