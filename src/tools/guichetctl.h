/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichet-clock.h"
#include "guichetd-config.h"
#include "guichetd-engine.h"
#include "guichetd-store.h"

G_BEGIN_DECLS

#define GUICHETCTL_ERROR (guichetctl_error_quark ())
GQuark guichetctl_error_quark (void);

typedef enum
{
  GUICHETCTL_ERROR_USAGE,  /* the words are off; exit status 2 */
  GUICHETCTL_ERROR_FAILED, /* what was asked for did not come about; exit status 1 */
} GuichetctlError;

/**
 * GuichetctlOffice:
 *
 * What the subcommands work with: the configuration and, once opened, the same store and engine
 * that the daemon has, alone on them.
 */
typedef struct
{
  GuichetdConfig *config;
  GuichetClock *clock;         /* given to the parts */
  GuichetCatalogue *catalogue; /* (nullable) until opened */
  GuichetTexts *texts;
  GuichetdStore *store;
  GuichetdEngine *engine;
} GuichetctlOffice;

/** guichetctl_office_open_store: fails with a sentence if the daemon has it. */
gboolean guichetctl_office_open_store (GuichetctlOffice *self, GError **error);
/** guichetctl_office_open_engine: and the store before, if it is not open. */
gboolean guichetctl_office_open_engine (GuichetctlOffice *self, GError **error);

/** GuichetctlRun: @argv are the words behind the name of the subcommand. */
typedef gboolean (*GuichetctlRun) (GuichetctlOffice *office, int argc, char **argv, GError **error);

/** One subcommand. */
typedef struct
{
  const char *name;
  const char *usage; /* the words behind the name */
  const char *summary;
  gboolean configured; /* needs --config */
  GuichetctlRun run;
  const char *help; /* (nullable): what --help says beyond the usage */
} GuichetctlCommand;

gboolean guichetctl_staff (GuichetctlOffice *office, int argc, char **argv, GError **error);
gboolean
guichetctl_check_catalogue (GuichetctlOffice *office, int argc, char **argv, GError **error);
gboolean guichetctl_sample (GuichetctlOffice *office, int argc, char **argv, GError **error);
gboolean guichetctl_verify (GuichetctlOffice *office, int argc, char **argv, GError **error);
gboolean guichetctl_backup (GuichetctlOffice *office, int argc, char **argv, GError **error);
gboolean guichetctl_restore (GuichetctlOffice *office, int argc, char **argv, GError **error);
gboolean guichetctl_purge (GuichetctlOffice *office, int argc, char **argv, GError **error);
gboolean guichetctl_purges (GuichetctlOffice *office, int argc, char **argv, GError **error);

/**
 * guichetctl_parse:
 * @entries: options of the subcommand, ends with a NULL name
 * @ret_words: (out) (transfer full): what is left
 *
 * Reads the options of a subcommand out of its words.
 */
gboolean guichetctl_parse (int argc,
                           char **argv,
                           const GOptionEntry *entries,
                           char ***ret_words,
                           GError **error);

G_END_DECLS
