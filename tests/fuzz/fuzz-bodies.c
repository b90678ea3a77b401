/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bodies of requests and answers through every codec: what one takes, it writes so that it
 * takes it again as the same; and answers to a form are only ever right or refused.
 */
#include "config.h"

#include "catalogue-fixture.h"
#include "fuzz.h"
#include "guichet-account.h"
#include "guichet-command.h"
#include "guichet-event.h"
#include "guichet-form.h"
#include "guichet-line.h"

typedef struct
{
  gpointer (*read) (GuichetJsonReader *reader);
  void (*write) (gconstpointer self, GuichetJsonWriter *writer, const char *member);
  void (*unref) (gpointer self);
} Codec;

#define DEFINE_CODEC(type)                                                                     \
  static gpointer read_##type (GuichetJsonReader *reader)                                      \
  {                                                                                            \
    return guichet_##type##_read (reader);                                                     \
  }                                                                                            \
  static void write_##type (gconstpointer self, GuichetJsonWriter *writer, const char *member) \
  {                                                                                            \
    guichet_##type##_write (self, writer, member);                                             \
  }                                                                                            \
  static void unref_##type (gpointer self)                                                     \
  {                                                                                            \
    guichet_##type##_unref (self);                                                             \
  }

#define CODEC(type)                         \
  {                                         \
    read_##type, write_##type, unref_##type \
  }

DEFINE_CODEC (account)
DEFINE_CODEC (citizen)
DEFINE_CODEC (clerk)
DEFINE_CODEC (command)
DEFINE_CODEC (contact)
DEFINE_CODEC (event)
DEFINE_CODEC (line)
DEFINE_CODEC (request)

static const Codec codecs[] = {
  CODEC (account), CODEC (citizen), CODEC (clerk), CODEC (command),
  CODEC (contact), CODEC (event),   CODEC (line),  CODEC (request),
};

static const GuichetJsonLimits limits = { .max_bytes = 1024 * 1024, .max_depth = 16 };

static GuichetCatalogue *catalogue;
static GuichetCitizen *citizen;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  catalogue = fixture_catalogue ();
  citizen = fixture_citizen ();
  return 0;
}

/* What the codec writes of what it read; NULL if it did not take it. */
static GBytes *
pass_through (const Codec *codec, JsonNode *root, GuichetJsonMode mode)
{
  g_autoptr (GuichetJsonReader) reader = guichet_json_reader_new (root, mode);
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  gpointer self = codec->read (reader);
  GBytes *text = NULL;

  if (guichet_json_reader_finish (reader, NULL))
    {
      g_assert_nonnull (self);
      codec->write (self, writer, NULL);
      text = guichet_json_writer_end (writer);
    }
  if (self != NULL)
    codec->unref (self);
  return text;
}

static void
hold_against_itself (const Codec *codec, JsonNode *root, GuichetJsonMode mode)
{
  g_autoptr (GBytes) first = pass_through (codec, root, mode);
  g_autoptr (GBytes) second = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;

  if (first == NULL)
    return;
  again = guichet_json_parse (first, &limits, &error);
  g_assert_no_error (error);
  second = pass_through (codec, again, GUICHET_JSON_STRICT);
  g_assert_nonnull (second);
  g_assert_true (g_bytes_equal (first, second));
}

/* What passed the check can be shown to a person. */
static void
show (const GuichetProcedure *procedure, JsonObject *answers)
{
  for (guint i = 0; i < procedure->pages->len; i++)
    {
      const GuichetPage *page = g_ptr_array_index (procedure->pages, i);

      for (guint j = 0; j < page->fields->len; j++)
        {
          const GuichetField *field = g_ptr_array_index (page->fields, j);
          g_autofree char *text = guichet_form_answer_text (field, answers, GUICHET_LANGUAGE_NL);

          g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
        }
    }
}

/* The object as the answers to a form: nothing of it is trusted before the check. */
static void
fill_form (JsonObject *answers)
{
  GPtrArray *procedures = guichet_catalogue_procedures (catalogue);
  GuichetDay today = guichet_day_new (2026, 11, 24);

  for (guint i = 0; i < procedures->len; i++)
    {
      const GuichetProcedure *procedure = g_ptr_array_index (procedures, i);
      g_autoptr (GPtrArray) issues = guichet_issues_new ();
      gboolean fine = guichet_form_check (procedure, citizen, answers, today, issues);

      g_assert_true (fine == (issues->len == 0));
      if (fine)
        show (procedure, answers);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) text = g_bytes_new_static (data, size);
  g_autoptr (JsonNode) root = guichet_json_parse (text, &guichet_json_limits_default, NULL);

  if (root == NULL)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    {
      hold_against_itself (&codecs[i], root, GUICHET_JSON_STRICT);
      hold_against_itself (&codecs[i], root, GUICHET_JSON_LENIENT);
    }
  if (JSON_NODE_HOLDS_OBJECT (root))
    fill_form (json_node_get_object (root));
  return 0;
}
