/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is typed into the sheet is for one person: it is there again for their card, also after the
 * session has expired, and never for the next card.
 */
#define G_LOG_DOMAIN "guichet-account-sheet"

#include "config.h"

#include "guichet-account-sheet-private.h"

/* Under which the desk keeps it. */
#define ACT "account"

/* What was typed, then whose it is, in no words for a reader. */
void
_guichet_account_sheet_keep_draft (GuichetAccountSheet *self)
{
  g_auto (GStrv) typed = guichet_contact_form_get_draft (self->contact);
  g_autofree char *mark = guichet_last_person_get_mark (self->last);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (!guichet_contact_form_is_edited (self->contact))
    return;
  g_strv_builder_addv (texts, (const char **) typed);
  g_strv_builder_add (texts, mark);
  all = g_strv_builder_end (texts);
  guichet_desk_keep_draft (self->desk, NULL, ACT, (const char *const *) all);
}

gboolean
_guichet_account_sheet_take_person (GuichetAccountSheet *self, const char *niss)
{
  g_auto (GStrv) draft = guichet_desk_take_draft (self->desk, NULL, ACT);
  gboolean other;

  if (draft != NULL)
    {
      g_clear_pointer (&self->last, guichet_last_person_free);
      self->last = guichet_last_person_new (draft[g_strv_length (draft) - 1]);
    }
  other = guichet_last_person_is_other (self->last, niss);
  if (draft != NULL && !other)
    guichet_contact_form_take_draft (self->contact, (const char *const *) draft);
  if (!other || (draft == NULL && !guichet_contact_form_is_edited (self->contact)))
    return FALSE;
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  guichet_contact_form_clear (self->contact);
  return TRUE;
}
