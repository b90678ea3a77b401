/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-watcher.h"

G_BEGIN_DECLS

/*
 * Which of the readers is meant. @readers: (element-type EidReaderState); what is found is theirs.
 */

/** guichet_reader_choice_find: (nullable): the one of that name. */
const EidReaderState *guichet_reader_choice_find (GPtrArray *readers, const char *name);

/** guichet_reader_choice_best: (nullable): one with an identity card, or else with another, or else the first. */
const EidReaderState *guichet_reader_choice_best (GPtrArray *readers);

G_END_DECLS
