/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pinned roots. Those of the state are data/eid/roots.conf, which is linked in: a program that
 * has the library has them.
 */
#define G_LOG_DOMAIN "eid-roots"

#include "config.h"

#include "eid-roots.h"

#include <gio/gio.h>
#include <string.h>

#include "eid-data-resources.h"
#include "eid-error.h"

#define BELGIAN_ROOTS "/be/mons/eid/roots.conf"

struct _EidRoots
{
  GPtrArray *roots; /* (owned): of EidRoot */
};

static void
root_free (gpointer data)
{
  EidRoot *self = data;

  g_free (self->name);
  g_free (self);
}

static void
roots_clear (gpointer data)
{
  EidRoots *self = data;

  g_ptr_array_unref (self->roots);
}

static gboolean
read_fingerprint (GKeyFile *file, const char *group, const char *key, guint8 *ret, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, group, key, error);

  if (text == NULL)
    return FALSE;
  for (guint i = 0; i < EID_SHA256_SIZE; i++)
    {
      int high = strlen (text) == 2 * EID_SHA256_SIZE ? g_ascii_xdigit_value (text[2 * i]) : -1;
      int low = high >= 0 ? g_ascii_xdigit_value (text[2 * i + 1]) : -1;

      if (low < 0)
        {
          g_set_error (error,
                       EID_ERROR,
                       EID_ERROR_INVALID,
                       "[%s] %s is not 64 hexadecimal digits",
                       group,
                       key);
          return FALSE;
        }
      ret[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

static EidRoot *
read_root (GKeyFile *file, const char *group, gboolean test, GError **error)
{
  EidRoot *root = g_new0 (EidRoot, 1);
  GError *failure = NULL;

  root->name = g_strdup (group);
  root->test = test;
  if (g_key_file_has_key (file, group, "test", NULL))
    root->test |= g_key_file_get_boolean (file, group, "test", &failure);
  if (failure == NULL && read_fingerprint (file, group, "sha256", root->certificate, &failure))
    read_fingerprint (file, group, "key-sha256", root->key, &failure);
  if (failure == NULL)
    return root;

  g_propagate_error (error, failure);
  root_free (root);
  return NULL;
}

static gboolean
read_key_file (EidRoots *self, GKeyFile *file, gboolean test, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (root_free);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      EidRoot *root = read_root (file, groups[i], test, error);

      if (root == NULL)
        return FALSE;
      g_ptr_array_add (roots, root);
    }
  g_ptr_array_extend_and_steal (self->roots, g_steal_pointer (&roots));
  return TRUE;
}

EidRoots *
eid_roots_new_empty (void)
{
  EidRoots *self = g_atomic_rc_box_new0 (EidRoots);

  self->roots = g_ptr_array_new_with_free_func (root_free);
  return self;
}

EidRoots *
eid_roots_new (void)
{
  EidRoots *self = eid_roots_new_empty ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = g_resource_lookup_data (eid_data_get_resource (),
                                                    BELGIAN_ROOTS,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                    &error);

  if (text == NULL || !g_key_file_load_from_bytes (file, text, G_KEY_FILE_NONE, &error) ||
      !read_key_file (self, file, FALSE, &error))
    g_critical ("the roots that are linked in cannot be read: %s", error->message);
  return self;
}

EidRoots *
eid_roots_ref (EidRoots *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
eid_roots_unref (EidRoots *self)
{
  g_atomic_rc_box_release_full (self, roots_clear);
}

gboolean
eid_roots_load (EidRoots *self, const char *path, gboolean test, GError **error)
{
  g_autoptr (EidCertificate) certificate = NULL;

  if (g_str_has_suffix (path, ".conf"))
    {
      g_autoptr (GKeyFile) file = g_key_file_new ();

      if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error) &&
          read_key_file (self, file, test, error))
        return TRUE;
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }

  certificate = eid_certificate_load (path, error);
  if (certificate == NULL)
    return FALSE;
  eid_roots_add (self, certificate, test);
  return TRUE;
}

gboolean
eid_roots_load_all (EidRoots *self, const char *const *paths, gboolean test, GError **error)
{
  for (gsize i = 0; paths != NULL && paths[i] != NULL; i++)
    if (!eid_roots_load (self, paths[i], test, error))
      return FALSE;
  return TRUE;
}

void
eid_roots_add (EidRoots *self, EidCertificate *certificate, gboolean test)
{
  EidRoot *root = g_new0 (EidRoot, 1);
  const char *name = eid_certificate_get_common_name (certificate);

  root->name = g_strdup (name != NULL ? name : eid_certificate_get_subject (certificate));
  root->test = test;
  memcpy (root->certificate, eid_certificate_get_fingerprint (certificate), EID_SHA256_SIZE);
  memcpy (root->key, eid_certificate_get_key_fingerprint (certificate), EID_SHA256_SIZE);
  g_ptr_array_add (self->roots, root);
}

const EidRoot *
eid_roots_find (EidRoots *self, EidCertificate *certificate)
{
  const guint8 *fingerprint = eid_certificate_get_fingerprint (certificate);
  const guint8 *key = eid_certificate_get_key_fingerprint (certificate);

  for (guint i = 0; i < self->roots->len; i++)
    {
      const EidRoot *root = g_ptr_array_index (self->roots, i);

      if (memcmp (root->certificate, fingerprint, EID_SHA256_SIZE) == 0 ||
          memcmp (root->key, key, EID_SHA256_SIZE) == 0)
        return root;
    }
  return NULL;
}

guint
eid_roots_get_size (EidRoots *self)
{
  return self->roots->len;
}
