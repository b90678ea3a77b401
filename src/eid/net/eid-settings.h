/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-asker.h"
#include "eid-roots.h"

G_BEGIN_DECLS

/**
 * EidSettings:
 * @roots: (owned): that cards are judged by
 * @test_mode: test roots are let pass, with a caution
 * @reader_timeout: milliseconds after which a reader that says nothing is given up; 0 for the default
 * @revocation: whether revocation is asked for
 * @hosts: (owned) (nullable): who may be asked instead of those of the state
 * @proxy: (owned) (nullable): `host:port` of an HTTP proxy by which they are asked
 * @answer_timeout: milliseconds for one answer; 0 for the default
 * @patience: milliseconds for all of a card's; 0 for the default
 *
 * What the administrator of a computer says of cards.
 */
typedef struct
{
  EidRoots *roots;
  gboolean test_mode;
  guint reader_timeout;
  gboolean revocation;
  char **hosts;
  char *proxy;
  guint answer_timeout;
  guint patience;
} EidSettings;

/** eid_settings_init: as they are where nobody says anything: the state's roots, and its hosts are asked. */
void eid_settings_init (EidSettings *self);
void eid_settings_clear (EidSettings *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EidSettings, eid_settings_clear)

/**
 * eid_settings_read:
 *
 * Reads group `eid` of a key file: `roots`, `test-roots`, `test-mode`, `timeout`, `revocation`,
 * `revocation-hosts`, `revocation-proxy`, `revocation-timeout` and `revocation-patience`, none of which need be there.
 * Roots add up. An error names the key.
 */
gboolean eid_settings_read (EidSettings *self, GKeyFile *file, GError **error);

/**
 * eid_settings_read_text:
 * @ret_text: (out) (nullable) (transfer full): what @key of group `eid` says, %NULL where it is not
 *
 * For what one program has there of its own. An error names the key.
 */
gboolean eid_settings_read_text (GKeyFile *file, const char *key, char **ret_text, GError **error);

/** eid_settings_set_hosts: each is a host, or a host and a port; %EID_ERROR_INVALID. */
gboolean eid_settings_set_hosts (EidSettings *self, const char *const *hosts, GError **error);

/** eid_settings_set_proxy: a host, or a host and a port; %EID_ERROR_INVALID. */
gboolean eid_settings_set_proxy (EidSettings *self, const char *proxy, GError **error);

/** eid_settings_is_host: whether a text is a host, or a host and a port. */
gboolean eid_settings_is_host (const char *text);

/** eid_settings_set_seconds: @ret_milliseconds, if it is a time that somebody waits; %EID_ERROR_INVALID. */
gboolean eid_settings_set_seconds (guint *ret_milliseconds, int seconds, GError **error);

/** eid_settings_make_asker: (transfer full) (nullable): %NULL where nobody is to be asked. */
EidAsker *eid_settings_make_asker (const EidSettings *self);

G_END_DECLS
