/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a note is typed.
 */
#define G_LOG_DOMAIN "guichet-note-box"

#include "config.h"

#include "guichet-note-box.h"
#include "guichet-front.h"

struct _GuichetNoteBox
{
  AdwBin parent_instance;

  /* Owned */
  char *reference;    /* (nullable) */
  GHashTable *drafts; /* of text by reference */

  /* Template widgets */
  GtkWidget *placeholder;
  GtkTextView *view;
  GtkRevealer *revealer;
  GtkWidget *add_button;
};

enum
{
  WRITTEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetNoteBox, guichet_note_box, ADW_TYPE_BIN)

static char *
get_text (GuichetNoteBox *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
changed_cb (GuichetNoteBox *self)
{
  g_autofree char *text = get_text (self);
  const gboolean empty = text[0] == '\0';

  gtk_widget_set_visible (self->placeholder, empty);
  gtk_revealer_set_reveal_child (self->revealer, !empty);
  guichet_front_set (GTK_WIDGET (self->revealer), !empty);
  gtk_widget_set_sensitive (self->add_button, g_strstrip (text)[0] != '\0');
}

static void
add_cb (GuichetNoteBox *self)
{
  g_autofree char *text = g_strstrip (get_text (self));

  if (text[0] == '\0')
    return;
  g_signal_emit (self, signals[WRITTEN], 0, text);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), "", 0);
}

static gboolean
key_cb (GuichetNoteBox *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK)
    return GDK_EVENT_PROPAGATE;
  add_cb (self);
  return GDK_EVENT_STOP;
}

static void
guichet_note_box_dispose (GObject *object)
{
  GuichetNoteBox *self = GUICHET_NOTE_BOX (object);

  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), GUICHET_TYPE_NOTE_BOX);

  G_OBJECT_CLASS (guichet_note_box_parent_class)->dispose (object);
}

static void
guichet_note_box_class_init (GuichetNoteBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_note_box_dispose;

  signals[WRITTEN] = g_signal_new ("written",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/be/mons/Guichetier/guichet-note-box.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetNoteBox, placeholder);
  gtk_widget_class_bind_template_child (widget_class, GuichetNoteBox, view);
  gtk_widget_class_bind_template_child (widget_class, GuichetNoteBox, revealer);
  gtk_widget_class_bind_template_child (widget_class, GuichetNoteBox, add_button);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
guichet_note_box_init (GuichetNoteBox *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->view),
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
}

void
guichet_note_box_set_subject (GuichetNoteBox *self, const char *reference)
{
  g_autofree char *text = NULL;
  const char *draft;

  g_return_if_fail (GUICHET_IS_NOTE_BOX (self));

  if (g_strcmp0 (self->reference, reference) == 0)
    return;
  text = get_text (self);
  if (self->reference != NULL)
    {
      if (text[0] != '\0')
        g_hash_table_replace (self->drafts, g_strdup (self->reference), g_steal_pointer (&text));
      else
        g_hash_table_remove (self->drafts, self->reference);
    }
  g_free (self->reference);
  self->reference = g_strdup (reference);
  draft = reference != NULL ? g_hash_table_lookup (self->drafts, reference) : NULL;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), draft != NULL ? draft : "", -1);
}

void
guichet_note_box_append (GuichetNoteBox *self, const char *text)
{
  GtkTextBuffer *buffer;
  GtkTextIter end;

  g_return_if_fail (GUICHET_IS_NOTE_BOX (self));
  g_return_if_fail (text != NULL);

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_end_iter (buffer, &end);
  if (!gtk_text_iter_is_start (&end))
    gtk_text_buffer_insert (buffer, &end, "\n", -1);
  gtk_text_buffer_insert (buffer, &end, text, -1);
}

void
guichet_note_box_focus (GuichetNoteBox *self)
{
  g_return_if_fail (GUICHET_IS_NOTE_BOX (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

gboolean
guichet_note_box_is_typed (GuichetNoteBox *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (GUICHET_IS_NOTE_BOX (self), FALSE);

  text = get_text (self);
  return text[0] != '\0' || g_hash_table_size (self->drafts) > 0;
}

gboolean
guichet_note_box_drop (GuichetNoteBox *self, const char *reference)
{
  g_autofree char *text = NULL;
  gboolean typed;

  g_return_val_if_fail (GUICHET_IS_NOTE_BOX (self), FALSE);
  g_return_val_if_fail (reference != NULL, FALSE);

  typed = g_hash_table_remove (self->drafts, reference);
  if (g_strcmp0 (self->reference, reference) != 0)
    return typed;
  text = get_text (self);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), "", -1);
  return typed || text[0] != '\0';
}

void
guichet_note_box_forget (GuichetNoteBox *self)
{
  g_return_if_fail (GUICHET_IS_NOTE_BOX (self));

  guichet_note_box_set_subject (self, NULL);
  g_hash_table_remove_all (self->drafts);
}
