/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first page: who you are and where your requests are.
 */
#define G_LOG_DOMAIN "guichet-sign-in-page"

#include "config.h"

#include "guichet-sign-in-page.h"
#include "guichet-error-words.h"

#include <glib/gi18n.h>

struct _GuichetSignInPage
{
  AdwBin parent_instance;

  /* Given */
  GuichetDesk *desk; /* (owned) (nullable) */

  /* In progress */
  GCancellable *cancellable; /* (owned) (nullable): of the attempt under way */

  /* Template widgets */
  GtkLabel *why;
  GtkEditable *server_row;
  GtkEditable *login_row;
  GtkEditable *password_row;
  GtkRevealer *problem_revealer;
  GtkLabel *problem;
  GtkButton *sign_in_button;
};

G_DEFINE_FINAL_TYPE (GuichetSignInPage, guichet_sign_in_page, ADW_TYPE_BIN)

static void
update_button (GuichetSignInPage *self)
{
  const gboolean busy = self->cancellable != NULL;
  const gboolean complete = gtk_editable_get_text (self->server_row)[0] != '\0' &&
                            gtk_editable_get_text (self->login_row)[0] != '\0' &&
                            gtk_editable_get_text (self->password_row)[0] != '\0';

  gtk_button_set_label (self->sign_in_button, busy ? _ ("Cancel") : _ ("Sign in"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button), busy || complete);
  /* A text that is made insensitive with the focus in it goes on blinking. */
  if (busy)
    gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_button));
  gtk_widget_set_sensitive (GTK_WIDGET (self->server_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->login_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password_row), !busy);
}

static void
forget_problem (GuichetSignInPage *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->server_row), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->login_row), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->password_row), "error");
  gtk_revealer_set_reveal_child (self->problem_revealer, FALSE);
  gtk_label_set_label (self->problem, "");
}

static gboolean
is_about_server (const GError *error)
{
  return g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_ADDRESS) ||
         g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE) ||
         g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_CERTIFICATE) ||
         g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
}

static void
show_problem (GuichetSignInPage *self, const GError *error)
{
  g_autofree char *sentence = guichet_error_words (error);

  gtk_label_set_label (self->problem, sentence);
  gtk_revealer_set_reveal_child (self->problem_revealer, TRUE);
  if (is_about_server (error))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->server_row), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
    }
  else if (g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_CREDENTIALS))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->login_row), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->password_row), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
    }
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean signed_in = guichet_desk_sign_in_finish (GUICHET_DESK (source), result, &error);

  if (self->desk == NULL)
    return; /* the page went away meanwhile */

  g_clear_object (&self->cancellable);
  update_button (self);
  if (signed_in)
    {
      gtk_editable_set_text (self->password_row, "");
      return;
    }
  guichet_sign_in_page_focus (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error);
}

static void
changed_cb (GuichetSignInPage *self)
{
  forget_problem (self);
  update_button (self);
}

/* Return goes to what is missing, and signs in when nothing is. */
static void
next_cb (GuichetSignInPage *self)
{
  if (self->cancellable != NULL)
    return;
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->sign_in_button)))
    guichet_sign_in_page_sign_in (self, gtk_editable_get_text (self->password_row));
  else
    guichet_sign_in_page_focus (self);
}

static void
sign_in_cb (GuichetSignInPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    guichet_sign_in_page_sign_in (self, gtk_editable_get_text (self->password_row));
}

static void
guichet_sign_in_page_dispose (GObject *object)
{
  GuichetSignInPage *self = GUICHET_SIGN_IN_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_SIGN_IN_PAGE);

  G_OBJECT_CLASS (guichet_sign_in_page_parent_class)->dispose (object);
}

static void
guichet_sign_in_page_class_init (GuichetSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guichet_sign_in_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, why);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, login_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

/* libadwaita 1.2 has no name for the button in its row that shows what was typed. */
static void
name_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Show the password"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_button (child);
}

static void
guichet_sign_in_page_init (GuichetSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_button (GTK_WIDGET (self->password_row));
}

void
guichet_sign_in_page_set_desk (GuichetSignInPage *self, GuichetDesk *desk)
{
  g_return_if_fail (GUICHET_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (GUICHET_IS_DESK (desk) && self->desk == NULL);

  self->desk = g_object_ref (desk);
  guichet_sign_in_page_fill (self, guichet_desk_get_server (desk), guichet_desk_get_login (desk));
}

void
guichet_sign_in_page_fill (GuichetSignInPage *self, const char *server, const char *login)
{
  g_return_if_fail (GUICHET_IS_SIGN_IN_PAGE (self));

  if (server != NULL)
    gtk_editable_set_text (self->server_row, server);
  if (login != NULL)
    gtk_editable_set_text (self->login_row, login);
}

void
guichet_sign_in_page_sign_in (GuichetSignInPage *self, const char *password)
{
  g_autofree char *server = NULL;
  g_autofree char *login = NULL;

  g_return_if_fail (GUICHET_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (self->desk != NULL && self->cancellable == NULL);

  server = g_strstrip (g_strdup (gtk_editable_get_text (self->server_row)));
  login = g_strstrip (g_utf8_strdown (gtk_editable_get_text (self->login_row), -1));
  forget_problem (self);
  self->cancellable = g_cancellable_new ();
  update_button (self);
  guichet_desk_sign_in_async (self->desk,
                              server,
                              login,
                              password,
                              self->cancellable,
                              signed_in_cb,
                              g_object_ref (self));
}

void
guichet_sign_in_page_explain (GuichetSignInPage *self, const char *why)
{
  g_return_if_fail (GUICHET_IS_SIGN_IN_PAGE (self));

  gtk_label_set_label (self->why,
                       why != NULL ? why : _ ("The requests of your department, on your desk."));
}

void
guichet_sign_in_page_focus (GuichetSignInPage *self)
{
  GtkEditable *rows[] = { self->server_row, self->login_row, self->password_row };

  g_return_if_fail (GUICHET_IS_SIGN_IN_PAGE (self));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (gtk_editable_get_text (rows[i])[0] == '\0' || i + 1 == G_N_ELEMENTS (rows))
      {
        gtk_widget_grab_focus (GTK_WIDGET (rows[i]));
        return;
      }
}
