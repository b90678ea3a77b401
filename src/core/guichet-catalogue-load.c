/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the catalogue's files. What a file may hold is said in data/catalogue/FORMAT.md.
 *
 * A file with a fault in its structure is not looked at further; whether stages lead
 * somewhere is only asked of stages that could all be read.
 */
#define G_LOG_DOMAIN "guichet-catalogue-load"

#include "config.h"

#include "guichet-catalogue-private.h"

#define POINTER_MAX_CHARS 200
#define ITEMS_MAX 500

typedef struct
{
  GHashTable *nodes; /* (borrowed): path → JsonNode; NULL for what is not JSON */
  GuichetJsonMode mode;
  GuichetReport *report; /* (borrowed) */
  GHashTable *blocks;    /* (owned): name → GuichetPage; NULL for one that is broken */
  GHashTable *flows;     /* (owned): name → GPtrArray of GuichetStage; NULL likewise */
  GHashTable *seen;      /* (owned): paths that have a place in a catalogue; borrowed keys */
  GPtrArray *procedures; /* (owned): of GuichetProcedure */
} Loader;

GuichetOrigin *
guichet_origin_new (const char *file, const char *pointer)
{
  GuichetOrigin *self = g_new0 (GuichetOrigin, 1);

  self->file = g_strdup (file);
  self->pointer = g_strdup (pointer);
  return self;
}

void
guichet_origin_free (GuichetOrigin *self)
{
  g_free (self->file);
  g_free (self->pointer);
  g_free (self);
}

/* Shared files */

/* `blocks/requester.json` → `requester` */
static char *
stem_of (const char *path)
{
  const char *name = strchr (path, '/') + 1;

  return g_strndup (name, strlen (name) - strlen (".json"));
}

static gboolean
is_in (const char *path, const char *folder)
{
  const char *rest = g_str_has_prefix (path, folder) ? path + strlen (folder) : NULL;

  return rest != NULL && strchr (rest, '/') == NULL && g_str_has_suffix (rest, ".json");
}

/* A file that was not even JSON has been reported already, and has no node. */
static gboolean
take_issues (Loader *self, const char *path, JsonNode *node, GuichetJsonReader *reader)
{
  return node != NULL && guichet_report_add_issues (self->report, path, reader);
}

static void
load_block (Loader *self, const char *path, JsonNode *node)
{
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (node, self->mode);
  g_autoptr (GuichetPage) page = guichet_page_new ();

  guichet_page_read (reader, page);
  if (!take_issues (self, path, node, reader))
    {
      g_hash_table_insert (self->blocks, stem_of (path), NULL);
      return;
    }

  guichet_catalogue_check_page (self->report, path, "", page);
  g_hash_table_insert (self->blocks, stem_of (path), g_steal_pointer (&page));
}

static void
load_flow (Loader *self, const char *path, JsonNode *node)
{
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (node, self->mode);
  g_autoptr (GPtrArray) stages =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_stage_free);

  guichet_stages_read (reader, GUICHET_JSON_REQUIRED, stages);
  if (!take_issues (self, path, node, reader))
    {
      g_hash_table_insert (self->flows, stem_of (path), NULL);
      return;
    }

  guichet_catalogue_check_flow (self->report, path, stages);
  g_hash_table_insert (self->flows, stem_of (path), g_steal_pointer (&stages));
}

/* Procedures */

/* While a procedure is read: what its structure alone does not say. */
typedef struct
{
  GuichetProcedure *procedure; /* (borrowed) */
  GPtrArray *origins;          /* (owned): of GuichetOrigin, one a page */
  gboolean complete;           /* FALSE if something it names is broken elsewhere */
} Draft;

static void
read_block_name (Loader *self, const char *path, GuichetJsonReader *reader, Draft *draft)
{
  g_autofree char *name = guichet_name_read (reader, "block", GUICHET_JSON_REQUIRED);
  g_autofree char *file = NULL;
  gpointer page = NULL;

  if (name == NULL)
    return;
  if (!g_hash_table_lookup_extended (self->blocks, name, NULL, &page))
    {
      g_autofree char *detail = g_strdup_printf ("there is no blocks/%s.json", name);

      guichet_json_reader_refuse (reader, "block", "invalidInput", detail);
      return;
    }
  if (page == NULL)
    {
      draft->complete = FALSE;
      return;
    }

  file = g_strdup_printf ("blocks/%s.json", name);
  g_ptr_array_add (draft->procedure->pages, guichet_page_ref (page));
  g_ptr_array_add (draft->origins, guichet_origin_new (file, ""));
}

static void
read_form (Loader *self, const char *path, GuichetJsonReader *reader, Draft *draft)
{
  guint count = 0;

  if (!guichet_json_reader_enter_array (reader, "form", GUICHET_JSON_REQUIRED, ITEMS_MAX, &count))
    return;

  for (guint i = 0; i < count; i++)
    {
      if (!guichet_json_reader_enter_item (reader, i))
        continue;
      if (guichet_json_reader_has (reader, "block"))
        read_block_name (self, path, reader, draft);
      else
        {
          g_autofree char *pointer = g_strdup_printf ("/form/%u", i);
          GuichetPage *page = guichet_page_new ();

          guichet_page_read (reader, page);
          g_ptr_array_add (draft->procedure->pages, page);
          g_ptr_array_add (draft->origins, guichet_origin_new (path, pointer));
        }
      guichet_json_reader_leave (reader);
    }
  guichet_json_reader_leave (reader);
}

static void
read_flow (Loader *self, GuichetJsonReader *reader, Draft *draft)
{
  GuichetProcedure *procedure = draft->procedure;
  g_autofree char *name = guichet_name_read (reader, "flow", GUICHET_JSON_OPTIONAL);
  gpointer stages = NULL;

  guichet_stages_read (reader, GUICHET_JSON_OPTIONAL, procedure->stages);
  if (guichet_json_reader_has (reader, "flow") == guichet_json_reader_has (reader, "stages"))
    {
      guichet_json_reader_refuse (reader,
                                  NULL,
                                  "invalidStructure",
                                  "must have either \"flow\" or \"stages\"");
      return;
    }
  if (name == NULL)
    return;
  if (!g_hash_table_lookup_extended (self->flows, name, NULL, &stages))
    {
      g_autofree char *detail = g_strdup_printf ("there is no flows/%s.json", name);

      guichet_json_reader_refuse (reader, "flow", "invalidInput", detail);
      return;
    }
  if (stages == NULL)
    {
      draft->complete = FALSE;
      return;
    }

  g_ptr_array_unref (procedure->stages);
  procedure->stages = g_ptr_array_ref (stages);
}

/* What a JSON pointer (RFC 6901) leads to. */
static JsonNode *
resolve (JsonNode *root, const char *pointer)
{
  g_auto (GStrv) steps = g_strsplit (pointer, "/", -1);
  JsonNode *node = root;

  if (*pointer != '/')
    return NULL;

  for (guint i = 1; node != NULL && steps[i] != NULL; i++)
    {
      guint64 index = 0;

      if (JSON_NODE_HOLDS_OBJECT (node))
        node = json_object_get_member (json_node_get_object (node), steps[i]);
      else if (JSON_NODE_HOLDS_ARRAY (node) &&
               g_ascii_string_to_unsigned (steps[i], 10, 0, G_MAXUINT32, &index, NULL) &&
               index < json_array_get_length (json_node_get_array (node)))
        node = json_array_get_element (json_node_get_array (node), (guint) index);
      else
        node = NULL;
    }
  return node;
}

static void
read_assumptions (GuichetJsonReader *reader, JsonNode *root, GuichetProcedure *procedure)
{
  g_autoptr (GStrvBuilder) pointers = g_strv_builder_new ();
  guint count = 0;

  if (guichet_json_reader_enter_array (reader,
                                       "assumptions",
                                       GUICHET_JSON_OPTIONAL,
                                       ITEMS_MAX,
                                       &count))
    {
      for (guint i = 0; i < count; i++)
        {
          const char *pointer = guichet_json_reader_item_string (reader, i, POINTER_MAX_CHARS);

          if (pointer == NULL)
            continue;
          g_strv_builder_add (pointers, pointer);
          if (resolve (root, pointer) == NULL)
            {
              g_autofree char *detail =
                  g_strdup_printf ("\"%s\" leads nowhere in this file", pointer);

              guichet_json_reader_refuse (reader, NULL, "invalidInput", detail);
            }
        }
      guichet_json_reader_leave (reader);
    }
  procedure->assumptions = g_strv_builder_end (pointers);
}

static void
read_procedure (Loader *self,
                const char *path,
                JsonNode *node,
                GuichetJsonReader *reader,
                Draft *draft)
{
  g_autofree char *stem = stem_of (path);
  GuichetProcedure *procedure = draft->procedure;

  guichet_procedure_read_facts (reader, procedure);
  if (procedure->code != NULL && !g_str_equal (procedure->code, stem))
    guichet_json_reader_refuse (reader,
                                "code",
                                "invalidInput",
                                "must be the same as the name of the file");
  read_form (self, path, reader, draft);
  read_flow (self, reader, draft);
  read_assumptions (reader, node, procedure);
}

static int
compare_fees (gconstpointer a, gconstpointer b)
{
  const GuichetFee *left = *(GuichetFee *const *) a;
  const GuichetFee *right = *(GuichetFee *const *) b;

  return left->from < right->from ? -1 : left->from > right->from;
}

static void
load_procedure (Loader *self, const char *path, JsonNode *node)
{
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (node, self->mode);
  g_autoptr (GuichetProcedure) procedure = guichet_procedure_new ();
  g_autoptr (GPtrArray) origins =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_origin_free);
  Draft draft = { .procedure = procedure, .origins = origins, .complete = TRUE };

  read_procedure (self, path, node, reader, &draft);
  if (!take_issues (self, path, node, reader) || !draft.complete)
    return;

  for (guint i = 0; i < origins->len; i++)
    {
      const GuichetOrigin *origin = g_ptr_array_index (origins, i);

      if (g_str_equal (origin->file, path))
        guichet_catalogue_check_page (self->report,
                                      path,
                                      origin->pointer,
                                      g_ptr_array_index (procedure->pages, i));
    }
  if (guichet_json_reader_has (reader, "stages"))
    guichet_catalogue_check_flow (self->report, path, procedure->stages);
  guichet_catalogue_check_procedure (self->report, path, procedure, origins);

  g_ptr_array_sort (procedure->fees, compare_fees);
  g_ptr_array_add (self->procedures, g_steal_pointer (&procedure));
}

/* The catalogue */

static guint
load_folder (Loader *self,
             GList *paths,
             const char *folder,
             void (*load) (Loader *self, const char *path, JsonNode *node))
{
  guint count = 0;

  for (GList *l = paths; l != NULL; l = l->next)
    if (is_in (l->data, folder))
      {
        g_hash_table_add (self->seen, l->data);
        load (self, l->data, g_hash_table_lookup (self->nodes, l->data));
        count++;
      }
  return count;
}

static GuichetCalendar *
load_calendar (Loader *self)
{
  const char *path = "calendar.json";
  gpointer node = NULL;
  g_autoptr (GError) error = NULL;
  GuichetCalendar *calendar;

  if (!g_hash_table_lookup_extended (self->nodes, path, NULL, &node))
    guichet_report_add (self->report, path, "", "is missing");
  if (node == NULL)
    return NULL;

  g_hash_table_add (self->seen, (gpointer) path);
  calendar = guichet_calendar_from_json (node, &error);
  if (calendar == NULL)
    guichet_report_add (self->report, path, "", "%s", error->message);
  return calendar;
}

static void
page_unref_if_any (gpointer page)
{
  if (page != NULL)
    guichet_page_unref (page);
}

static void
stages_unref_if_any (gpointer stages)
{
  if (stages != NULL)
    g_ptr_array_unref (stages);
}

void
guichet_catalogue_load (GHashTable *nodes,
                        GuichetJsonMode mode,
                        GuichetReport *report,
                        GPtrArray **ret_procedures,
                        GuichetCalendar **ret_calendar)
{
  g_autoptr (GHashTable) blocks =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, page_unref_if_any);
  g_autoptr (GHashTable) flows =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stages_unref_if_any);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (nodes), (GCompareFunc) strcmp);
  Loader self = {
    .nodes = nodes,
    .mode = mode,
    .report = report,
    .blocks = blocks,
    .flows = flows,
    .seen = seen,
    .procedures = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_procedure_unref),
  };

  *ret_calendar = load_calendar (&self);
  load_folder (&self, paths, "blocks/", load_block);
  load_folder (&self, paths, "flows/", load_flow);
  if (load_folder (&self, paths, "procedures/", load_procedure) == 0)
    guichet_report_add (report, "procedures", "", "there is no procedure");
  for (GList *l = paths; mode == GUICHET_JSON_STRICT && l != NULL; l = l->next)
    if (!g_hash_table_contains (seen, l->data))
      guichet_report_add (report, l->data, "", "is not a file of a catalogue");

  *ret_procedures = self.procedures;
}
