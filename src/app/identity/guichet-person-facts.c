/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a card says of its holder, one line each.
 */
#define G_LOG_DOMAIN "guichet-person-facts"

#include "config.h"

#include "guichet-person-facts.h"
#include "guichet-comparison-words.h"
#include "guichet-person-words.h"

#include <glib/gi18n.h>

static char *
niss_fact (const GuichetCardPerson *person)
{
  return guichet_comparison_words_card (person, GUICHET_COMPARED_NISS);
}

static char *
nationality_fact (const GuichetCardPerson *person)
{
  return g_strdup (person->nationality);
}

static char *
address_fact (const GuichetCardPerson *person)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  const char *town[] = { person->postcode != NULL ? person->postcode : "",
                         person->locality != NULL ? person->locality : "",
                         NULL };
  g_autofree char *second = g_strstrip (g_strjoinv (" ", (char **) town));

  if (person->street != NULL)
    g_ptr_array_add (lines, person->street);
  if (*second != '\0')
    g_ptr_array_add (lines, second);
  g_ptr_array_add (lines, NULL);
  return lines->len > 1 ? g_strjoinv (", ", (char **) lines->pdata) : NULL;
}

static char *
card_number_fact (const GuichetCardPerson *person)
{
  return person->card_number != NULL ? eid_card_number_text (person->card_number) : NULL;
}

static char *
issued_in_fact (const GuichetCardPerson *person)
{
  return g_strdup (person->issued_in);
}

static char *
protection_fact (const GuichetCardPerson *person)
{
  return g_strdup (person->protection);
}

static char *
duplicate_fact (const GuichetCardPerson *person)
{
  return g_strdup (person->duplicate);
}

/* clang-format off */
static const struct
{
  const char *title;
  char *(*words) (const GuichetCardPerson *person);
  gboolean compared; /* what stands in the table of both sides is not said twice */
  gboolean registered;
} facts[] = {
  { N_ ("National number"), niss_fact, TRUE, TRUE },
  { N_ ("Born"), guichet_person_words_birth, FALSE, TRUE },
  { N_ ("Sex"), guichet_person_words_sex, FALSE, FALSE },
  { N_ ("Nationality"), nationality_fact, FALSE, FALSE },
  { N_ ("Address"), address_fact, TRUE, TRUE },
  { N_ ("Document"), guichet_person_words_document, FALSE, FALSE },
  { N_ ("Card number"), card_number_fact, FALSE, FALSE },
  { N_ ("Valid"), guichet_person_words_validity, FALSE, FALSE },
  { N_ ("Issued in"), issued_in_fact, FALSE, FALSE },
  { N_ ("Duplicate"), duplicate_fact, FALSE, FALSE },
  { N_ ("Special status"), guichet_person_words_status, FALSE, FALSE },
  { N_ ("Registered since"), guichet_person_words_registration, FALSE, FALSE },
  { N_ ("Labour market"), guichet_person_words_work, FALSE, FALSE },
  { N_ ("Protection"), protection_fact, FALSE, FALSE },
};
/* clang-format on */

static gboolean
is_shown (guint fact, GuichetPersonFacts which)
{
  switch (which)
    {
    case GUICHET_PERSON_FACTS_NOT_COMPARED:
      return !facts[fact].compared;
    case GUICHET_PERSON_FACTS_REGISTER:
      return facts[fact].registered;
    case GUICHET_PERSON_FACTS_ALL:
    default:
      return TRUE;
    }
}

static void
add (GtkGrid *grid, int row, const char *name, const char *text)
{
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *value = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_yalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  title,
                                  NULL,
                                  -1);
  gtk_grid_attach (grid, title, 0, row, 1, 1);
  gtk_grid_attach (grid, value, 1, row, 1, 1);
}

void
guichet_person_facts_show (GtkGrid *grid, const GuichetCardPerson *person, GuichetPersonFacts which)
{
  GtkWidget *child;
  int row = 0;

  g_return_if_fail (GTK_IS_GRID (grid));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
  for (guint i = 0; person != NULL && i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *text = is_shown (i, which) ? facts[i].words (person) : NULL;

      if (text != NULL)
        add (grid, row++, _ (facts[i].title), text);
    }
}
