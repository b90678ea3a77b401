/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "eid-certificate.h"

G_BEGIN_DECLS

/**
 * EidRoot:
 * @name: for people
 * @test: signs test cards: refused outside test mode
 *
 * A root that is known here, by the fingerprints of its certificate and of its key.
 */
typedef struct
{
  char *name;
  gboolean test;
  guint8 certificate[EID_SHA256_SIZE];
  guint8 key[EID_SHA256_SIZE];
} EidRoot;

/**
 * EidRoots:
 *
 * The roots that are known. Filled once, then only read.
 */
typedef struct _EidRoots EidRoots;

/** eid_roots_new: those of the Belgian state, which this library brings. (transfer full) */
EidRoots *eid_roots_new (void);
/** eid_roots_new_empty: none. (transfer full) */
EidRoots *eid_roots_new_empty (void);
EidRoots *eid_roots_ref (EidRoots *self);
void eid_roots_unref (EidRoots *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EidRoots, eid_roots_unref)

/**
 * eid_roots_load:
 * @path: a certificate (PEM or DER), or a key file (`*.conf`) with a group a root and in it
 *   `sha256`, `key-sha256` and perhaps `test=true`
 * @test: whether all that the file adds signs test cards; a group's `test=false` changes nothing
 *
 * Adds roots. With an error, none of the file is added.
 */
gboolean eid_roots_load (EidRoots *self, const char *path, gboolean test, GError **error);

/**
 * eid_roots_load_all:
 * @paths: (nullable) (array zero-terminated=1): files as eid_roots_load() takes them
 *
 * Adds what each of them holds, up to the first with an error.
 */
gboolean
eid_roots_load_all (EidRoots *self, const char *const *paths, gboolean test, GError **error);

/** eid_roots_add: knows this certificate, and its key under any certificate. */
void eid_roots_add (EidRoots *self, EidCertificate *certificate, gboolean test);

/**
 * eid_roots_find:
 *
 * Looks for a root by its certificate or, since roots are renewed with the key they had, by
 * its key.
 *
 * Returns: (transfer none) (nullable): what is known of it
 */
const EidRoot *eid_roots_find (EidRoots *self, EidCertificate *certificate);

/** eid_roots_get_size: how many. */
guint eid_roots_get_size (EidRoots *self);

G_END_DECLS
