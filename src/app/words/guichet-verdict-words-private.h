/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the tables of the words about a card say which verdicts they mean.
 */
#pragma once

/** ANY: whichever kind, weight or person. */
#define ANY (-1)

/** OF: the set of the files of a card with just this one in it. */
#define OF(file) (1u << (file))
