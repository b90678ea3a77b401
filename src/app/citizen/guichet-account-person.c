/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The person whose account it is, as their card says.
 */
#define G_LOG_DOMAIN "guichet-account-person"

#include "config.h"

#include "guichet-account-person.h"
#include "guichet-account-words.h"
#include "guichet-person-facts.h"
#include "guichet-person-words.h"
#include "guichet-whole-words.h"

struct _GuichetAccountPerson
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkWidget *whole_box;
  GtkImage *whole_icon;
  GtkLabel *whole_label;
  GtkPicture *photo;
  GtkLabel *name;
  GtkGrid *facts;
  GtkWidget *differences_box;
  GtkLabel *differences;
};

G_DEFINE_FINAL_TYPE (GuichetAccountPerson, guichet_account_person, ADW_TYPE_BIN)

/* Only what stands in the way. */
static void
show_whole (GuichetAccountPerson *self, GuichetCardSlot *slot)
{
  EidReport *report = guichet_card_slot_get_report (slot);
  const gboolean shown = report != NULL && !guichet_account_person_is_trusted (slot);
  g_autofree char *text = NULL;
  GuichetVerdictWords words;

  gtk_widget_set_visible (self->whole_box, shown);
  if (!shown)
    return;
  words = guichet_whole_words (report, NULL);
  text = g_strdup_printf ("%s: %s. %s", words.weight, words.title, words.advice);
  gtk_image_set_from_icon_name (self->whole_icon, words.icon);
  gtk_label_set_label (self->whole_label, text);
  gtk_widget_remove_css_class (self->whole_box, "unsure");
  gtk_widget_remove_css_class (self->whole_box, "bad");
  gtk_widget_add_css_class (self->whole_box, words.style);
}

static void
show_differences (GuichetAccountPerson *self,
                  const GuichetCitizen *card,
                  const GuichetCitizen *known)
{
  g_autofree char *differences =
      card != NULL && known != NULL ? guichet_account_words_differences (card, known) : NULL;

  gtk_label_set_label (self->differences, differences != NULL ? differences : "");
  gtk_widget_set_visible (self->differences_box, differences != NULL);
}

static void
guichet_account_person_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GUICHET_TYPE_ACCOUNT_PERSON);

  G_OBJECT_CLASS (guichet_account_person_parent_class)->dispose (object);
}

static void
guichet_account_person_class_init (GuichetAccountPersonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_account_person_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-account-person.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetAccountPerson, whole_box);
  gtk_widget_class_bind_template_child (widget_class, GuichetAccountPerson, whole_icon);
  gtk_widget_class_bind_template_child (widget_class, GuichetAccountPerson, whole_label);
  gtk_widget_class_bind_template_child (widget_class, GuichetAccountPerson, photo);
  gtk_widget_class_bind_template_child (widget_class, GuichetAccountPerson, name);
  gtk_widget_class_bind_template_child (widget_class, GuichetAccountPerson, facts);
  gtk_widget_class_bind_template_child (widget_class, GuichetAccountPerson, differences_box);
  gtk_widget_class_bind_template_child (widget_class, GuichetAccountPerson, differences);
}

static void
guichet_account_person_init (GuichetAccountPerson *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
guichet_account_person_show (GuichetAccountPerson *self,
                             GuichetCardSlot *slot,
                             const GuichetCitizen *card,
                             const GuichetCitizen *known)
{
  const GuichetCardPerson *person;
  g_autofree char *name = NULL;

  g_return_if_fail (GUICHET_IS_ACCOUNT_PERSON (self));

  person = card != NULL ? guichet_card_slot_get_person (slot) : NULL;
  name = person != NULL ? guichet_person_words_name (person) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), person != NULL);
  gtk_label_set_label (self->name, name != NULL ? name : "");
  gtk_picture_set_paintable (self->photo,
                             person != NULL ? GDK_PAINTABLE (guichet_card_slot_get_photo (slot))
                                            : NULL);
  guichet_person_facts_show (self->facts, person, GUICHET_PERSON_FACTS_REGISTER);
  show_whole (self, slot);
  show_differences (self, card, known);
}

gboolean
guichet_account_person_is_trusted (GuichetCardSlot *slot)
{
  EidReport *report = guichet_card_slot_get_report (slot);

  return report != NULL && eid_report_get_outcome (report) == EID_OUTCOME_GENUINE;
}
