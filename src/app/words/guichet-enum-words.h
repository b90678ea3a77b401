/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-decide.h"
#include "guichet-enums.h"
#include "guichet-view.h"

G_BEGIN_DECLS

/*
 * The closed lists as a clerk reads them. All (transfer none); an empty text for a NONE.
 */

const char *guichet_enum_words_department (GuichetDepartment self);
const char *guichet_enum_words_phase (GuichetPhase self);
/** guichet_enum_words_waiting: "Waiting for documents". */
const char *guichet_enum_words_waiting (GuichetWaiting self);
/** guichet_enum_words_blocker: a name to choose or to put behind "Blocked:". */
const char *guichet_enum_words_blocker (GuichetBlocker self);
const char *guichet_enum_words_result (GuichetResult self);
const char *guichet_enum_words_channel (GuichetChannel self);
const char *guichet_enum_words_language (GuichetLanguage self);
/** guichet_enum_words_level: how well a person is identified, as a sentence. */
const char *guichet_enum_words_level (GuichetLevel self);
const char *guichet_enum_words_finding (GuichetFinding self);
/** guichet_enum_words_method: by what a person was identified, as a sentence. */
const char *guichet_enum_words_method (GuichetMethod self);
/** guichet_enum_words_lack: what a move waits for, as a sentence. */
const char *guichet_enum_words_lack (GuichetLack self);
const char *guichet_enum_words_view (GuichetView self);
const char *guichet_enum_words_sort (GuichetSort self);

G_END_DECLS
