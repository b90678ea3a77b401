/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-card-slot.h"

G_BEGIN_DECLS

/**
 * GuichetSlotWords:
 * @icon: name of an icon
 * @brief: for a place with little room, and for a screen reader
 * @title: a line
 * @advice: what it means and what to do
 *
 * All of them translated, and static.
 */
typedef struct
{
  const char *icon;
  const char *brief;
  const char *title;
  const char *advice;
} GuichetSlotWords;

GuichetSlotWords guichet_slot_words (GuichetSlotState state);

/**
 * guichet_slot_words_failure:
 *
 * Returns: (transfer none): what to do about a card that could not be read
 */
const char *guichet_slot_words_failure (const GError *error);

/**
 * guichet_slot_words_trouble:
 * @error: (nullable): of the slot
 *
 * Returns: (transfer full) (nullable): for who waits for a card that went in to be read: why it is
 *   not yet, or not at all
 */
char *guichet_slot_words_trouble (GuichetSlotState state, const GError *error);
/** guichet_slot_words_reader: `Alcor Micro: identity card`. (transfer full) */
char *guichet_slot_words_reader (const EidReaderState *reader);

G_END_DECLS
