/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts with named places for values. There is nothing else in them, no condition and no
 * loop, so that they can be checked when they are loaded.
 */
#define G_LOG_DOMAIN "guichet-template"

#include "config.h"

#include <string.h>

#include "guichet-template.h"

typedef struct
{
  char *literal; /* (owned) (nullable): NULL for a placeholder */
  guint index;   /* of the placeholder */
} Piece;

struct _GuichetTemplate
{
  GArray *pieces; /* of Piece */
};

static void
piece_clear (gpointer data)
{
  Piece *piece = data;

  g_free (piece->literal);
}

static void
add_literal (GuichetTemplate *self, const char *text, gsize length)
{
  Piece piece = { .literal = g_strndup (text, length) };

  if (length > 0)
    g_array_append_val (self->pieces, piece);
  else
    g_free (piece.literal);
}

static void
add_placeholder (GuichetTemplate *self,
                 const char *name,
                 const char *const *names,
                 guint line,
                 GuichetTemplateFault fault,
                 gpointer user_data)
{
  g_autofree char *detail = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      {
        Piece piece = { .index = i };

        g_array_append_val (self->pieces, piece);
        return;
      }

  detail = g_strdup_printf ("unknown placeholder {{%s}}", name);
  fault (line, detail, user_data);
}

GuichetTemplate *
guichet_template_new (const char *text,
                      const char *const *names,
                      GuichetTemplateFault fault,
                      gpointer user_data)
{
  GuichetTemplate *self = g_new0 (GuichetTemplate, 1);
  const char *rest = text;
  guint line = 1;

  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);

  for (;;)
    {
      const char *open = strstr (rest, "{{");
      const char *close = open != NULL ? strstr (open, "}}") : NULL;
      g_autofree char *name = NULL;

      for (const char *p = rest; *p != '\0' && p != open; p++)
        if (*p == '\n')
          line++;
      if (close == NULL)
        {
          if (open != NULL)
            fault (line, "{{ without }}", user_data);
          break;
        }

      add_literal (self, rest, (gsize) (open - rest));
      name = g_strndup (open + 2, (gsize) (close - open - 2));
      add_placeholder (self, name, names, line, fault, user_data);
      rest = close + 2;
    }
  add_literal (self, rest, strlen (rest));
  return self;
}

void
guichet_template_free (GuichetTemplate *self)
{
  g_array_unref (self->pieces);
  g_free (self);
}

guint
guichet_template_count (const GuichetTemplate *self, guint index)
{
  guint count = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);

      if (piece->literal == NULL && piece->index == index)
        count++;
    }
  return count;
}

gboolean
guichet_template_fill (const GuichetTemplate *self,
                       const char *const *values,
                       char *(*escape) (const char *text),
                       GString *target)
{
  gsize before = target->len;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);

      if (piece->literal == NULL && values[piece->index] == NULL)
        {
          g_string_truncate (target, before);
          return FALSE;
        }
      if (piece->literal == NULL)
        g_string_append (target, values[piece->index]);
      else if (escape == NULL)
        g_string_append (target, piece->literal);
      else
        {
          g_autofree char *escaped = escape (piece->literal);

          g_string_append (target, escaped);
        }
    }
  return TRUE;
}
