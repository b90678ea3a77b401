/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was asked, as it becomes known.
 */
#include "config.h"

#include <adwaita.h>

#include "catalogue-fixture.h"
#include "guichet-answer-row.h"
#include "guichet-form-view.h"
#include "guichet-locale.h"
#include "guichet-resources.h"

static guint
count_answers (GtkWidget *widget)
{
  guint n = GUICHET_IS_ANSWER_ROW (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_answers (child);
  return n;
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

/* A request may be there before the catalogue that has the words for its answers. */
static void
test_catalogue_later (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");
  g_autoptr (GuichetRequest) request =
      fixture_request (procedure, guichet_procedure_first_stage (procedure), NULL, FALSE);
  GtkWidget *view = g_object_ref_sink (g_object_new (GUICHET_TYPE_FORM_VIEW, NULL));
  guint n_known;
  GtkWidget *row;

  g_clear_pointer (&request->answers, json_object_unref);
  request->answers = fixture_answers (procedure, request->citizen);

  guichet_form_view_show (GUICHET_FORM_VIEW (view), request, NULL);
  n_known = count_answers (view);
  g_assert_cmpuint (n_known, >, 0);
  guichet_form_view_show (GUICHET_FORM_VIEW (view), request, procedure);
  g_assert_cmpuint (count_answers (view), >, n_known);

  /* What is there is left alone. */
  row = first_row (view);
  guichet_form_view_show (GUICHET_FORM_VIEW (view), request, procedure);
  g_assert_true (first_row (view) == row);
  guichet_form_view_show (GUICHET_FORM_VIEW (view), request, NULL);
  g_assert_true (first_row (view) == row);
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

  g_test_add_func ("/display/form-view/catalogue-later", test_catalogue_later);
  return g_test_run ();
}
