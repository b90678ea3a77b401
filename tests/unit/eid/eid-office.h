/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-files.h"
#include "eid-roots.h"

/* Noon of 2026-03-01, when the cards that are made here are valid. */
#define EID_OFFICE_NOON (G_GINT64_CONSTANT (1772362800) * G_USEC_PER_SEC)

/* Cards of every profile, made for this run, with the roots that they hang from. */
typedef struct
{
  char *folder;    /* (owned) */
  EidRoots *roots; /* (owned) */
} EidOffice;

void eid_office_open (EidOffice *self);
void eid_office_close (EidOffice *self);

/* (transfer full) (nullable): a file of a card, by its word. */
GBytes *eid_office_load (EidOffice *self, const char *profile, const char *word);

/* (transfer full): the card of a profile. */
EidFiles *eid_office_load_card (EidOffice *self, const char *profile);
