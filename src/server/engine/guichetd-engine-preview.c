/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a move would tell the citizen: the request is moved in memory, and the text rendered of
 * it by the same code that renders what is sent.
 */
#define G_LOG_DOMAIN "guichetd-engine"

#include "config.h"

#include "guichetd-engine-read-private.h"

static gboolean
refuse (GuichetRefusal refusal, const char *message, GError **error)
{
  g_set_error_literal (error, GUICHET_REFUSAL, (int) refusal, message);
  return FALSE;
}

/* The request as it would be after the move, whatever else the move still lacks. */
static GuichetRequest *
move_in_memory (GuichetdReading *self, const GuichetRequest *request)
{
  g_autoptr (GuichetCommand) command = guichet_command_new (GUICHET_COMMAND_MOVE);

  command->reference = g_strdup (request->reference);
  command->to = g_strdup (self->to);
  command->text = g_strdup (self->reason);
  return guichet_decide_foresee_move (self->engine->catalogue,
                                      request,
                                      command,
                                      self->actor,
                                      self->instant);
}

static GuichetDay
promised (GuichetdReading *self, const GuichetRequest *request, const GuichetProcedure *procedure)
{
  GuichetDay today = guichetd_engine_day (self->engine, self->instant);
  g_autoptr (GuichetDeadline) deadline =
      guichet_deadline_new (request,
                            procedure,
                            guichet_catalogue_calendar (self->engine->catalogue),
                            self->engine->zone,
                            today);

  return guichet_deadline_told (deadline, today);
}

static GuichetRendering *
render (GuichetdReading *self,
        const GuichetRequest *request,
        const GuichetProcedure *procedure,
        const GuichetMove *move)
{
  const GuichetTown town = { self->engine->town, self->engine->link, self->engine->contact };

  return guichet_texts_render (self->engine->texts,
                               move->text,
                               self->engine->catalogue,
                               request,
                               request->citizen->language,
                               &town,
                               promised (self, request, procedure),
                               self->reason,
                               self->sentence);
}

static void
write_rendering (GuichetdReading *self, const GuichetRendering *rendering, const char *address)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_string (writer, "subject", rendering->subject);
  guichet_json_writer_string (writer, "text", rendering->text);
  guichet_json_writer_string (writer, "html", rendering->html);
  guichet_json_writer_enum (writer, "language", GUICHET_TYPE_LANGUAGE, rendering->language);
  guichet_json_writer_string (writer, "address", address);
  guichet_json_writer_end_object (writer);
  self->answer = guichet_json_writer_end (writer);
}

static const GuichetMove *
find_move (const GuichetProcedure *procedure, const char *from, const char *to)
{
  const GuichetStage *stage = guichet_procedure_find_stage (procedure, from);

  return stage != NULL ? guichet_stage_find_move (stage, to) : NULL;
}

static gboolean
preview (GuichetdReading *self, const GuichetRequest *request, GError **error)
{
  const GuichetProcedure *procedure =
      guichet_catalogue_find (self->engine->catalogue, request->procedure);
  const GuichetMove *move =
      procedure != NULL ? find_move (procedure, request->stage, self->to) : NULL;
  g_autoptr (GuichetRendering) rendering = NULL;
  g_autoptr (GuichetRequest) after = NULL;

  if (move == NULL)
    return refuse (GUICHET_REFUSAL_NO_SUCH_MOVE, "this stage has no way to that one", error);
  if (move->text == NULL || move->notify == GUICHET_NOTIFY_NEVER || self->engine->texts == NULL)
    return refuse (GUICHET_REFUSAL_NO_SUCH_NOTIFICATION,
                   "this move tells the citizen nothing",
                   error);

  after = move_in_memory (self, request);
  rendering = render (self, after, procedure, move);
  if (rendering == NULL)
    return refuse (GUICHET_REFUSAL_NO_SUCH_NOTIFICATION, "there is no such text", error);

  write_rendering (self, rendering, request->citizen->email);
  return TRUE;
}

static gboolean
read_preview (GuichetdReading *self, GuichetDb *db, GError **error)
{
  g_autoptr (GuichetRequest) request = NULL;
  g_autoptr (GError) local_error = NULL;
  g_auto (GuichetdRow) row = { 0 };

  if (!guichetd_requests_find_state (guichetd_store_get_keys (self->engine->store),
                                     db,
                                     self->reference,
                                     &row,
                                     &local_error))
    {
      if (local_error == NULL)
        return guichetd_engine_not_found (error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!guichetd_engine_admit (self->engine,
                              self->actor,
                              GUICHET_CAN_READ,
                              row.department,
                              row.procedure,
                              error))
    return FALSE;

  request = guichetd_row_get_request (&row, error);
  if (request == NULL || !preview (self, request, error))
    return FALSE;

  self->seen = g_steal_pointer (&row.reference);
  return TRUE;
}

void
guichetd_engine_preview_async (GuichetdEngine *self,
                               GuichetClerk *actor,
                               const char *reference,
                               const char *to,
                               const char *reason,
                               const char *sentence,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GuichetdReading *reading;

  g_return_if_fail (GUICHETD_IS_ENGINE (self));
  g_return_if_fail (actor != NULL && reference != NULL && to != NULL);

  reading = guichetd_reading_new (self,
                                  actor,
                                  "preview",
                                  read_preview,
                                  guichetd_engine_preview_async,
                                  cancellable,
                                  callback,
                                  user_data);
  reading->reference = g_strdup (reference);
  reading->to = g_strdup (to);
  reading->reason = g_strdup (reason);
  reading->sentence = g_strdup (sentence);
  guichetd_reading_start (reading);
}
