/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-prove.h"
#include "eid-settings.h"

G_BEGIN_DECLS

/* What guichet-eid was asked to do, by its configuration and then by its options. */
typedef struct
{
  char *command; /* (owned): list, read, verify or watch */
  char *reader;  /* (owned) (nullable): any that has a card */
  EidSettings settings;
  gint64 moment; /* microseconds since the epoch */
  gboolean json;
  /* For verify */
  EidPinEntry pin_entry;
  int pin_fd;        /* where a typed PIN comes from */
  GBytes *challenge; /* (owned) (nullable): to be made at random */
  gboolean accept_last_try;
} EidOptions;

/**
 * eid_options_read:
 *
 * Reads options and configuration. Sets %EID_ERROR_INVALID for what cannot be used.
 */
gboolean eid_options_read (EidOptions *self, int *argc, char ***argv, GError **error);

void eid_options_clear (EidOptions *self);

/** eid_options_print_usage: to standard error. */
void eid_options_print_usage (void);

G_END_DECLS
