/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first page: who you are and where your requests are.
 */
#define G_LOG_DOMAIN "guichet-sign-in-page"

#include "config.h"

#include "guichet-sign-in-page.h"
#include "guichet-card-sign-in.h"
#include "guichet-error-words.h"
#include "guichet-front.h"
#include "guichet-sign-in-card.h"

#include <glib/gi18n.h>

struct _GuichetSignInPage
{
  AdwBin parent_instance;

  /* Given */
  GuichetDesk *desk;     /* (owned) (nullable) */
  GuichetCardSlot *slot; /* (owned) (nullable) */

  /* In progress */
  GCancellable *cancellable; /* (owned) (nullable): of the attempt under way */
  gboolean by_card;          /* it is one with the card */

  /* Template widgets */
  GtkLabel *why;
  GtkEditable *server_row;
  GtkEditable *login_row;
  GtkEditable *password_row;
  GtkRevealer *problem_revealer;
  GtkLabel *problem;
  GtkButton *sign_in_button;
  GuichetSignInCard *card;
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
  guichet_sign_in_card_set_busy (self->card, busy, self->by_card);
}

static void
reveal_problem (GuichetSignInPage *self, gboolean shown)
{
  gtk_revealer_set_reveal_child (self->problem_revealer, shown);
  guichet_front_set (GTK_WIDGET (self->problem_revealer), shown);
}

static void
forget_problem (GuichetSignInPage *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->server_row), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->login_row), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->password_row), "error");
  reveal_problem (self, FALSE);
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
  g_autofree char *sentence =
      self->by_card ? guichet_card_sign_in_words (error) : guichet_error_words (error);

  gtk_label_set_label (self->problem, sentence);
  reveal_problem (self, TRUE);
  if (is_about_server (error))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->server_row), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
    }
  else if (!self->by_card &&
           g_error_matches (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_CREDENTIALS))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->login_row), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->password_row), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
    }
}

static void
begin (GuichetSignInPage *self, gboolean by_card)
{
  forget_problem (self);
  self->cancellable = g_cancellable_new ();
  self->by_card = by_card;
  update_button (self);
}

/* @error: (nullable): none, signed in */
static void
end (GuichetSignInPage *self, const GError *error)
{
  if (self->desk == NULL)
    return; /* the page went away meanwhile */

  g_clear_object (&self->cancellable);
  update_button (self);
  if (error == NULL)
    {
      gtk_editable_set_text (self->password_row, "");
      /* A card says by itself who signs in. */
      guichet_sign_in_page_fill (self,
                                 guichet_desk_get_server (self->desk),
                                 guichet_desk_get_login (self->desk));
      return;
    }
  guichet_sign_in_page_focus (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  guichet_desk_sign_in_finish (GUICHET_DESK (source), result, &error);
  end (self, error);
}

static void
card_signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  guichet_card_sign_in_finish (result, &error);
  end (self, error);
}

static char *
server_of (GuichetSignInPage *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->server_row)));
}

static void
card_cb (GuichetSignInPage *self)
{
  g_autofree char *server = server_of (self);

  if (!guichet_sign_in_card_is_ready (self->card))
    return;
  begin (self, TRUE);
  guichet_card_sign_in_async (self->desk,
                              server,
                              self->slot,
                              GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              self->cancellable,
                              card_signed_in_cb,
                              g_object_ref (self));
}

static void
card_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  card_cb (GUICHET_SIGN_IN_PAGE (widget));
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
  g_clear_object (&self->slot);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_SIGN_IN_PAGE);

  G_OBJECT_CLASS (guichet_sign_in_page_parent_class)->dispose (object);
}

static void
guichet_sign_in_page_class_init (GuichetSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = guichet_sign_in_page_dispose;

  g_type_ensure (GUICHET_TYPE_SIGN_IN_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, why);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, login_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, GuichetSignInPage, card);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, card_cb);
  gtk_widget_class_install_action (widget_class, "sign-in.by-card", NULL, card_action);
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
  reveal_problem (self, FALSE);
  name_button (GTK_WIDGET (self->password_row));
}

void
guichet_sign_in_page_set_desk (GuichetSignInPage *self, GuichetDesk *desk, GuichetCardSlot *slot)
{
  g_return_if_fail (GUICHET_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (GUICHET_IS_DESK (desk) && self->desk == NULL);

  self->desk = g_object_ref (desk);
  self->slot = g_object_ref (slot);
  guichet_sign_in_card_set_slot (self->card, slot);
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

  server = server_of (self);
  login = g_strstrip (g_utf8_strdown (gtk_editable_get_text (self->login_row), -1));
  begin (self, FALSE);
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
