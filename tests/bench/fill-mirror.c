/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fills a mirror the way the desk does: pages as `/v1/changes` sends them, given to the mirror's
 * own writer.
 */
#include "config.h"

#include "guichet-catalogue.h"
#include "guichet-clock.h"
#include "guichet-json-reader.h"
#include "guichet-json-writer.h"
#include "guichet-line.h"
#include "guichet-mirror-writer.h"
#include "guichet-reference.h"
#include "guichet-sample-names.h"

#include <stdlib.h>

#define PAGE 1000
#define DAY G_TIME_SPAN_DAY
/* How far back requests were received, and how many of them are the clerk's own. */
#define DAYS_OPEN 120
#define DAYS_CLOSED 85
#define SHARE_MINE 0.02
/* Prime to the number of references of a year, so that no two are equal. */
#define SPREAD G_GUINT64_CONSTANT (2654435761)

static char *path = NULL;
static char *login = NULL;
static char *me_path = NULL;
static char *catalogue_path = NULL;
static char *version = NULL;
static gint64 epoch = 1;
static gint64 last = 0;
static gint64 count = 1000;
static int seed = 2026;

static const GOptionEntry options[] = {
  { "mirror", 0, 0, G_OPTION_ARG_FILENAME, &path, "file to fill", "FILE" },
  { "login", 0, 0, G_OPTION_ARG_STRING, &login, "whose it is", "LOGIN" },
  { "me", 0, 0, G_OPTION_ARG_FILENAME, &me_path, "answer of /v1/me", "FILE" },
  { "catalogue", 0, 0, G_OPTION_ARG_FILENAME, &catalogue_path, "answer of /v1/catalogue", "FILE" },
  { "version", 0, 0, G_OPTION_ARG_STRING, &version, "the catalogue's", "ETAG" },
  { "epoch", 0, 0, G_OPTION_ARG_INT64, &epoch, "of the rights", "NUMBER" },
  { "last", 0, 0, G_OPTION_ARG_INT64, &last, "number of the last event", "NUMBER" },
  { "count", 0, 0, G_OPTION_ARG_INT64, &count, "lines", "NUMBER" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "of what is random", "NUMBER" },
  { NULL },
};

static const char *
pick (GRand *random, const char *const *from)
{
  return from[g_rand_int_range (random, 0, (gint32) g_strv_length ((char **) from))];
}

static char *
make_name (GRand *random)
{
  const char *const *given = g_rand_boolean (random) ? guichet_sample_women : guichet_sample_men;
  const char *first = pick (random, given);
  const char *second = g_rand_double (random) < 0.4 ? pick (random, given) : NULL;

  return second != NULL
             ? g_strdup_printf ("%s %s %s",
                                first,
                                second,
                                pick (random, guichet_sample_family_names))
             : g_strdup_printf ("%s %s", first, pick (random, guichet_sample_family_names));
}

/* Half of the requests are nobody's, as on a Monday; some are the clerk's own. */
static void
assign (GRand *random, GuichetLine *line)
{
  static const char *const colleagues[][2] = {
    { "marie.dubois", "Marie Dubois" },   { "luc.lefebvre", "Luc Lefebvre" },
    { "sofia.peeters", "Sofia Peeters" }, { "thomas.lambert", "Thomas Lambert" },
    { "nadia.benali", "Nadia Benali" },
  };
  const double at = g_rand_double (random);
  const int who = g_rand_int_range (random, 0, G_N_ELEMENTS (colleagues));

  if (at < SHARE_MINE)
    {
      line->assignee = g_strdup (login);
      line->assignee_name = g_strdup (login);
    }
  else if (at < 0.5 || line->phase == GUICHET_PHASE_CLOSED)
    {
      line->assignee = g_strdup (colleagues[who][0]);
      line->assignee_name = g_strdup (colleagues[who][1]);
    }
}

static void
stand (GRand *random, GuichetLine *line, const GuichetProcedure *procedure)
{
  const GuichetStage *stage =
      g_ptr_array_index (procedure->stages,
                         g_rand_int_range (random, 0, (gint32) procedure->stages->len));

  line->procedure = g_strdup (procedure->code);
  line->department = procedure->department;
  line->stage = g_strdup (stage->code);
  line->phase = stage->phase;
  line->waiting = stage->waiting;
  line->blocker = stage->blocker;
  line->result = line->phase == GUICHET_PHASE_CLOSED ? GUICHET_RESULT_ISSUED : stage->result;
}

static void
date (GRand *random, GuichetLine *line, gint64 now)
{
  const gboolean closed = line->phase == GUICHET_PHASE_CLOSED;
  const gint64 back = closed ? DAYS_CLOSED : DAYS_OPEN;

  line->last_instant = now - (gint64) (g_rand_double (random) * (double) (back * DAY));
  line->received = line->last_instant - (gint64) (g_rand_double (random) * (double) (20 * DAY));
  if (closed || g_rand_double (random) < 0.1)
    return;
  line->due = (GuichetDay) (line->received / DAY) + g_rand_int_range (random, 5, 180);
  line->legal_due = line->due + 10;
}

static GuichetLine *
make_line (GRand *random, GPtrArray *procedures, gint64 number, gint64 now)
{
  GuichetLine *line = guichet_line_new ();

  stand (random,
         line,
         g_ptr_array_index (procedures, g_rand_int_range (random, 0, (gint32) procedures->len)));
  date (random, line, now);
  assign (random, line);
  line->reference = guichet_reference_make (2026, (guint64) number * SPREAD);
  line->citizen = make_name (random);
  line->channel = GUICHET_CHANNEL_WEB;
  line->version = g_rand_int_range (random, 1, 12);
  /* In the order of the journal, as the server sends them. */
  line->last_event = last * (number + 1) / count;
  line->last_kind = GUICHET_EVENT_SUBMITTED;
  line->last_actor = g_strdup ("citizen");
  return line;
}

static GBytes *
make_page (GRand *random, GPtrArray *procedures, gint64 from, gint64 now)
{
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  const gint64 until = MIN (from + PAGE, count);

  guichet_json_writer_begin_object (writer, NULL);
  guichet_json_writer_integer (writer, "epoch", epoch);
  guichet_json_writer_integer (writer, "last", last * until / count);
  guichet_json_writer_integer (writer, "total", count);
  guichet_json_writer_boolean (writer, "more", until < count);
  guichet_json_writer_begin_array (writer, "items");
  for (gint64 number = from; number < until; number++)
    {
      g_autoptr (GuichetLine) line = make_line (random, procedures, number, now);

      guichet_json_writer_begin_object (writer, NULL);
      guichet_line_write (line, writer, "line");
      guichet_json_writer_integer (writer, "news", line->last_event);
      guichet_json_writer_end_object (writer);
    }
  guichet_json_writer_end_array (writer);
  guichet_json_writer_end_object (writer);
  return guichet_json_writer_end (writer);
}

static GBytes *
load (const char *file)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;
  gsize length = 0;

  if (!g_file_get_contents (file, &content, &length, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (content, length);
}

static void
fill (GuichetMirrorWriter *writer, GPtrArray *procedures)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) seed);
  const gint64 now = g_get_real_time ();

  for (gint64 from = 0; from < count; from += PAGE)
    {
      g_autoptr (GBytes) page = make_page (random, procedures, from, now);
      g_autoptr (GError) error = NULL;
      g_autoptr (GuichetApplied) applied = guichet_mirror_writer_apply (writer, page, &error);

      if (applied == NULL)
        g_error ("%s", error->message);
      g_assert_false (applied->foreign);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GuichetMirrorState) state = NULL;
  g_autoptr (GuichetCatalogue) catalogue = NULL;
  g_autoptr (GBytes) me = NULL;
  g_autoptr (GBytes) bundle = NULL;
  g_autoptr (GError) error = NULL;
  GuichetChangeLog *log = guichet_change_log_new ();
  GuichetMirrorWriter *writer;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);

  me = load (me_path);
  bundle = load (catalogue_path);
  catalogue = guichet_catalogue_from_bundle (bundle, &error);
  g_assert_no_error (error);
  writer = guichet_mirror_writer_open (path,
                                       login,
                                       (GuichetDay) (g_get_real_time () / DAY),
                                       log,
                                       &state,
                                       &error);
  g_assert_no_error (error);
  if (!guichet_mirror_writer_put_me (writer, me, 0, &error) ||
      !guichet_mirror_writer_put_catalogue (writer, bundle, version, &error))
    g_error ("%s", error->message);
  fill (writer, guichet_catalogue_procedures (catalogue));
  guichet_mirror_writer_close (writer);
  guichet_change_log_free (log);
  return EXIT_SUCCESS;
}
