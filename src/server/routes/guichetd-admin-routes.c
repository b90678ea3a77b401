/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What guichetctl asks of a daemon that runs, through the socket in the data folder.
 */
#define G_LOG_DOMAIN "guichetd-admin"

#include "config.h"

#include "guichetd-routes.h"

const GuichetdRoute guichetd_admin_routes[] = {
  { NULL, NULL, NULL, 0, 0, { NULL }, NULL },
};
