/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GuichetLastPerson:
 *
 * Tells the card of the same person again, once it is out, and keeps nothing of their number that
 * could be read.
 */
typedef struct _GuichetLastPerson GuichetLastPerson;

/**
 * guichet_last_person_new:
 * @mark: (nullable): of the one who was last before
 */
GuichetLastPerson *guichet_last_person_new (const char *mark);
/** guichet_last_person_get_mark: (transfer full): by which the last person is known again. */
char *guichet_last_person_get_mark (const GuichetLastPerson *self);
void guichet_last_person_free (GuichetLastPerson *self);
/**
 * guichet_last_person_is_other:
 * @niss: a valid one: it is that of the last person from now on
 *
 * Returns: whether there was a person before, and they are another one
 */
gboolean guichet_last_person_is_other (GuichetLastPerson *self, const char *niss);

G_END_DECLS
