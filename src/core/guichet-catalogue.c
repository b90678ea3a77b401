/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All procedures and the calendar, from files or from the bundle that holds them.
 */
#define G_LOG_DOMAIN "guichet-catalogue"

#include "config.h"

#include "guichet-catalogue-private.h"
#include "guichet-json-writer.h"

/* A file is written by hand; a bundle holds some dozens of them. */
static const GuichetJsonLimits file_limits = { .max_bytes = 256 * 1024, .max_depth = 16 };
static const GuichetJsonLimits bundle_limits = { .max_bytes = 16 * 1024 * 1024, .max_depth = 20 };

struct _GuichetCatalogue
{
  GPtrArray *procedures;     /* (owned): of GuichetProcedure, by code */
  GHashTable *by_code;       /* (owned): code → procedure, borrowed */
  GuichetCalendar *calendar; /* (owned) */
  GBytes *bundle;            /* (owned) */
  char *version;             /* (owned) */
};

G_DEFINE_QUARK (guichet-catalogue-error, guichet_catalogue_error);

void
guichet_report_init (GuichetReport *self)
{
  self->lines = g_string_new (NULL);
}

void
guichet_report_clear (GuichetReport *self)
{
  if (self->lines != NULL)
    g_string_free (g_steal_pointer (&self->lines), TRUE);
}

void
guichet_report_add (GuichetReport *self,
                    const char *file,
                    const char *pointer,
                    const char *format,
                    ...)
{
  va_list arguments;

  if (self->lines->len > 0)
    g_string_append_c (self->lines, '\n');
  g_string_append (self->lines, file);
  if (*pointer != '\0')
    g_string_append_printf (self->lines, ": %s", pointer);
  g_string_append (self->lines, ": ");

  va_start (arguments, format);
  g_string_append_vprintf (self->lines, format, arguments);
  va_end (arguments);
}

/* `stages[2].moves[0].to` → `/stages/2/moves/0/to` */
static char *
pointer_of_path (const char *path)
{
  GString *pointer = g_string_new (NULL);

  if (*path != '\0' && *path != '[')
    g_string_append_c (pointer, '/');
  for (const char *p = path; *p != '\0'; p++)
    if (*p == '.' || *p == '[')
      g_string_append_c (pointer, '/');
    else if (*p != ']')
      g_string_append_c (pointer, *p);

  return g_string_free (pointer, FALSE);
}

gboolean
guichet_report_add_issues (GuichetReport *self, const char *file, GuichetJsonReader *reader)
{
  GPtrArray *issues;

  if (guichet_json_reader_finish (reader, NULL))
    return TRUE;

  issues = guichet_json_reader_get_issues (reader);
  for (guint i = 0; i < issues->len; i++)
    {
      const GuichetIssue *issue = g_ptr_array_index (issues, i);
      g_autofree char *pointer = pointer_of_path (issue->name);

      guichet_report_add (self, file, pointer, "%s", issue->detail);
    }
  return FALSE;
}

gboolean
guichet_report_finish (GuichetReport *self, GError **error)
{
  if (self->lines->len == 0)
    return TRUE;

  g_set_error_literal (error,
                       GUICHET_CATALOGUE_ERROR,
                       GUICHET_CATALOGUE_ERROR_INVALID,
                       self->lines->str);
  return FALSE;
}

static GList *
sorted_paths (GHashTable *files)
{
  return g_list_sort (g_hash_table_get_keys (files), (GCompareFunc) strcmp);
}

static void
node_unref_if_any (gpointer node)
{
  if (node != NULL)
    json_node_unref (node);
}

static GHashTable *
new_nodes (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, node_unref_if_any);
}

static GHashTable *
parse_files (GHashTable *files, GuichetReport *report)
{
  GHashTable *nodes = new_nodes ();
  g_autoptr (GList) paths = sorted_paths (files);

  for (GList *l = paths; l != NULL; l = l->next)
    {
      const char *path = l->data;
      g_autoptr (GError) error = NULL;
      JsonNode *node;

      if (!g_str_has_suffix (path, ".json"))
        continue;

      node = guichet_json_parse (g_hash_table_lookup (files, path), &file_limits, &error);
      if (node == NULL)
        guichet_report_add (report, path, "", "%s", error->message);
      g_hash_table_insert (nodes, g_strdup (path), node);
    }
  return nodes;
}

static GBytes *
write_bundle (GHashTable *nodes)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GList) paths = sorted_paths (nodes);

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_begin_object (writer, "files");
  for (GList *l = paths; l != NULL; l = l->next)
    {
      JsonNode *node = g_hash_table_lookup (nodes, l->data);

      guichet_json_writer_object (writer, l->data, json_node_get_object (node));
    }
  guichet_json_writer_end_object (writer);
  guichet_json_writer_end_object (writer);
  return guichet_json_writer_end (writer);
}

/* @bundle: (nullable): made from @nodes if absent. */
static GuichetCatalogue *
build (GHashTable *nodes,
       GuichetJsonMode mode,
       GBytes *bundle,
       GuichetReport *report,
       GError **error)
{
  g_autoptr (GPtrArray) procedures = NULL;
  g_autoptr (GuichetCalendar) calendar = NULL;
  GuichetCatalogue *self;

  guichet_catalogue_load (nodes, mode, report, &procedures, &calendar);
  if (!guichet_report_finish (report, error))
    return NULL;

  self = g_atomic_rc_box_new0 (GuichetCatalogue);
  self->procedures = g_steal_pointer (&procedures);
  self->calendar = g_steal_pointer (&calendar);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->procedures->len; i++)
    {
      GuichetProcedure *procedure = g_ptr_array_index (self->procedures, i);

      g_hash_table_insert (self->by_code, procedure->code, procedure);
    }
  self->bundle = bundle != NULL ? g_bytes_ref (bundle) : write_bundle (nodes);
  self->version = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->bundle);
  return self;
}

GuichetCatalogue *
guichet_catalogue_new (GHashTable *files, GError **error)
{
  g_auto (GuichetReport) report = { 0 };
  g_autoptr (GHashTable) nodes = NULL;

  g_return_val_if_fail (files != NULL, NULL);

  guichet_report_init (&report);
  nodes = parse_files (files, &report);
  return build (nodes, GUICHET_JSON_STRICT, NULL, &report, error);
}

GuichetCatalogue *
guichet_catalogue_from_bundle (GBytes *bundle, GError **error)
{
  g_auto (GuichetReport) report = { 0 };
  g_autoptr (GHashTable) nodes = new_nodes ();
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GuichetJsonReader) reader = NULL;
  JsonObject *files;

  g_return_val_if_fail (bundle != NULL, NULL);

  guichet_report_init (&report);
  root = guichet_json_parse (bundle, &bundle_limits, &cause);
  if (root == NULL)
    {
      guichet_report_add (&report, "bundle", "", "%s", cause->message);
      guichet_report_finish (&report, error);
      return NULL;
    }

  /* The server may come to say more than this desk knows. */
  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  files = guichet_json_reader_object (reader, "files", GUICHET_JSON_REQUIRED);
  if (guichet_report_add_issues (&report, "bundle", reader))
    {
      JsonObjectIter iter;
      const char *path;
      JsonNode *node;

      json_object_iter_init (&iter, files);
      while (json_object_iter_next (&iter, &path, &node))
        g_hash_table_insert (nodes, g_strdup (path), json_node_ref (node));
    }
  return build (nodes, GUICHET_JSON_LENIENT, bundle, &report, error);
}

GBytes *
guichet_catalogue_bundle (const GuichetCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bundle;
}

const char *
guichet_catalogue_version (const GuichetCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->version;
}

GuichetCatalogue *
guichet_catalogue_ref (GuichetCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
guichet_catalogue_clear (GuichetCatalogue *self)
{
  g_hash_table_unref (self->by_code);
  g_ptr_array_unref (self->procedures);
  guichet_calendar_unref (self->calendar);
  g_bytes_unref (self->bundle);
  g_free (self->version);
}

void
guichet_catalogue_unref (GuichetCatalogue *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) guichet_catalogue_clear);
}

const GuichetProcedure *
guichet_catalogue_find (const GuichetCatalogue *self, const char *code)
{
  g_return_val_if_fail (self != NULL, NULL);

  return code != NULL ? g_hash_table_lookup (self->by_code, code) : NULL;
}

GPtrArray *
guichet_catalogue_procedures (const GuichetCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->procedures;
}

const GuichetCalendar *
guichet_catalogue_calendar (const GuichetCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->calendar;
}
