/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * libguichet-eid: the Belgian identity card.
 *
 * Reading: make an #EidWatcher for what lies in which reader, call eid_read_async() with the
 * reader's name. Understanding: eid_identity_parse(), eid_address_parse(). Proving that the card
 * and its holder are there: eid_prove_async(), with an #EidPin where the reader has no keys.
 * Asking those who issued its certificates whether they were revoked: an #EidAsker,
 * eid_asker_ask_async(). Judging: eid_verify() with what was read, roots and a moment, and what
 * else was found out. A program needs no more than these.
 */

#include "eid-address.h"
#include "eid-asker.h"
#include "eid-card-data.h"
#include "eid-card-kind.h"
#include "eid-certificate.h"
#include "eid-date.h"
#include "eid-document.h"
#include "eid-error.h"
#include "eid-files.h"
#include "eid-identity.h"
#include "eid-photo.h"
#include "eid-pin.h"
#include "eid-proof.h"
#include "eid-prove.h"
#include "eid-read.h"
#include "eid-report.h"
#include "eid-revocation.h"
#include "eid-roots.h"
#include "eid-settings.h"
#include "eid-unknown-field.h"
#include "eid-verify.h"
#include "eid-watcher.h"
#include "eid-word.h"
