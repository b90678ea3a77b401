/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests as their events made them.
 *
 * Queue columns and the line that lists show are in clear, since lists filter and sort by
 * them. All else is state, sealed under the request's key: where the key is gone, nothing
 * of it is left, whatever a file system or a backup may still hold.
 */
#define G_LOG_DOMAIN "guichetd-requests"

#include "config.h"

#include "guichetd-requests.h"
#include "guichet-error.h"
#include "guichetd-store-private.h"

/* Grows by a notification or a stay an event: far more than any request ever gets. */
static const GuichetJsonLimits state_limits = { 16 * 1024 * 1024, 16 };

void
guichetd_row_clear (GuichetdRow *self)
{
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->procedure, g_free);
  g_clear_pointer (&self->stage, g_free);
  g_clear_pointer (&self->assignee, g_free);
  g_clear_pointer (&self->line, g_free);
  g_clear_pointer (&self->state, g_bytes_unref);
}

static int
take_word (GuichetStatement *statement, const char *column, GType type)
{
  int value = 0;

  guichet_enum_value (type, guichet_statement_text (statement, column), &value);
  return value;
}

static gboolean
find (GuichetStatement *statement, const char *reference, GuichetdRow *row, GError **error)
{
  guichet_statement_bind_text (statement, "reference", reference);
  if (!guichet_statement_step (statement, error))
    return FALSE;

  row->id = guichet_statement_integer (statement, "id");
  row->reference = g_strdup (guichet_statement_text (statement, "reference"));
  row->department =
      (GuichetDepartment) take_word (statement, "department", GUICHET_TYPE_DEPARTMENT);
  row->procedure = g_strdup (guichet_statement_text (statement, "procedure"));
  row->stage = g_strdup (guichet_statement_text (statement, "stage"));
  row->phase = (GuichetPhase) take_word (statement, "phase", GUICHET_TYPE_PHASE);
  row->assignee = g_strdup (guichet_statement_text (statement, "assignee"));
  row->due = guichet_statement_is_null (statement, "due")
                 ? GUICHET_DAY_NONE
                 : (GuichetDay) guichet_statement_integer (statement, "due");
  row->version = guichet_statement_integer (statement, "version");
  row->last_event = guichet_statement_integer (statement, "last_event");
  row->line = g_strdup (guichet_statement_text (statement, "line"));
  return TRUE;
}

gboolean
guichetd_requests_find (GuichetDb *db, const char *reference, GuichetdRow *row, GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-request");

  if (!find (statement, reference, row, error))
    return FALSE;

  guichet_statement_reset (statement);
  return TRUE;
}

/* What the state is sealed with: an old one does not pass for the present. */
static char *
about_state (const char *reference, gint64 version)
{
  return g_strdup_printf ("state %s %" G_GINT64_FORMAT, reference, version);
}

gboolean
guichetd_requests_find_state (GuichetdKeys *keys,
                              GuichetDb *db,
                              const char *reference,
                              GuichetdRow *row,
                              GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "find-request-with-state");
  g_autoptr (GBytes) sealed = NULL;
  g_autofree char *about = NULL;
  g_auto (GuichetdKey) key = { 0 };

  if (!find (statement, reference, row, error))
    return FALSE;
  sealed = guichet_statement_blob (statement, "state");
  guichet_statement_reset (statement);

  /* No key: purged between the snapshot and now. */
  if (!guichetd_keys_find (keys, reference, &key, error))
    return FALSE;

  about = about_state (reference, row->version);
  row->state = guichetd_unseal (&key,
                                g_bytes_get_data (sealed, NULL),
                                g_bytes_get_size (sealed),
                                about,
                                error);
  return row->state != NULL;
}

GuichetRequest *
guichetd_row_get_request (const GuichetdRow *self, GError **error)
{
  g_autoptr (JsonNode) root = guichet_json_parse (self->state, &state_limits, error);
  g_autoptr (GuichetJsonReader) reader = NULL;
  g_autoptr (GuichetRequest) request = NULL;

  if (root == NULL)
    return NULL;

  reader = guichet_json_reader_new (root, GUICHET_JSON_LENIENT);
  request = guichet_request_read (reader);
  if (!guichet_json_reader_finish (reader, error))
    {
      g_prefix_error (error, "state of request %s: ", self->reference);
      return NULL;
    }
  return g_steal_pointer (&request);
}

GuichetRequest *
guichetd_requests_load (GuichetdStore *store, GuichetDb *db, const char *reference, GError **error)
{
  g_auto (GuichetdRow) row = { 0 };

  if (!guichetd_requests_find_state (guichetd_store_get_keys (store), db, reference, &row, error))
    return NULL;

  return guichetd_row_get_request (&row, error);
}

void
guichetd_requests_niss (GuichetdKeys *keys, const char *digits, guint8 *digest)
{
  guichetd_digest (guichetd_keys_get_secret (keys, GUICHETD_SECRET_NISS),
                   digits,
                   strlen (digits),
                   digest,
                   GUICHETD_NISS_BYTES);
}

gint64
guichetd_requests_closed (const GuichetRequest *request)
{
  const GuichetStay *stay;

  if (request->phase != GUICHET_PHASE_CLOSED)
    return 0;

  stay =
      request->stays->len > 0 ? g_ptr_array_index (request->stays, request->stays->len - 1) : NULL;
  return stay != NULL ? stay->from : request->last_instant;
}

static GBytes *
seal_state (GuichetdStore *store, const GuichetRequest *request, GError **error)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autofree char *about = about_state (request->reference, request->version);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) state = NULL;
  g_auto (GuichetdKey) key = { 0 };

  if (!guichetd_keys_find (guichetd_store_get_keys (store), request->reference, &key, &local_error))
    {
      if (local_error == NULL)
        g_set_error (&local_error,
                     GUICHET_DB_ERROR,
                     GUICHET_DB_ERROR_DAMAGED,
                     "the key of request %s is not there",
                     request->reference);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  guichet_request_write (request, writer, NULL);
  state = guichet_json_writer_end (writer);
  return guichetd_seal (&key, g_bytes_get_data (state, NULL), g_bytes_get_size (state), about);
}

static void
bind_word (GuichetStatement *statement, const char *name, GType type, int value)
{
  guichet_statement_bind_text (statement, name, guichet_enum_word (type, value));
}

static void
bind_due (GuichetStatement *statement, GuichetDay due)
{
  if (due != GUICHET_DAY_NONE)
    guichet_statement_bind_integer (statement, "due", due);
  else
    guichet_statement_bind_null (statement, "due");
}

static void
bind_closed (GuichetStatement *statement, const GuichetRequest *request)
{
  if (request->phase == GUICHET_PHASE_CLOSED)
    guichet_statement_bind_integer (statement, "closed", guichetd_requests_closed (request));
  else
    guichet_statement_bind_null (statement, "closed");
}

static char *
line_text (const GuichetLine *line)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_line_write (line, writer, NULL);
  return guichet_json_writer_end_text (writer);
}

static void
bind_line (GuichetStatement *statement, const GuichetLine *line)
{
  g_autofree char *text = line_text (line);

  guichet_statement_bind_text (statement, "line", text);
}

static gboolean
add_row (GuichetdStore *store,
         GuichetDb *db,
         gint64 id,
         const GuichetRequest *request,
         const GuichetLine *line,
         GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "add-request");
  const char *niss = request->citizen != NULL ? request->citizen->niss : NULL;
  guint8 digest[GUICHETD_NISS_BYTES];

  guichet_statement_bind_integer (statement, "id", id);
  guichet_statement_bind_text (statement, "reference", request->reference);
  bind_word (statement, "department", GUICHET_TYPE_DEPARTMENT, request->department);
  guichet_statement_bind_text (statement, "procedure", request->procedure);
  guichet_statement_bind_text (statement, "stage", request->stage);
  bind_word (statement, "phase", GUICHET_TYPE_PHASE, request->phase);
  guichet_statement_bind_text (statement, "assignee", request->assignee);
  bind_due (statement, line->due);
  bind_closed (statement, request);
  guichet_statement_bind_integer (statement, "version", request->version);
  guichet_statement_bind_integer (statement, "last_event", request->last_event);
  if (niss != NULL)
    {
      guichetd_requests_niss (guichetd_store_get_keys (store), niss, digest);
      guichet_statement_bind_blob (statement, "niss", digest, sizeof digest);
    }
  else
    guichet_statement_bind_null (statement, "niss");
  bind_line (statement, line);

  return guichet_statement_run (statement, error);
}

static gboolean
add_words (GuichetDb *db,
           gint64 id,
           const GuichetRequest *request,
           const GuichetLine *line,
           const GuichetLocalized *titles,
           GError **error)
{
  GuichetStatement *statement = guichet_db_statement (db, "add-search");
  g_autoptr (GString) title = g_string_new (NULL);

  for (guint i = 0; titles != NULL && i < GUICHET_N_LANGUAGES; i++)
    if (titles->in[i] != NULL)
      g_string_append_printf (title, "%s\n", titles->in[i]);

  guichet_statement_bind_integer (statement, "id", id);
  guichet_statement_bind_text (statement, "about", request->reference);
  guichet_statement_bind_text (statement, "name", line->citizen);
  guichet_statement_bind_text (statement, "title", title->str);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_requests_add (GuichetdStore *store,
                       GuichetDb *db,
                       gint64 id,
                       const GuichetRequest *request,
                       const GuichetLine *line,
                       const GuichetLocalized *titles,
                       GError **error)
{
  g_autoptr (GBytes) state = seal_state (store, request, error);
  GuichetStatement *statement;

  if (state == NULL || !add_row (store, db, id, request, line, error))
    return FALSE;

  statement = guichet_db_statement (db, "add-content");
  guichet_statement_bind_integer (statement, "id", id);
  guichet_statement_bind_bytes (statement, "state", state);
  return guichet_statement_run (statement, error) &&
         add_words (db, id, request, line, titles, error);
}

static gboolean
change_row (GuichetDb *db,
            const GuichetdRow *row,
            const GuichetRequest *request,
            const GuichetLine *line,
            GError **error)
{
  gboolean other_assignee = g_strcmp0 (row->assignee, request->assignee) != 0;
  gboolean other_stage =
      g_strcmp0 (row->stage, request->stage) != 0 || row->phase != request->phase;
  gboolean other_due = row->due != line->due;
  const char *names[6] = { "update-request" };
  GuichetStatement *statement;
  guint n = 1;

  if (other_assignee)
    names[n++] = "set-assignee";
  if (other_stage)
    names[n++] = "set-stage";
  if (other_due)
    names[n++] = "set-due";
  names[n++] = "where-id";

  statement = guichet_db_statement_joined (db, names);
  guichet_statement_bind_integer (statement, "id", row->id);
  guichet_statement_bind_integer (statement, "version", request->version);
  guichet_statement_bind_integer (statement, "last_event", request->last_event);
  bind_line (statement, line);
  if (other_assignee)
    guichet_statement_bind_text (statement, "assignee", request->assignee);
  if (other_due)
    bind_due (statement, line->due);
  if (other_stage)
    {
      guichet_statement_bind_text (statement, "stage", request->stage);
      bind_word (statement, "phase", GUICHET_TYPE_PHASE, request->phase);
      bind_closed (statement, request);
    }
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_requests_change (GuichetdStore *store,
                          GuichetDb *db,
                          const GuichetdRow *row,
                          const GuichetRequest *request,
                          const GuichetLine *line,
                          GError **error)
{
  g_autoptr (GBytes) state = seal_state (store, request, error);
  GuichetStatement *statement;

  if (state == NULL || !change_row (db, row, request, line, error))
    return FALSE;

  statement = guichet_db_statement (db, "update-content");
  guichet_statement_bind_integer (statement, "id", row->id);
  guichet_statement_bind_bytes (statement, "state", state);
  return guichet_statement_run (statement, error);
}

GPtrArray *
guichetd_requests_list_open (GuichetDb *db, GError **error)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_free);
  GuichetStatement *statement = guichet_db_statement (db, "list-open-requests");
  g_autoptr (GError) local_error = NULL;

  while (guichet_statement_step (statement, &local_error))
    g_ptr_array_add (references, g_strdup (guichet_statement_text (statement, "reference")));

  if (!guichet_error_pass (error, g_steal_pointer (&local_error)))
    return NULL;
  return g_steal_pointer (&references);
}

gboolean
guichetd_requests_redraw (GuichetDb *db,
                          const GuichetdRow *row,
                          const GuichetLine *line,
                          gboolean *ret_other,
                          GError **error)
{
  g_autofree char *text = line_text (line);
  GuichetStatement *statement;

  *ret_other = strcmp (text, row->line) != 0;
  if (!*ret_other)
    return TRUE;

  statement = guichet_db_statement (db, "redraw-request");
  guichet_statement_bind_integer (statement, "id", row->id);
  guichet_statement_bind_text (statement, "line", text);
  bind_due (statement, line->due);
  return guichet_statement_run (statement, error);
}

gboolean
guichetd_requests_remove (GuichetDb *db, const GuichetdRow *row, GError **error)
{
  static const char *const by_id[] = { "delete-search", "delete-content", "delete-request" };
  static const char *const by_reference[] = { "delete-documents", "delete-mails" };

  for (guint i = 0; i < G_N_ELEMENTS (by_reference); i++)
    {
      GuichetStatement *statement = guichet_db_statement (db, by_reference[i]);

      guichet_statement_bind_text (statement, "reference", row->reference);
      if (!guichet_statement_run (statement, error))
        return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (by_id); i++)
    {
      GuichetStatement *statement = guichet_db_statement (db, by_id[i]);

      guichet_statement_bind_integer (statement, "id", row->id);
      if (!guichet_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}
