/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** EID_PIN_MIN, EID_PIN_MAX: how many digits a PIN has. */
#define EID_PIN_MIN 4
#define EID_PIN_MAX 12

/**
 * EidPin:
 *
 * A PIN on its way from a person's fingers to their card, for readers without keys of their
 * own. Its digits are in one place only, in a page of memory that is kept out of swap, of core
 * files and of child processes, and that is wiped once the card was asked; while there is
 * something in it, the whole process leaves no core and cannot be looked into by other
 * programs of the same user (PR_SET_DUMPABLE of prctl(2)).
 *
 * Add each digit as it comes and keep no text of them: what a toolkit's entry or a string
 * holds, this cannot wipe. From here the PIN goes to pcscd, which is another process.
 *
 * Serves once. Reference counted; the digits belong to one thread until eid_prove_async().
 */
typedef struct _EidPin EidPin;

/**
 * eid_pin_new:
 *
 * Returns: (transfer full) (nullable): without digits; %NULL with %EID_ERROR_INVALID where the
 *   system gives no memory that stays out of swap (RLIMIT_MEMLOCK)
 */
EidPin *eid_pin_new (GError **error);
EidPin *eid_pin_ref (EidPin *self);
/** eid_pin_unref: the last one wipes. */
void eid_pin_unref (EidPin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidPin, eid_pin_unref)

/** eid_pin_add: @digit: 0 to 9. %FALSE if there are %EID_PIN_MAX already, or it was used. */
gboolean eid_pin_add (EidPin *self, guint digit);
/** eid_pin_remove: the last digit; none if there is none. */
void eid_pin_remove (EidPin *self);
guint eid_pin_get_length (EidPin *self);

/**
 * eid_pin_wipe:
 *
 * Makes it forget its digits, for ever. One that the card is being asked with in another
 * thread goes as soon as that has ended. From any thread.
 */
void eid_pin_wipe (EidPin *self);

G_END_DECLS
