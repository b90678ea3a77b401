/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the texts of the notifications. What a file may hold is said in
 * data/catalogue/FORMAT.md.
 */
#define G_LOG_DOMAIN "guichet-text-load"

#include "config.h"

#include "guichet-catalogue-private.h"
#include "guichet-text-private.h"

#define FRAME "frame.html"
#define FILE_MAX (64 * 1024)

static const char *const value_names[N_VALUES + 1] = {
  "citizenName", "procedure", "reference", "stage",  "department", "town",
  "link",        "contact",   "dueDay",    "reason", "sentence",   NULL,
};

static const char *const frame_names[N_FRAME_VALUES + 1] = {
  "subject", "paragraphs", "language", "town", NULL,
};

static void
text_free (GuichetTextBody *self)
{
  g_clear_pointer (&self->subject, guichet_template_free);
  g_ptr_array_unref (self->paragraphs);
  g_free (self);
}

static void
entry_free (gpointer data)
{
  GuichetTextEntry *self = data;

  for (guint i = 0; i < GUICHET_N_LANGUAGES; i++)
    g_clear_pointer (&self->in[i], text_free);
  g_free (self);
}

/* A file while it is read. */
typedef struct
{
  GuichetReport *report;
  const char *file;
  guint line; /* of the part being read, from 1 */
} Source;

static void
fault (const Source *self, guint line, const char *detail)
{
  g_autofree char *place = g_strdup_printf ("line %u", line);

  guichet_report_add (self->report, self->file, place, "%s", detail);
}

static void
template_fault_cb (guint line, const char *detail, gpointer user_data)
{
  const Source *self = user_data;

  fault (self, self->line + line - 1, detail);
}

static void
read_subject (Source *self, const char *line, GuichetTextBody *text)
{
  static const guint optional[] = { VALUE_DUE_DAY, VALUE_REASON, VALUE_SENTENCE };
  const char *subject = g_str_has_prefix (line, "Subject: ") ? line + strlen ("Subject: ") : "";

  if (*subject == '\0')
    fault (self, 1, "must be \"Subject: \" and the subject");

  text->subject = guichet_template_new (subject, value_names, template_fault_cb, self);
  for (guint i = 0; i < G_N_ELEMENTS (optional); i++)
    if (guichet_template_count (text->subject, optional[i]) > 0)
      fault (self, 1, "dueDay, reason and sentence may not stand in the subject");
}

static void
end_paragraph (Source *self, GString *paragraph, GuichetTextBody *text)
{
  if (paragraph->len == 0)
    return;

  g_ptr_array_add (text->paragraphs,
                   guichet_template_new (paragraph->str, value_names, template_fault_cb, self));
  g_string_truncate (paragraph, 0);
}

static GuichetTextBody *
read_text (Source *self, const char *content)
{
  GuichetTextBody *text = g_new0 (GuichetTextBody, 1);
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  g_autoptr (GString) paragraph = g_string_new (NULL);

  text->paragraphs = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_template_free);
  self->line = 1;
  read_subject (self, g_strchomp (lines[0]), text);
  if (lines[1] != NULL && *g_strchomp (lines[1]) != '\0')
    fault (self, 2, "must be empty");

  for (guint i = 1; lines[i] != NULL; i++)
    {
      if (*g_strchomp (lines[i]) == '\0')
        {
          end_paragraph (self, paragraph, text);
          continue;
        }
      if (paragraph->len == 0)
        self->line = i + 1;
      else
        g_string_append_c (paragraph, '\n');
      g_string_append (paragraph, lines[i]);
    }
  end_paragraph (self, paragraph, text);

  if (text->paragraphs->len == 0)
    fault (self, 3, "there is no paragraph");
  return text;
}

/* (transfer full) (nullable): what the file holds, if it is a text at all. */
static char *
content_of (const Source *self, GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size > FILE_MAX)
    guichet_report_add (self->report, self->file, "", "is larger than 64 KiB");
  else if (size == 0 || !g_utf8_validate_len (data, size, NULL))
    guichet_report_add (self->report, self->file, "", "is empty or not UTF-8");
  else
    return g_strndup (data, size);
  return NULL;
}

/* `documentsNeeded.fr.txt` */
static gboolean
split_name (const char *file, char **ret_code, int *ret_language)
{
  g_auto (GStrv) parts = g_strsplit (file, ".", -1);

  if (g_strv_length (parts) != 3 || *parts[0] == '\0' ||
      !guichet_enum_value (GUICHET_TYPE_LANGUAGE, parts[1], ret_language))
    return FALSE;

  *ret_code = g_strdup (parts[0]);
  return TRUE;
}

static void
load_text (GuichetTexts *self, GuichetReport *report, const char *file, GBytes *bytes)
{
  Source source = { report, file, 1 };
  g_autofree char *code = NULL;
  g_autofree char *content = NULL;
  int language = 0;
  GuichetTextEntry *entry;

  if (!split_name (file, &code, &language))
    {
      guichet_report_add (report, file, "", "must be named <code>.<language>.txt");
      return;
    }
  content = content_of (&source, bytes);
  if (content == NULL)
    return;

  entry = g_hash_table_lookup (self->entries, code);
  if (entry == NULL)
    {
      entry = g_new0 (GuichetTextEntry, 1);
      g_hash_table_insert (self->entries, g_steal_pointer (&code), entry);
    }
  entry->in[language] = read_text (&source, content);
}

static void
load_frame (GuichetTexts *self, GuichetReport *report, GBytes *bytes)
{
  Source source = { report, FRAME, 1 };
  g_autofree char *content = NULL;

  if (bytes == NULL)
    {
      guichet_report_add (report, FRAME, "", "is missing");
      return;
    }
  content = content_of (&source, bytes);
  if (content == NULL)
    return;

  self->frame = guichet_template_new (content, frame_names, template_fault_cb, &source);
  if (guichet_template_count (self->frame, FRAME_PARAGRAPHS) != 1)
    guichet_report_add (report, FRAME, "", "must hold {{paragraphs}} once");
}

/* @missing: codes that were reported already. */
static void
check_code (const GuichetTexts *self,
            GuichetReport *report,
            GHashTable *missing,
            const char *code,
            const GuichetProcedure *procedure)
{
  const GuichetTextEntry *entry = code != NULL ? g_hash_table_lookup (self->entries, code) : NULL;
  g_autofree char *file = g_strdup_printf ("%s.fr.txt", code);

  if (code == NULL || (entry != NULL && entry->in[GUICHET_LANGUAGE_FR] != NULL) ||
      !g_hash_table_add (missing, (gpointer) code))
    return;

  guichet_report_add (report, file, "", "is missing: %s names it", procedure->code);
}

static void
check_procedure (const GuichetTexts *self,
                 GuichetReport *report,
                 GHashTable *missing,
                 const GuichetProcedure *procedure)
{
  check_code (self, report, missing, procedure->submitted_text, procedure);
  for (guint i = 0; i < procedure->stages->len; i++)
    {
      const GuichetStage *stage = g_ptr_array_index (procedure->stages, i);

      for (guint j = 0; j < stage->moves->len; j++)
        {
          const GuichetMove *move = g_ptr_array_index (stage->moves, j);

          check_code (self, report, missing, move->text, procedure);
        }
    }
}

static void
check_entries (const GuichetTexts *self, GuichetReport *report, const GuichetCatalogue *catalogue)
{
  GPtrArray *procedures = guichet_catalogue_procedures (catalogue);
  g_autoptr (GHashTable) missing = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) codes =
      g_list_sort (g_hash_table_get_keys (self->entries), (GCompareFunc) strcmp);

  for (guint i = 0; i < procedures->len; i++)
    check_procedure (self, report, missing, g_ptr_array_index (procedures, i));

  for (GList *l = codes; l != NULL; l = l->next)
    {
      const GuichetTextEntry *entry = g_hash_table_lookup (self->entries, l->data);
      g_autofree char *file = g_strdup_printf ("%s.fr.txt", (const char *) l->data);

      if (entry->in[GUICHET_LANGUAGE_FR] == NULL && g_hash_table_add (missing, l->data))
        guichet_report_add (report, file, "", "is missing: French must be there");
    }
}

GuichetTexts *
guichet_texts_new (GHashTable *files, const GuichetCatalogue *catalogue, GError **error)
{
  g_auto (GuichetReport) report = { 0 };
  g_autoptr (GuichetTexts) self = NULL;
  g_autoptr (GList) names = NULL;

  g_return_val_if_fail (files != NULL && catalogue != NULL, NULL);

  guichet_report_init (&report);
  self = g_atomic_rc_box_new0 (GuichetTexts);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);

  names = g_list_sort (g_hash_table_get_keys (files), (GCompareFunc) strcmp);
  for (GList *l = names; l != NULL; l = l->next)
    if (g_str_has_suffix (l->data, ".txt"))
      load_text (self, &report, l->data, g_hash_table_lookup (files, l->data));
  load_frame (self, &report, g_hash_table_lookup (files, FRAME));
  check_entries (self, &report, catalogue);

  return guichet_report_finish (&report, error) ? g_steal_pointer (&self) : NULL;
}
