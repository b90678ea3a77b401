/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-fixture.h"
#include "guichet-day-words.h"

static const GuichetTown town = {
  .town = "Ville de Mons",
  .link = "https://e-guichet.mons.be/d/",
  .contact = "065 40 51 11",
};

static GuichetTexts *
load (const GuichetCatalogue *catalogue)
{
  g_autoptr (GHashTable) files = fixture_text_files ();
  g_autoptr (GError) error = NULL;
  GuichetTexts *texts = guichet_texts_new (files, catalogue, &error);

  g_assert_no_error (error);
  return texts;
}

static GuichetRequest *
request_at (const GuichetCatalogue *catalogue, const char *stage)
{
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");

  return fixture_request (procedure, guichet_procedure_find_stage (procedure, stage), NULL, FALSE);
}

static void
test_renders (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  g_autoptr (GuichetTexts) texts = load (catalogue);
  g_autoptr (GuichetRequest) request = request_at (catalogue, "working");
  g_autoptr (GuichetRendering) rendering = guichet_texts_render (texts,
                                                                 "inProgress",
                                                                 catalogue,
                                                                 request,
                                                                 GUICHET_LANGUAGE_FR,
                                                                 &town,
                                                                 guichet_day_new (2026, 12, 1),
                                                                 " <b>Motif</b>\r\nsuite \n",
                                                                 "C’est l'acte & la copie");

  g_assert_cmpint (rendering->language, ==, GUICHET_LANGUAGE_FR);
  g_assert_cmpstr (rendering->subject, ==, "Essai : En cours");
  g_assert_cmpstr (rendering->text,
                   ==,
                   "Bonjour Marie Louise Dupont,\n\n"
                   "Réponse le 1er décembre 2026.\n\n"
                   "C’est l'acte & la copie\n\n"
                   "<b>Motif</b>\nsuite\n\n"
                   "Suivre : https://e-guichet.mons.be/d/26-K7M4-2QXF\n"
                   "Service Population, Ville de Mons, 065 40 51 11 & <suite>\n");
  g_assert_cmpstr (rendering->html,
                   ==,
                   "<html lang=\"fr\">\n<title>Essai : En cours</title>\n"
                   "<p>Bonjour Marie Louise Dupont,</p>\n"
                   "<p>Réponse le 1er décembre 2026.</p>\n"
                   "<p>C’est l&#39;acte &amp; la copie</p>\n"
                   "<p>&lt;b&gt;Motif&lt;/b&gt;<br>\nsuite</p>\n"
                   "<p>Suivre : <a href=\"https://e-guichet.mons.be/d/26-K7M4-2QXF\">"
                   "https://e-guichet.mons.be/d/26-K7M4-2QXF</a><br>\n"
                   "Service Population, Ville de Mons, 065 40 51 11 &amp; &lt;suite&gt;</p>\n"
                   "\nVille de Mons\n</html>\n");
}

static void
test_vanishes (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  g_autoptr (GuichetTexts) texts = load (catalogue);
  g_autoptr (GuichetRequest) request = request_at (catalogue, "working");
  g_autoptr (GuichetRendering) rendering = guichet_texts_render (texts,
                                                                 "inProgress",
                                                                 catalogue,
                                                                 request,
                                                                 GUICHET_LANGUAGE_FR,
                                                                 &town,
                                                                 GUICHET_DAY_NONE,
                                                                 NULL,
                                                                 " \r\n ");

  g_assert_true (g_str_has_prefix (rendering->text, "Bonjour Marie Louise Dupont,\n\nSuivre : "));
  g_assert_null (strstr (rendering->html, "Réponse"));
  g_assert_null (strstr (rendering->html, "<p></p>"));
}

static void
test_languages (void)
{
  static const struct
  {
    GuichetLanguage language;
    const char *subject;
    const char *text;
  } cases[] = {
    { GUICHET_LANGUAGE_NL, "Proef", "In behandeling, Bevolking, 3 maart 2027\n" },
    { GUICHET_LANGUAGE_DE, "Probe", "In Bearbeitung, Bevölkerung, 3. März 2027\n" },
    { GUICHET_LANGUAGE_EN, "Trial", "In progress, Population, 3 March 2027\n" },
  };
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  g_autoptr (GuichetTexts) texts = load (catalogue);
  g_autoptr (GuichetRequest) request = request_at (catalogue, "working");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GuichetRendering) rendering = guichet_texts_render (texts,
                                                                     "inProgress",
                                                                     catalogue,
                                                                     request,
                                                                     cases[i].language,
                                                                     &town,
                                                                     guichet_day_new (2027, 3, 3),
                                                                     NULL,
                                                                     NULL);

      g_assert_cmpint (rendering->language, ==, cases[i].language);
      g_assert_cmpstr (rendering->subject, ==, cases[i].subject);
      g_assert_cmpstr (rendering->text, ==, cases[i].text);
    }
}

static void
test_falls_back (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  g_autoptr (GuichetTexts) texts = load (catalogue);
  g_autoptr (GuichetRequest) request = request_at (catalogue, "ready");
  g_autoptr (GuichetRendering) rendering = guichet_texts_render (texts,
                                                                 "ready",
                                                                 catalogue,
                                                                 request,
                                                                 GUICHET_LANGUAGE_NL,
                                                                 &town,
                                                                 guichet_day_new (2027, 1, 2),
                                                                 NULL,
                                                                 NULL);

  g_assert_cmpint (rendering->language, ==, GUICHET_LANGUAGE_FR);
  g_assert_cmpstr (rendering->text, ==, "Prête au plus tard le 2 janvier 2027.\n\nFin\n");
  g_assert_null (guichet_texts_render (texts,
                                       "nothing",
                                       catalogue,
                                       request,
                                       GUICHET_LANGUAGE_FR,
                                       &town,
                                       GUICHET_DAY_NONE,
                                       NULL,
                                       NULL));
}

/* A subject becomes a header: nothing that a person is called may end it. */
static void
test_subject_is_one_line (void)
{
  g_autoptr (GHashTable) files = fixture_text_files ();
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  g_autoptr (GuichetRequest) request = request_at (catalogue, "working");
  g_autoptr (GuichetTexts) texts = NULL;
  g_autoptr (GuichetRendering) rendering = NULL;

  fixture_put (files, "ready.fr.txt", "Subject: {{citizenName}}\n\nx\n");
  texts = guichet_texts_new (files, catalogue, NULL);
  g_free (request->citizen->family_name);
  request->citizen->family_name = g_strdup ("D\r\nBcc: x@y.z");
  rendering = guichet_texts_render (texts,
                                    "ready",
                                    catalogue,
                                    request,
                                    GUICHET_LANGUAGE_FR,
                                    &town,
                                    GUICHET_DAY_NONE,
                                    NULL,
                                    NULL);
  g_assert_cmpstr (rendering->subject, ==, "Marie Louise D  Bcc: x@y.z");
}

/* @content: NULL takes the file away. */
static const struct
{
  const char *path;
  const char *content;
  const char *message;
} broken[] = {
  { "ready.fr.txt",
    "Subject: A\n\nB {{nom}}\nC\n{{due}} {{town}}\n\n{{x}}\n",
    "ready.fr.txt: line 3: unknown placeholder {{nom}}\n"
    "ready.fr.txt: line 5: unknown placeholder {{due}}\n"
    "ready.fr.txt: line 7: unknown placeholder {{x}}" },
  { "ready.fr.txt",
    "Subject: {{who}}\n\nB\n",
    "ready.fr.txt: line 1: unknown placeholder {{who}}" },
  { "ready.fr.txt", "Subject: A\n\nB\nC {{town\n", "ready.fr.txt: line 4: {{ without }}" },
  { "ready.fr.txt",
    "Subject: A {{reason}}\n\nB\n",
    "ready.fr.txt: line 1: dueDay, reason and sentence may not stand in the subject" },
  { "ready.fr.txt",
    "Sujet: A\n\nB\n",
    "ready.fr.txt: line 1: must be \"Subject: \" and the subject" },
  { "ready.fr.txt", "Subject: A\nB\n", "ready.fr.txt: line 2: must be empty" },
  { "ready.fr.txt", "Subject: A\n\n \n", "ready.fr.txt: line 3: there is no paragraph" },
  { "ready.fr.txt", "Subject: A", "ready.fr.txt: line 3: there is no paragraph" },
  { "ready.fr.txt", "", "ready.fr.txt: is empty or not UTF-8\nready.fr.txt: is missing: *" },
  { "ready.fr.txt", "\xff", "ready.fr.txt: is empty or not UTF-8\nready.fr.txt: is missing: *" },
  { "ready.fr.txt", NULL, "ready.fr.txt: is missing: POP-SEC names it" },
  { "received.fr.txt", NULL, "received.fr.txt: is missing: POP-TST names it" },
  { "extra.nl.txt", "Subject: A\n\nB\n", "extra.fr.txt: is missing: French must be there" },
  { "extra.it.txt", "Subject: A\n\nB\n", "extra.it.txt: must be named <code>.<language>.txt" },
  { "extra.txt", "Subject: A\n\nB\n", "extra.txt: must be named <code>.<language>.txt" },
  { "frame.html", NULL, "frame.html: is missing" },
  { "frame.html", "<p>\n{{body}}", "frame.html: line 2: unknown placeholder {{body}}\n*" },
  { "frame.html", "{{subject}}", "frame.html: must hold {{paragraphs}} once" },
  { "frame.html", "{{paragraphs}}{{paragraphs}}", "frame.html: must hold {{paragraphs}} once" },
};

static void
test_broken (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GHashTable) files = fixture_text_files ();
      g_autoptr (GuichetTexts) texts = NULL;
      g_autoptr (GError) error = NULL;

      if (broken[i].content != NULL)
        fixture_put (files, broken[i].path, broken[i].content);
      else
        g_hash_table_remove (files, broken[i].path);

      texts = guichet_texts_new (files, catalogue, &error);
      if (texts != NULL)
        g_error ("case %u was not noticed: %s", i, broken[i].message);
      g_assert_error (error, GUICHET_CATALOGUE_ERROR, GUICHET_CATALOGUE_ERROR_INVALID);
      if (!g_pattern_match_simple (broken[i].message, error->message))
        g_error ("case %u:\nwanted %s\ngot    %s", i, broken[i].message, error->message);
    }
}

static void
test_windows_ends (void)
{
  g_autoptr (GHashTable) files = fixture_text_files ();
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  g_autoptr (GuichetRequest) request = request_at (catalogue, "ready");
  g_autoptr (GuichetTexts) texts = NULL;
  g_autoptr (GuichetRendering) rendering = NULL;
  g_autoptr (GError) error = NULL;

  fixture_put (files, "ready.fr.txt", "Subject: A\r\n\r\nB\r\nC\r\n\r\nD\r\n");
  texts = guichet_texts_new (files, catalogue, &error);
  g_assert_no_error (error);
  rendering = guichet_texts_render (texts,
                                    "ready",
                                    catalogue,
                                    request,
                                    GUICHET_LANGUAGE_EN,
                                    &town,
                                    GUICHET_DAY_NONE,
                                    NULL,
                                    NULL);
  g_assert_cmpstr (rendering->subject, ==, "A");
  g_assert_cmpstr (rendering->text, ==, "B\nC\n\nD\n");
}

static void
test_days (void)
{
  static const struct
  {
    int year;
    int month;
    int day;
    const char *in[GUICHET_N_LANGUAGES];
  } cases[] = {
    { 2026, 1, 1, { "1er janvier 2026", "1 januari 2026", "1. Januar 2026", "1 January 2026" } },
    { 2024,
      2,
      29,
      { "29 février 2024", "29 februari 2024", "29. Februar 2024", "29 February 2024" } },
    { 2026, 8, 31, { "31 août 2026", "31 augustus 2026", "31. August 2026", "31 August 2026" } },
    { 2026,
      12,
      11,
      { "11 décembre 2026", "11 december 2026", "11. Dezember 2026", "11 December 2026" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int language = 0; language < GUICHET_N_LANGUAGES; language++)
      {
        GuichetDay day = guichet_day_new (cases[i].year, cases[i].month, cases[i].day);
        g_autofree char *words = guichet_day_words (day, language);

        g_assert_cmpstr (words, ==, cases[i].in[language]);
      }
  g_assert_null (guichet_day_words (GUICHET_DAY_NONE, GUICHET_LANGUAGE_FR));
}

static void
test_departments (void)
{
  for (int i = GUICHET_DEPARTMENT_POPULATION; i <= GUICHET_DEPARTMENT_ARCHIVES; i++)
    for (int language = 0; language < GUICHET_N_LANGUAGES; language++)
      g_assert_cmpuint (strlen (guichet_department_name (i, language)), >, 4);
  g_assert_cmpstr (guichet_department_name (GUICHET_DEPARTMENT_CIVIL_STATUS, GUICHET_LANGUAGE_NL),
                   ==,
                   "Burgerlijke stand");
}

static void
check_real (const GuichetTexts *texts,
            const GuichetCatalogue *catalogue,
            const GuichetRequest *request,
            const char *code)
{
  for (int language = 0; language < GUICHET_N_LANGUAGES; language++)
    for (int full = 0; full < 2; full++)
      {
        g_autoptr (GuichetRendering) rendering =
            guichet_texts_render (texts,
                                  code,
                                  catalogue,
                                  request,
                                  language,
                                  &town,
                                  full ? guichet_day_new (2026, 5, 6) : GUICHET_DAY_NONE,
                                  full ? "Motif <x>" : NULL,
                                  full ? "Phrase" : NULL);
        g_autofree char *mark =
            g_strdup_printf ("lang=\"%s\"", guichet_enum_word (GUICHET_TYPE_LANGUAGE, language));

        g_assert_cmpint (rendering->language, ==, language);
        g_assert_cmpuint (strlen (rendering->subject), >, 3);
        g_assert_null (strchr (rendering->subject, '\n'));
        g_assert_null (strstr (rendering->text, "{{"));
        g_assert_null (strstr (rendering->html, "{{"));
        g_assert_null (strstr (rendering->html, "<x>"));
        g_assert_null (strstr (rendering->text, "\n\n\n"));
        g_assert_nonnull (strstr (rendering->html, mark));
        g_assert_nonnull (strstr (rendering->text, request->reference));
        g_assert_true (g_utf8_validate (rendering->html, -1, NULL));
      }
}

/* Every text that a citizen can get, in every language, with all and with nothing to say. */
static void
test_real (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_real_catalogue ();
  g_autoptr (GHashTable) files = fixture_real_files ("texts", "");
  g_autoptr (GuichetTexts) texts = NULL;
  g_autoptr (GError) error = NULL;

  texts = guichet_texts_new (files, catalogue, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < guichet_catalogue_procedures (catalogue)->len; i++)
    {
      const GuichetProcedure *procedure = guichet_catalogue_procedures (catalogue)->pdata[i];

      for (guint j = 0; j < procedure->stages->len; j++)
        {
          const GuichetStage *stage = procedure->stages->pdata[j];

          for (guint k = 0; k < stage->moves->len; k++)
            {
              const GuichetMove *move = stage->moves->pdata[k];
              g_autoptr (GuichetRequest) request =
                  fixture_request (procedure,
                                   guichet_procedure_find_stage (procedure, move->to),
                                   NULL,
                                   FALSE);

              if (move->text != NULL)
                check_real (texts, catalogue, request, move->text);
            }
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Notifications say what they should, in the citizen's language, escaped.");

  g_test_add_func ("/text/renders", test_renders);
  g_test_add_func ("/text/vanishes", test_vanishes);
  g_test_add_func ("/text/languages", test_languages);
  g_test_add_func ("/text/falls-back", test_falls_back);
  g_test_add_func ("/text/subject-is-one-line", test_subject_is_one_line);
  g_test_add_func ("/text/broken", test_broken);
  g_test_add_func ("/text/windows-ends", test_windows_ends);
  g_test_add_func ("/text/days", test_days);
  g_test_add_func ("/text/departments", test_departments);
  g_test_add_func ("/text/real", test_real);

  return g_test_run ();
}
