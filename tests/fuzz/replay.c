/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs a fuzz target without libFuzzer: each input of its corpus as it is, then a bounded
 * number of damaged ones. Prints TAP, and the seed with which the same ones come again.
 *
 *   fuzz-TARGET CORPUS [DICTIONARY] [--runs N] [--seed S]
 *   fuzz-TARGET FILE…          those inputs alone, as libFuzzer would take them
 *
 * Without feedback on coverage this finds little that a corpus does not hold already; the
 * long searches are libFuzzer's (-Dfuzzing=true). It keeps what they found from coming back.
 */
#include "config.h"

#include "fuzz.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RUNS 10000
#define LENGTH_MAX 16384
#define DAMAGES_MAX 6

typedef struct
{
  GPtrArray *inputs; /* (owned): of GBytes */
  GPtrArray *words;  /* (owned): of GBytes, from the dictionary */
  GRand *random;     /* (owned) */
} Replay;

static const uint8_t *current; /* what the target is looking at, for who finds it dead */
static gsize current_size;

/* Set by the sanitizers where they are linked in; they do not end by a signal. */
void __sanitizer_set_death_callback (void (*callback) (void)) __attribute__ ((weak));

static void
keep_input (void)
{
  static const char says[] = "\n# the input is in fuzz-crash in this folder\n";
  FILE *file;

  if (current == NULL)
    return;

  file = fopen ("fuzz-crash", "we");
  if (file == NULL)
    return;
  fwrite (current, 1, current_size, file);
  fclose (file);
  if (write (STDERR_FILENO, says, sizeof says - 1) < 0)
    return;
}

static void
signal_cb (int number)
{
  signal (number, SIG_DFL);
  keep_input ();
  raise (number);
}

static void
run (const uint8_t *data, gsize size)
{
  /* In a block of just that size, for the address sanitizer to see a look beyond it. */
  uint8_t *copy = size > 0 ? g_memdup2 (data, size) : NULL;

  current = copy;
  current_size = size;
  LLVMFuzzerTestOneInput (copy, size);
  current = NULL;
  g_free (copy);
}

static GBytes *
read_input (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &content, &length, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (content, length);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
read_corpus (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *name;

  if (folder == NULL)
    g_error ("%s", error->message);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  /* The same order everywhere, or a seed means nothing. */
  g_ptr_array_sort (names, compare_strings);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (inputs, read_input (g_ptr_array_index (names, i)));
  return inputs;
}

/* libFuzzer's form: a word in quotes a line, with \" \\ and \xNN; and comments. */
static GPtrArray *
read_dictionary (const char *path)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_auto (GStrv) lines = NULL;
  g_autoptr (GBytes) text = path != NULL ? read_input (path) : g_bytes_new (NULL, 0);
  g_autofree char *content = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));

  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GByteArray) word = g_byte_array_new ();

      if (lines[i][0] != '"')
        continue;
      for (const char *p = lines[i] + 1; *p != '\0' && *p != '"'; p++)
        {
          guint8 byte = (guint8) *p;

          if (p[0] == '\\' && p[1] == 'x')
            {
              byte = (guint8) (g_ascii_xdigit_value (p[2]) * 16 + g_ascii_xdigit_value (p[3]));
              p += 3;
            }
          else if (p[0] == '\\')
            byte = (guint8) * ++p;
          g_byte_array_append (word, &byte, 1);
        }
      g_ptr_array_add (words, g_bytes_new (word->data, word->len));
    }
  return words;
}

static guint
below (Replay *self, guint end)
{
  return end == 0 ? 0 : (guint) g_rand_int_range (self->random, 0, (gint32) end);
}

static void
insert (GByteArray *input, guint at, const uint8_t *data, gsize size)
{
  guint before = input->len;

  if (size == 0 || before + size > LENGTH_MAX)
    return;
  g_byte_array_set_size (input, before + (guint) size);
  memmove (input->data + at + size, input->data + at, before - at);
  memcpy (input->data + at, data, size);
}

static void
insert_from (Replay *self, GByteArray *input, GPtrArray *source, gboolean whole)
{
  GBytes *bytes;
  const uint8_t *data;
  gsize size;
  guint from;

  if (source->len == 0)
    return;
  bytes = g_ptr_array_index (source, below (self, source->len));
  data = g_bytes_get_data (bytes, &size);
  from = whole ? 0 : below (self, (guint) size);
  insert (input,
          below (self, input->len + 1),
          data + from,
          whole ? size : below (self, (guint) size - from + 1));
}

static void
damage (Replay *self, GByteArray *input)
{
  guint at = below (self, input->len);
  guint size = below (self, MIN (input->len - at, 64) + 1);
  uint8_t piece[64];

  switch (below (self, 7))
    {
    case 0:
      if (input->len > 0)
        input->data[at] ^= (guint8) (1u << below (self, 8));
      break;
    case 1:
      if (input->len > 0)
        input->data[at] = (guint8) below (self, 256);
      break;
    case 2:
      if (size > 0)
        g_byte_array_remove_range (input, at, size);
      break;
    case 3:
      g_byte_array_set_size (input, at);
      break;
    case 4: /* the same once more */
      if (size > 0)
        memcpy (piece, input->data + at, size);
      insert (input, at, piece, size);
      break;
    case 5:
      insert_from (self, input, self->inputs, FALSE);
      break;
    default:
      insert_from (self, input, self->words, TRUE);
    }
}

static void
run_damaged (Replay *self)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  GBytes *origin = g_ptr_array_index (self->inputs, below (self, self->inputs->len));
  gsize size;
  const uint8_t *data = g_bytes_get_data (origin, &size);

  g_byte_array_append (input, data, (guint) MIN (size, LENGTH_MAX));
  for (guint i = below (self, DAMAGES_MAX) + 1; i > 0; i--)
    damage (self, input);
  run (input->data, input->len);
}

static int
replay_files (char **paths)
{
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GBytes) input = read_input (paths[i]);

      run (g_bytes_get_data (input, NULL), g_bytes_get_size (input));
      printf ("%s: fine\n", paths[i]);
    }
  return 0;
}

static int
replay_corpus (const char *corpus, const char *dictionary, int runs, guint32 seed)
{
  Replay self = { .inputs = read_corpus (corpus),
                  .words = read_dictionary (dictionary),
                  .random = g_rand_new_with_seed (seed) };

  printf ("1..2\n");
  for (guint i = 0; i < self.inputs->len; i++)
    {
      GBytes *input = g_ptr_array_index (self.inputs, i);

      run (g_bytes_get_data (input, NULL), g_bytes_get_size (input));
    }
  printf ("ok 1 - the corpus, %u inputs\n", self.inputs->len);
  printf ("# --seed %u\n", seed);
  fflush (stdout);

  g_assert_cmpuint (self.inputs->len, >, 0);
  for (int i = 0; i < runs; i++)
    run_damaged (&self);
  printf ("ok 2 - %d damaged inputs\n", runs);

  g_ptr_array_unref (self.inputs);
  g_ptr_array_unref (self.words);
  g_rand_free (self.random);
  return 0;
}

int
main (int argc, char *argv[])
{
  int runs = RUNS;
  gint64 seed = -1;
  g_auto (GStrv) paths = NULL;
  const GOptionEntry entries[] = {
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "damaged inputs", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "of the damage", "S" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, "what to run", "PATH…" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || paths == NULL)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "no corpus given");
      return 2;
    }

  if (__sanitizer_set_death_callback != NULL)
    __sanitizer_set_death_callback (keep_input);
  signal (SIGABRT, signal_cb);
  signal (SIGTRAP, signal_cb);
  if (__sanitizer_set_death_callback == NULL)
    signal (SIGSEGV, signal_cb);

  LLVMFuzzerInitialize (&argc, &argv);
  if (!g_file_test (paths[0], G_FILE_TEST_IS_DIR))
    return replay_files (paths);
  return replay_corpus (paths[0], paths[1], runs, seed >= 0 ? (guint32) seed : g_random_int ());
}
