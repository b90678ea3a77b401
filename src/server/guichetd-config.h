/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "guichetd-auth.h"
#include "guichetd-card-judge.h"
#include "guichetd-listener.h"
#include "guichetd-store.h"

G_BEGIN_DECLS

/**
 * GuichetdConfig:
 *
 * What guichetd.conf says. Strings are owned.
 */
typedef struct
{
  /* [server] */
  char *listen;    /* `127.0.0.1:8642`, `[::1]:0`, `unix:/run/guichetier/socket` */
  char *data;      /* folder of the databases and of the admin socket */
  char *catalogue; /* folder */
  char *texts;     /* folder */
  char *town;      /* as texts say it */
  char *zone_name; /* `Europe/Brussels` */
  GTimeZone *zone;
  char *link; /* address of the E-guichet */
  char *contact;
  char *proxy_header; /* (nullable): header in which a trusted proxy says whom it speaks for */
  gboolean traffic;   /* log a line for each exchange */

  /* [mail] */
  char *mail_maildir; /* (nullable): folder; used where no SMTP server is named */
  char *mail_smtp;    /* (nullable): `host:port` */
  gboolean mail_starttls;
  gboolean mail_implicit_tls; /* TLS from the first byte */
  char *mail_ca_file;         /* (nullable): certificates to trust instead of the system's */
  char *mail_user;            /* (nullable) */
  char *mail_password_file;   /* (nullable): see guichetd_config_secret() */
  char *mail_from;            /* address */
  char *mail_from_name;       /* (nullable) */
  char *mail_reply_to;        /* (nullable): address */

  /* [eid] */
  GuichetdCardOptions card;

  /* [passwords], [sessions], [limits], [store] */
  GuichetdAuthOptions auth;
  GuichetdLimits limits;
  GuichetdStoreOptions store;
} GuichetdConfig;

/** guichetd_config_new: with the defaults, for tests and tools to fill in. */
GuichetdConfig *guichetd_config_new (void);
void guichetd_config_free (GuichetdConfig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GuichetdConfig, guichetd_config_free)

/**
 * guichetd_config_load:
 *
 * Reads and checks a file; unknown groups and keys are errors too. Relative paths are
 * relative to its folder. The message names file, group and key, and all that is wrong.
 */
GuichetdConfig *guichetd_config_load (const char *path, GError **error);

/**
 * guichetd_config_secret:
 * @path: file that holds a secret; a name without folder is looked for in $CREDENTIALS_DIRECTORY
 *
 * Returns: (transfer full): its first line
 */
char *guichetd_config_secret (const char *path, GError **error);

/** guichetd_config_admin_socket: (transfer full): path of the socket that guichetctl speaks to. */
char *guichetd_config_admin_socket (const GuichetdConfig *self);

G_END_DECLS
