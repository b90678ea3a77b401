/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was asked, with the form that it was answered to, with another, and with none.
 */
#include "config.h"

#include <adwaita.h>

#include "catalogue-fixture.h"
#include "guichet-answer-group.h"
#include "guichet-form-view.h"
#include "guichet-locale.h"
#include "guichet-resources.h"

/* The labels beneath @widget: its title and, of a row, the answer. */
static void
collect_labels (GtkWidget *widget, GPtrArray *labels)
{
  if (GTK_IS_LABEL (widget))
    g_ptr_array_add (labels, (char *) gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_labels (child, labels);
}

/* What is on the screen: `[title]` of each group, and `question: answer` of each of its rows. */
static void
spell (GtkWidget *widget, GString *text)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  if (GUICHET_IS_ANSWER_GROUP (widget) || GUICHET_IS_ANSWER_ROW (widget))
    collect_labels (widget, labels);
  if (GUICHET_IS_ANSWER_GROUP (widget))
    g_string_append_printf (text, "[%s]\n", (char *) g_ptr_array_index (labels, 0));
  else if (GUICHET_IS_ANSWER_ROW (widget))
    g_string_append_printf (text,
                            "%s: %s\n",
                            (char *) g_ptr_array_index (labels, 0),
                            (char *) g_ptr_array_index (labels, 1));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    spell (child, text);
}

static void
assert_shown (GtkWidget *view, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  spell (view, text);
  g_assert_cmpstr (text->str, ==, expected);
}

static GtkWidget *
first_row (GtkWidget *widget)
{
  GtkWidget *row = GUICHET_IS_ANSWER_ROW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && row == NULL;
       child = gtk_widget_get_next_sibling (child))
    row = first_row (child);
  return row;
}

/* The number is of fixture_citizen(): masked until it is asked for. */
#define ANSWERS                                                                      \
  "{'familyName':'Dupont','niss':'%s','postcode':'7000','email':'marie@example.be'," \
  "'forWhom':'somebodyElse','other':'Jean Petit','copies':2,'abroad':false,"         \
  "'since':'2026-03-01','remark':'vite','honour':true}"

#define WHO_ASKS                                            \
  "[Who asks]\n"                                            \
  "Name: Dupont Marie\n"                                    \
  "Identified how: Identity card verified at the counter\n" \
  "National number: 80.03.12-•••.••\n"            \
  "Date of birth: Wednesday 12 March 1980\n"                \
  "Address: Rue d’Havré 12\n7000 Mons\n"

static GuichetRequest *
make_request (const GuichetProcedure *procedure)
{
  GuichetRequest *request =
      fixture_request (procedure, guichet_procedure_first_stage (procedure), NULL, FALSE);
  g_autofree char *json = g_strdup_printf (ANSWERS, request->citizen->niss);

  g_clear_pointer (&request->answers, json_object_unref);
  request->answers = fixture_object (json);
  return request;
}

static GtkWidget *
make_view (void)
{
  return g_object_ref_sink (g_object_new (GUICHET_TYPE_FORM_VIEW, NULL));
}

/* Page by page, each answer under its question. */
static void
test_as_seen (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");
  g_autoptr (GuichetRequest) request = make_request (procedure);
  GtkWidget *view = make_view ();

  guichet_form_view_show (GUICHET_FORM_VIEW (view), request, procedure);
  assert_shown (view,
                WHO_ASKS "Telephone: +3265123456\n"
                         "Language: French\n"
                         "[Vous]\n"
                         "Nom: Dupont\n"
                         "Registre national: 80.03.12-•••.••\n"
                         "Code postal: 7000\n"
                         "Pays: not given\n"
                         "Adresse électronique: marie@example.be\n"
                         "Téléphone: not given\n"
                         "[Quoi]\n"
                         "Pour qui: Autrui\n"
                         "Qui: Jean Petit\n"
                         "Copies: 2\n"
                         "Étranger: no\n"
                         "Depuis: 1 March 2026\n"
                         "Remarque: vite\n"
                         "Sur mon honneur: yes\n");
  g_object_unref (view);
}

/* What was answered to another form than today's is shown all the same. */
static void
test_other_form (void)
{
  static const char path[] = "procedures/POP-TST.json";
  g_autoptr (GHashTable) files = fixture_files ();
  g_autoptr (GuichetCatalogue) catalogue = NULL;
  g_autoptr (GuichetRequest) request = NULL;
  const GuichetProcedure *procedure;
  GtkWidget *view = make_view ();

  /* Another name, no such question any more, asked only of some. */
  fixture_replace (files, path, "{'code':'remark'", "{'code':'comment'");
  fixture_replace (files,
                   path,
                   "{'code':'copies','type':'integer','labels':{'fr':'Copies'},'required':true,"
                   "'min':1,'max':9},",
                   "");
  fixture_replace (files,
                   path,
                   "'labels':{'fr':'Depuis'}",
                   "'labels':{'fr':'Depuis'},'visibleIf':{'field':'abroad','value':'true'}");
  fixture_replace (files, "blocks/requester.json", "{'code':'niss'", "{'code':'register'");
  catalogue = guichet_catalogue_new (files, NULL);
  g_assert_nonnull (catalogue);
  procedure = guichet_catalogue_find (catalogue, "POP-TST");
  request = make_request (procedure);

  guichet_form_view_show (GUICHET_FORM_VIEW (view), request, procedure);
  assert_shown (view,
                WHO_ASKS "Telephone: +3265123456\n"
                         "Language: French\n"
                         "[Vous]\n"
                         "Nom: Dupont\n"
                         "Registre national: not given\n"
                         "Code postal: 7000\n"
                         "Pays: not given\n"
                         "Adresse électronique: marie@example.be\n"
                         "Téléphone: not given\n"
                         "[Quoi]\n"
                         "Pour qui: Autrui\n"
                         "Qui: Jean Petit\n"
                         "Étranger: no\n"
                         "Depuis: 1 March 2026\n"
                         "Remarque: not given\n"
                         "Sur mon honneur: yes\n"
                         "[Other answers]\n"
                         "niss: 80.03.12-•••.••\n"
                         "copies: 2\n"
                         "remark: vite\n");
  g_object_unref (view);
}

/* A request may be there before the catalogue that has the words for its answers, or after the procedure
 * has left it. */
static void
test_no_form (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");
  g_autoptr (GuichetRequest) request = make_request (procedure);
  GtkWidget *view = make_view ();
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  GtkWidget *row;

  guichet_form_view_show (GUICHET_FORM_VIEW (view), request, NULL);
  assert_shown (view,
                WHO_ASKS "E-mail: marie@example.be\n"
                         "Telephone: +3265123456\n"
                         "Language: French\n"
                         "[Other answers]\n"
                         "familyName: Dupont\n"
                         "niss: 80.03.12-•••.••\n"
                         "postcode: 7000\n"
                         "email: marie@example.be\n"
                         "forWhom: somebodyElse\n"
                         "other: Jean Petit\n"
                         "copies: 2\n"
                         "abroad: no\n"
                         "since: 2026-03-01\n"
                         "remark: vite\n"
                         "honour: yes\n");

  guichet_form_view_show (GUICHET_FORM_VIEW (view), request, procedure);
  spell (view, before);
  g_assert_nonnull (strstr (before->str, "[Quoi]\n"));
  g_assert_null (strstr (before->str, "[Other answers]\n"));

  /* What is there is left alone. */
  row = first_row (view);
  guichet_form_view_show (GUICHET_FORM_VIEW (view), request, procedure);
  g_assert_true (first_row (view) == row);
  guichet_form_view_show (GUICHET_FORM_VIEW (view), request, NULL);
  g_assert_true (first_row (view) == row);
  spell (view, after);
  g_assert_cmpstr (after->str, ==, before->str);
  g_object_unref (view);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  guichet_locale_setup (NULL);
  g_resources_register (guichet_get_resource ());

  g_test_add_func ("/display/form-view/as-seen", test_as_seen);
  g_test_add_func ("/display/form-view/other-form", test_other_form);
  g_test_add_func ("/display/form-view/no-form", test_no_form);
  return g_test_run ();
}
