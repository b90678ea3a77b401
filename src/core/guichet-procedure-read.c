/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the parts of a procedure out of JSON. Members are those of data/catalogue/FORMAT.md.
 */
#define G_LOG_DOMAIN "guichet-procedure-read"

#include "config.h"

#include "guichet-procedure-private.h"

#define NAME_MAX_CHARS 60
#define LABEL_MAX_CHARS 200
#define HELP_MAX_CHARS 1000
#define SOURCE_MAX_CHARS 500
#define PATTERN_MAX_CHARS 500
#define ITEMS_MAX 500

/* Codes of stages, pages, fields and names of files. */
static gboolean
is_name (const char *text)
{
  if (!g_ascii_islower (*text))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      return FALSE;
  return TRUE;
}

static gboolean
is_choice (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      return FALSE;
  return *text != '\0' && *text != '-';
}

/* `POP-CM` */
static gboolean
is_procedure_code (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isupper (*p) && !g_ascii_isdigit (*p) &&
        !(*p == '-' && p > text && p[-1] != '-' && p[1] != '\0'))
      return FALSE;
  return g_ascii_isupper (*text);
}

static char *
read_code (GuichetJsonReader *reader,
           const char *member,
           GuichetJsonNeed need,
           gboolean (*is_valid) (const char *text),
           const char *rule)
{
  const char *text = guichet_json_reader_string (reader, member, need, NAME_MAX_CHARS);

  if (text != NULL && !is_valid (text))
    guichet_json_reader_refuse (reader, member, "invalidInput", rule);
  return g_strdup (text);
}

char *
guichet_name_read (GuichetJsonReader *reader, const char *member, GuichetJsonNeed need)
{
  return read_code (reader,
                    member,
                    need,
                    is_name,
                    "must begin with a small letter and hold only letters, digits and hyphens");
}

static void
read_localized (GuichetJsonReader *reader,
                const char *member,
                GuichetJsonNeed need,
                gsize max_chars,
                GuichetLocalized *localized)
{
  if (!guichet_json_reader_enter (reader, member, need))
    return;

  for (int i = 0; i < GUICHET_N_LANGUAGES; i++)
    {
      const char *language = guichet_enum_word (GUICHET_TYPE_LANGUAGE, i);
      const char *text =
          guichet_json_reader_string (reader,
                                      language,
                                      i == GUICHET_LANGUAGE_FR ? GUICHET_JSON_REQUIRED
                                                               : GUICHET_JSON_OPTIONAL,
                                      max_chars);

      if (text != NULL && *text == '\0')
        guichet_json_reader_refuse (reader, language, "invalidInput", "is empty");
      localized->in[i] = g_strdup (text);
    }
  guichet_json_reader_leave (reader);
}

/* @read_item: reads the object in which the reader stands. */
static void
read_items (GuichetJsonReader *reader,
            const char *member,
            GuichetJsonNeed need,
            gpointer (*read_item) (GuichetJsonReader *reader),
            GPtrArray *items)
{
  guint count = 0;

  if (!guichet_json_reader_enter_array (reader, member, need, ITEMS_MAX, &count))
    return;

  for (guint i = 0; i < count; i++)
    if (guichet_json_reader_enter_item (reader, i))
      {
        g_ptr_array_add (items, read_item (reader));
        guichet_json_reader_leave (reader);
      }
  guichet_json_reader_leave (reader);
}

static gpointer
read_choice (GuichetJsonReader *reader)
{
  GuichetChoice *choice = g_new0 (GuichetChoice, 1);

  choice->code = read_code (reader,
                            "code",
                            GUICHET_JSON_REQUIRED,
                            is_choice,
                            "must hold only letters, digits and hyphens");
  read_localized (reader, "names", GUICHET_JSON_REQUIRED, LABEL_MAX_CHARS, &choice->names);
  return choice;
}

static void
read_condition (GuichetJsonReader *reader, GuichetField *field)
{
  if (!guichet_json_reader_enter (reader, "visibleIf", GUICHET_JSON_OPTIONAL))
    return;

  field->visible_field = guichet_name_read (reader, "field", GUICHET_JSON_REQUIRED);
  field->visible_value = g_strdup (
      guichet_json_reader_string (reader, "value", GUICHET_JSON_REQUIRED, NAME_MAX_CHARS));
  guichet_json_reader_leave (reader);
}

static gpointer
read_field (GuichetJsonReader *reader)
{
  const GuichetJsonNeed optional = GUICHET_JSON_OPTIONAL;
  GuichetField *field = guichet_field_new ();

  field->code = guichet_name_read (reader, "code", GUICHET_JSON_REQUIRED);
  field->type = (GuichetFieldType)
      guichet_json_reader_enum (reader, "type", GUICHET_JSON_REQUIRED, GUICHET_TYPE_FIELD_TYPE);
  read_localized (reader, "labels", GUICHET_JSON_REQUIRED, LABEL_MAX_CHARS, &field->labels);
  read_localized (reader, "help", optional, HELP_MAX_CHARS, &field->help);
  field->required = guichet_json_reader_boolean (reader, "required", optional);
  field->pattern =
      g_strdup (guichet_json_reader_string (reader, "pattern", optional, PATTERN_MAX_CHARS));
  if (guichet_json_reader_has (reader, "min"))
    field->min = guichet_json_reader_integer (reader, "min", optional, G_MININT32, G_MAXINT32);
  if (guichet_json_reader_has (reader, "max"))
    field->max = guichet_json_reader_integer (reader, "max", optional, G_MININT32, G_MAXINT32);
  read_items (reader, "choices", optional, read_choice, field->choices);
  field->profile =
      g_strdup (guichet_json_reader_string (reader, "profile", optional, NAME_MAX_CHARS));
  field->locked = guichet_json_reader_boolean (reader, "locked", optional);
  read_condition (reader, field);
  return field;
}

void
guichet_page_read (GuichetJsonReader *reader, GuichetPage *page)
{
  page->code = guichet_name_read (reader, "code", GUICHET_JSON_REQUIRED);
  read_localized (reader, "titles", GUICHET_JSON_REQUIRED, LABEL_MAX_CHARS, &page->titles);
  read_items (reader, "fields", GUICHET_JSON_REQUIRED, read_field, page->fields);
}

static GuichetCapability
read_needs (GuichetJsonReader *reader)
{
  static const struct
  {
    const char *word;
    GuichetCapability capability;
  } needs[] = {
    { "work", GUICHET_CAN_WORK },
    { "decide", GUICHET_CAN_DECIDE },
    { "reopen", GUICHET_CAN_REOPEN },
  };
  const char *word =
      guichet_json_reader_string (reader, "needs", GUICHET_JSON_REQUIRED, NAME_MAX_CHARS);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (needs); i++)
    if (g_str_equal (word, needs[i].word))
      return needs[i].capability;

  if (word != NULL)
    guichet_json_reader_refuse (reader, "needs", "invalidInput", "must be work, decide or reopen");
  return GUICHET_CAN_WORK;
}

static gpointer
read_move (GuichetJsonReader *reader)
{
  GuichetMove *move = g_new0 (GuichetMove, 1);

  move->to = guichet_name_read (reader, "to", GUICHET_JSON_REQUIRED);
  read_localized (reader, "labels", GUICHET_JSON_REQUIRED, LABEL_MAX_CHARS, &move->labels);
  move->needs = read_needs (reader);
  move->reason = guichet_json_reader_boolean (reader, "reason", GUICHET_JSON_OPTIONAL);
  move->document = guichet_json_reader_boolean (reader, "document", GUICHET_JSON_OPTIONAL);
  move->notify = (GuichetNotify)
      guichet_json_reader_enum (reader, "notify", GUICHET_JSON_REQUIRED, GUICHET_TYPE_NOTIFY);
  move->text = guichet_name_read (reader, "text", GUICHET_JSON_OPTIONAL);
  return move;
}

static gpointer
read_stage (GuichetJsonReader *reader)
{
  GuichetStage *stage = guichet_stage_new ();

  stage->code = guichet_name_read (reader, "code", GUICHET_JSON_REQUIRED);
  stage->phase = (GuichetPhase)
      guichet_json_reader_enum (reader, "phase", GUICHET_JSON_REQUIRED, GUICHET_TYPE_PHASE);
  stage->waiting = (GuichetWaiting)
      guichet_json_reader_enum (reader, "waiting", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_WAITING);
  stage->blocker = (GuichetBlocker)
      guichet_json_reader_enum (reader, "blocker", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_BLOCKER);
  stage->result = (GuichetResult)
      guichet_json_reader_enum (reader, "result", GUICHET_JSON_OPTIONAL, GUICHET_TYPE_RESULT);
  read_localized (reader, "names", GUICHET_JSON_REQUIRED, LABEL_MAX_CHARS, &stage->names);
  read_localized (reader,
                  "citizenNames",
                  GUICHET_JSON_REQUIRED,
                  LABEL_MAX_CHARS,
                  &stage->citizen_names);
  read_items (reader, "moves", GUICHET_JSON_OPTIONAL, read_move, stage->moves);
  return stage;
}

void
guichet_stages_read (GuichetJsonReader *reader, GuichetJsonNeed need, GPtrArray *stages)
{
  read_items (reader, "stages", need, read_stage, stages);
}

static gpointer
read_fee (GuichetJsonReader *reader)
{
  GuichetFee *fee = g_new0 (GuichetFee, 1);

  fee->cents = guichet_json_reader_integer (reader, "cents", GUICHET_JSON_REQUIRED, 0, G_MAXINT32);
  fee->from = guichet_json_reader_day (reader, "from", GUICHET_JSON_OPTIONAL);
  fee->source = g_strdup (
      guichet_json_reader_string (reader, "source", GUICHET_JSON_REQUIRED, SOURCE_MAX_CHARS));
  return fee;
}

static guint
read_stops (GuichetJsonReader *reader)
{
  guint stops = 0;
  guint count = 0;

  if (!guichet_json_reader_enter_array (reader, "stops", GUICHET_JSON_OPTIONAL, 16, &count))
    return 0;

  for (guint i = 0; i < count; i++)
    {
      const char *word = guichet_json_reader_item_string (reader, i, NAME_MAX_CHARS);
      int waiting = GUICHET_WAITING_NONE;

      if (word == NULL)
        continue;
      if (guichet_enum_value (GUICHET_TYPE_WAITING, word, &waiting))
        stops |= 1u << waiting;
      else
        {
          g_autofree char *detail = g_strdup_printf ("\"%s\" is no reason to wait", word);

          guichet_json_reader_refuse (reader, NULL, "invalidInput", detail);
        }
    }
  guichet_json_reader_leave (reader);
  return stops;
}

static gpointer
read_term (GuichetJsonReader *reader)
{
  const GuichetJsonNeed required = GUICHET_JSON_REQUIRED;
  GuichetTerm *term = g_new0 (GuichetTerm, 1);

  term->kind =
      (GuichetTermKind) guichet_json_reader_enum (reader, "kind", required, GUICHET_TYPE_TERM_KIND);
  term->count = (guint) guichet_json_reader_integer (reader, "count", required, 1, 1000);
  term->unit = (GuichetUnit) guichet_json_reader_enum (reader, "unit", required, GUICHET_TYPE_UNIT);
  term->start =
      (GuichetStart) guichet_json_reader_enum (reader, "start", required, GUICHET_TYPE_START);
  term->start_stage = guichet_name_read (reader, "startStage", GUICHET_JSON_OPTIONAL);
  term->roll = guichet_json_reader_boolean (reader, "roll", GUICHET_JSON_OPTIONAL);
  term->stops = read_stops (reader);
  term->restart = guichet_json_reader_boolean (reader, "restart", GUICHET_JSON_OPTIONAL);
  term->from = guichet_json_reader_day (reader, "from", GUICHET_JSON_OPTIONAL);
  term->until = guichet_json_reader_day (reader, "until", GUICHET_JSON_OPTIONAL);
  term->source =
      g_strdup (guichet_json_reader_string (reader, "source", required, SOURCE_MAX_CHARS));
  return term;
}

static gpointer
read_identity_need (GuichetJsonReader *reader)
{
  GuichetIdentityNeed *need = g_new0 (GuichetIdentityNeed, 1);

  need->stage = guichet_name_read (reader, "stage", GUICHET_JSON_REQUIRED);
  need->to = guichet_name_read (reader, "to", GUICHET_JSON_REQUIRED);
  need->presence = guichet_json_reader_boolean (reader, "presence", GUICHET_JSON_OPTIONAL);
  need->hours =
      (guint) guichet_json_reader_integer (reader, "hours", GUICHET_JSON_REQUIRED, 1, 8784);
  return need;
}

void
guichet_procedure_read_facts (GuichetJsonReader *reader, GuichetProcedure *procedure)
{
  const GuichetJsonNeed required = GUICHET_JSON_REQUIRED;
  const GuichetJsonNeed optional = GUICHET_JSON_OPTIONAL;

  procedure->code = read_code (reader,
                               "code",
                               required,
                               is_procedure_code,
                               "must be capitals and digits, parts joined by hyphens");
  procedure->department = (GuichetDepartment)
      guichet_json_reader_enum (reader, "department", required, GUICHET_TYPE_DEPARTMENT);
  read_localized (reader, "names", required, LABEL_MAX_CHARS, &procedure->names);
  procedure->restricted = guichet_json_reader_boolean (reader, "restricted", optional);
  procedure->level =
      (GuichetLevel) guichet_json_reader_enum (reader, "level", optional, GUICHET_TYPE_LEVEL);
  procedure->level_other =
      (GuichetLevel) guichet_json_reader_enum (reader, "levelOther", optional, GUICHET_TYPE_LEVEL);
  procedure->submitted_text = guichet_name_read (reader, "submittedText", optional);
  read_items (reader, "fees", optional, read_fee, procedure->fees);
  read_items (reader, "terms", optional, read_term, procedure->terms);
  read_items (reader, "identity", optional, read_identity_need, procedure->identity);
}
