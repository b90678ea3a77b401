/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was half typed when the session expired. It is in memory only, and for nobody
 * but the clerk whose session it was.
 */
#define G_LOG_DOMAIN "guichet-desk-drafts"

#include "config.h"

#include "guichet-desk-private.h"

typedef struct
{
  char *reference; /* (nullable): it is about no request */
  char *act;
  GStrv texts;
} Draft;

static void
draft_free (Draft *draft)
{
  g_free (draft->reference);
  g_free (draft->act);
  g_strfreev (draft->texts);
  g_free (draft);
}

GPtrArray *
_guichet_desk_drafts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) draft_free);
}

/* @reference: (nullable) @act: (nullable): whichever */
static Draft *
find (GuichetDesk *self, const char *reference, const char *act)
{
  for (guint i = 0; i < self->drafts->len; i++)
    {
      Draft *draft = g_ptr_array_index (self->drafts, i);

      if (g_strcmp0 (draft->reference, reference) == 0 &&
          (act == NULL || g_str_equal (draft->act, act)))
        return draft;
    }
  return NULL;
}

static gboolean
is_empty (const char *const *texts)
{
  for (; *texts != NULL; texts++)
    if ((*texts)[0] != '\0')
      return FALSE;
  return TRUE;
}

void
guichet_desk_keep_draft (GuichetDesk *self,
                         const char *reference,
                         const char *act,
                         const char *const *texts)
{
  Draft *draft;

  g_return_if_fail (GUICHET_IS_DESK (self));
  g_return_if_fail (act != NULL && texts != NULL);

  if (!guichet_desk_has_expired (self) || is_empty (texts))
    return;
  draft = g_new0 (Draft, 1);
  draft->reference = g_strdup (reference);
  draft->act = g_strdup (act);
  draft->texts = g_strdupv ((GStrv) texts);
  g_ptr_array_add (self->drafts, draft);
}

GStrv
guichet_desk_take_draft (GuichetDesk *self, const char *reference, const char *act)
{
  GStrv texts;
  Draft *draft;

  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);

  draft = find (self, reference, act);
  if (draft == NULL)
    return NULL;
  texts = g_steal_pointer (&draft->texts);
  g_ptr_array_remove (self->drafts, draft);
  return texts;
}

const char *
guichet_desk_get_drafted (GuichetDesk *self, const char *reference)
{
  const Draft *draft;

  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);

  draft = find (self, reference, NULL);
  return draft != NULL ? draft->act : NULL;
}

const char *
guichet_desk_get_drafted_request (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), NULL);

  for (guint i = self->drafts->len; i > 0; i--)
    {
      const Draft *draft = g_ptr_array_index (self->drafts, i - 1);

      if (draft->reference != NULL)
        return draft->reference;
    }
  return NULL;
}

gboolean
guichet_desk_drop_drafts (GuichetDesk *self, const char *reference)
{
  gboolean dropped = FALSE;
  Draft *draft;

  g_return_val_if_fail (GUICHET_IS_DESK (self), FALSE);

  while ((draft = find (self, reference, NULL)) != NULL)
    dropped |= g_ptr_array_remove (self->drafts, draft);
  return dropped;
}

gboolean
guichet_desk_has_drafts (GuichetDesk *self)
{
  g_return_val_if_fail (GUICHET_IS_DESK (self), FALSE);

  return self->drafts->len > 0;
}
