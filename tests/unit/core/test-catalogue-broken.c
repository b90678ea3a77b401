/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-fixture.h"

/* What is spoiled, and every word that is said of it. */
typedef struct
{
  const char *path;
  const char *find;    /* (nullable): NULL: the whole file becomes @replace */
  const char *replace; /* (nullable): NULL: the file is taken away */
  const char *message;
} Broken;

#define POP "procedures/POP-TST.json"
#define SEC "procedures/POP-SEC.json"
#define OWN "procedures/EC-OWN.json"
#define REQ "blocks/requester.json"
#define FLOW "flows/simple.json"

static const Broken structure[] = {
  { POP, NULL, "{", POP ": *" },
  { POP, NULL, "[]", POP ": must be an object*" },
  { POP, "'department':'population',", "", POP ": /department: is missing" },
  { POP, "population", "police", POP ": /department: is not one of the words known here" },
  { POP, "{'fr':'Essai',", "{", POP ": /names/fr: is missing" },
  { POP, "{'fr':'Essai',", "{'fr':'',", POP ": /names/fr: is empty" },
  { POP, "{'fr':'Essai',", "{'fr':'Essai','it':'Prova',", POP ": /names/it: *" },
  { POP, "'level':'eid'", "'level':3", POP ": /level: must be a string" },
  { POP,
    "'code':'POP-TST'",
    "'code':'POP-TXT'",
    POP ": /code: must be the same as the name of the file" },
  { POP,
    "'code':'POP-TST'",
    "'code':'pop'",
    POP ": /code: must be capitals and digits, parts joined by hyphens\n" POP
        ": /code: must be the same as the name of the file" },
  { POP, "'department'", "'departement':'x','department'", POP ": /departement: *" },
  { POP,
    "'block':'requester'",
    "'block':'requestor'",
    POP ": /form/0/block: there is no blocks/requestor.json" },
  { POP, "'flow':'simple'", "'flow':'simpel'", POP ": /flow: there is no flows/simpel.json" },
  { POP, ",'flow':'simple'", "", POP ": must have either \"flow\" or \"stages\"" },
  { POP,
    "'flow':'simple'",
    "'flow':'simple','stages':[]",
    POP ": must have either \"flow\" or \"stages\"" },
  { POP, "'cents':500", "'cents':-1", POP ": /fees/0/cents: must be from 0 to *" },
  { POP, "'cents':500", "'cents':5.0", POP ": /fees/0/cents: must be an integer" },
  { POP,
    "'from':'2026-01-01','source':'règlement'",
    "'from':'2026-02-30','source':'r'",
    POP ": /fees/0/from: must be a day, written YYYY-MM-DD" },
  { POP,
    "'source':'assumption'",
    "'note':1",
    POP ": /fees/1/source: is missing\n" POP ": /fees/1/note: *" },
  { POP, "'count':3", "'count':0", POP ": /terms/0/count: must be from 1 to 1000" },
  { POP, "'payment'", "'paiement'", POP ": /terms/0/stops: \"paiement\" is no reason to wait" },
  { POP, "'workingDays'", "'days'", POP ": /terms/0/unit: is not one of the words known here" },
  { POP,
    "'/terms/1/count'",
    "'/terms/3'",
    POP ": /assumptions: \"/terms/3\" leads nowhere in this file" },
  { POP,
    "'/terms/1/count'",
    "'terms'",
    POP ": /assumptions: \"terms\" leads nowhere in this file" },
  { POP,
    "'type':'date'",
    "'type':'day'",
    POP ": /form/1/fields/5/type: is not one of the words known here" },
  { POP,
    "'code':'copies'",
    "'code':'Copies'",
    POP ": /form/1/fields/2/code: must begin with a small letter and hold only letters, digits "
        "and hyphens" },
  { POP,
    "'code':'myself'",
    "'code':'my self'",
    POP ": /form/1/fields/0/choices/0/code: must hold only letters, digits and hyphens" },
  { POP,
    "{'field':'abroad','value':'true'}",
    "{'field':'abroad','value':true}",
    POP ": /form/1/fields/4/visibleIf/value: must be a string" },
  { REQ,
    "'labels':{'fr':'Nom'}",
    "'labels':{'nl':'Naam'}",
    REQ ": /fields/0/labels/fr: is missing" },
  { FLOW,
    "'phase':'processing'",
    "'phase':'busy'",
    FLOW ": /stages/1/phase: is not one of the words known here" },
  { FLOW,
    "'needs':'work'",
    "'needs':'all'",
    FLOW ": /stages/0/moves/0/needs: must be work, decide or reopen" },
  { FLOW, "'needs':'work',", "", FLOW ": /stages/0/moves/0/needs: is missing" },
  { FLOW, "'notify':'propose',", "", FLOW ": /stages/0/moves/0/notify: is missing" },
  { FLOW, "{'to':'working',", "{", FLOW ": /stages/0/moves/0/to: is missing" },
  { "calendar.json", NULL, NULL, "calendar.json: is missing" },
  { "calendar.json", NULL, "nothing", "calendar.json: *" },
  { "calendar.json",
    NULL,
    "{'closingDays':[{'every':'13-01','names':{'fr':'x'}}]}",
    "calendar.json: *" },
  { "procedures/extra/A.json",
    NULL,
    "{}",
    "procedures/extra/A.json: is not a file of a catalogue" },
  { "notes.json", NULL, "{}", "notes.json: is not a file of a catalogue" },
};

#define IDENTITY(content) "'identity':[" content "],'flow':'simple'}"

static const Broken meaning[] = {
  { POP,
    "'flow':'simple'}",
    IDENTITY ("{'stage':'nowhere','to':'closed','hours':1}"),
    POP ": /identity/0/stage: there is no stage \"nowhere\"" },
  { POP,
    "'flow':'simple'}",
    IDENTITY ("{'stage':'working','to':'working','hours':1}"),
    POP ": /identity/0/to: no move leads from \"working\" to \"working\"" },
  { POP,
    "'flow':'simple'}",
    IDENTITY ("{'stage':'refused','to':'closed','hours':1},"
              "{'stage':'refused','to':'closed','hours':2}"),
    POP ": /identity/1/to: stands here twice for this move" },
  { POP,
    "'flow':'simple'}",
    IDENTITY ("{'stage':'closed','to':'working','hours':1}"),
    POP ": /identity/0/stage: \"closed\" is closed" },
  { POP,
    "'flow':'simple'}",
    IDENTITY ("{'stage':'refused','to':'closed','hours':0}"),
    POP ": /identity/0/hours: must be from 1 to 8784" },
  { POP,
    "'from':'2026-01-01','source':'règlement'",
    "'source':'r'",
    POP ": /fees/1/from: is the same day as that of /fees/0" },
  { POP,
    "'until':'2025-12-31'",
    "'until':'2026-01-01'",
    POP ": /terms/1/from: on some days /terms/0 holds as well, with the same start" },
  { POP,
    "'until':'2025-12-31',",
    "",
    POP ": /terms/1/from: on some days /terms/0 holds as well, with the same start" },
  { POP,
    "'until':'2025-12-31'",
    "'from':'2025-12-31','until':'2025-12-30'",
    POP ": /terms/0/until: is before from" },
  { POP,
    "'startStage':'working'",
    "'startStage':'somewhere'",
    POP ": /terms/2/startStage: there is no stage \"somewhere\"" },
  { POP, "'startStage':'working',", "", POP ": /terms/2/startStage: is missing" },
  { POP,
    "'start':'stage'",
    "'start':'submitted'",
    POP ": /terms/2/startStage: means nothing unless start is \"stage\"" },
  { POP, "'stops':['documents'],", "", POP ": /terms/1/restart: means nothing without stops" },

  { POP,
    "'code':'copies'",
    "'code':'familyName'",
    POP ": /form/1/fields/2/code: the form of POP-TST has two fields \"familyName\"" },
  { POP,
    "'code':'what'",
    "'code':'requester'",
    POP ": /form/1/code: the form of POP-TST has two pages \"requester\"" },
  { POP,
    "{'field':'abroad',",
    "{'field':'since',",
    POP ": /form/1/fields/4/visibleIf/field: no field \"since\" stands before this one (in the "
        "form of POP-TST)" },
  { POP,
    "{'field':'abroad',",
    "{'field':'number',",
    POP ": /form/1/fields/4/visibleIf/field: no field \"number\" stands before this one (in the "
        "form of POP-TST)" },
  { POP,
    "{'field':'abroad',",
    "{'field':'copies',",
    POP ": /form/1/fields/4/visibleIf/field: must be a choice or a boolean" },
  { POP,
    "'value':'true'",
    "'value':'yes'",
    POP ": /form/1/fields/4/visibleIf/value: \"yes\" is no answer to \"abroad\" (in the form of "
        "POP-TST)" },
  { POP,
    "'value':'somebodyElse'",
    "'value':'nobody'",
    POP ": /form/1/fields/1/visibleIf/value: \"nobody\" is no answer to \"forWhom\" (in the form "
        "of POP-TST)" },
  { POP,
    "'levelOther':'counter',",
    "",
    POP ": /levelOther: is missing, though the form has a field forWhom" },
  { POP,
    "'code':'myself'",
    "'code':'me'",
    POP ": /form: forWhom must be a choice of \"myself\" and \"somebodyElse\"" },
  { SEC,
    "'restricted'",
    "'levelOther':'eid','restricted'",
    SEC ": /levelOther: means nothing: the form has no field forWhom" },

  { POP, "'min':2,'max':20", "'min':21,'max':20", POP ": /form/1/fields/1/min: is more than max" },
  { POP,
    "'min':2,'max':20",
    "'min':-1,'max':0",
    POP ": /form/1/fields/1/min: a text has no fewer than 0 characters\n" POP
        ": /form/1/fields/1/max: must be from 1 to 1000 characters" },
  { POP,
    "'max':20",
    "'max':1001",
    POP ": /form/1/fields/1/max: must be from 1 to 1000 characters" },
  { POP,
    "'code':'since'",
    "'min':1,'max':2,'code':'since'",
    POP ": /form/1/fields/5/min: only a text or an integer has one\n" POP
        ": /form/1/fields/5/max: only a text or an integer has one" },
  { POP,
    "'code':'since'",
    "'pattern':'x','code':'since'",
    POP ": /form/1/fields/5/pattern: only a text has one" },
  { POP, "[A-Z]{2}|", "([A-Z]{2}|", POP ": /form/1/fields/4/pattern: does not compile: *" },
  { POP, "[A-Z]{2}|[0-9]{3}", "a)(b", POP ": /form/1/fields/4/pattern: does not compile: *" },
  { POP,
    "'code':'since'",
    "'choices':[{'code':'a','names':{'fr':'A'}}],'code':'since'",
    POP ": /form/1/fields/5/choices: only a choice has them" },
  { POP,
    "'code':'somebodyElse'",
    "'code':'myself'",
    POP ": /form/1/fields/0/choices/1/code: \"myself\" stands here twice\n" POP
        ": /form/1/fields/1/visibleIf/value: \"somebodyElse\" is no answer to \"forWhom\" (in the "
        "form of POP-TST)\n" POP
        ": /form: forWhom must be a choice of \"myself\" and \"somebodyElse\"" },
  { POP,
    "'type':'date'",
    "'type':'choice'",
    POP ": /form/1/fields/5/choices: there must be two at least" },
  { REQ,
    "'profile':'familyName',",
    "",
    REQ ": /fields/0/locked: only a field with a profile can be locked" },
  { REQ,
    "'profile':'familyName'",
    "'profile':'surname'",
    REQ ": /fields/0/profile: nothing called \"surname\" is known of a person" },
  { REQ,
    "'profile':'email'",
    "'profile':'birthDate'",
    REQ ": /fields/4/profile: \"birthDate\" fills a field of type date" },
  { SEC,
    "[{'block':'requester'}]",
    "[{'code':'empty','titles':{'fr':'x'},'fields':[]}]",
    SEC ": /form/0/fields: there is no field" },

  { OWN,
    "'to':'closed'",
    "'to':'end'",
    OWN ": /stages/0/moves/0/to: there is no stage \"end\"\n" OWN
        ": /stages/1: \"closed\" cannot be reached\n" OWN
        ": /stages/0: from \"received\" no way leads to a closed stage" },
  { OWN,
    "'to':'closed'",
    "'to':'received'",
    OWN ": /stages/0/moves/0/to: leads to the stage where it begins\n" OWN
        ": /stages/1: \"closed\" cannot be reached\n" OWN
        ": /stages/0: from \"received\" no way leads to a closed stage" },
  { OWN,
    "'result':'accepted',",
    "",
    OWN ": /stages/1/result: is missing: \"closed\" can be reached from \"received\" without "
        "any" },
  { OWN,
    "'phase':'received'",
    "'phase':'processing'",
    OWN ": /stages/0/phase: the first stage must be \"received\"" },
  { OWN,
    "'phase':'closed'",
    "'phase':'decided'",
    OWN ": /stages/0: from \"received\" no way leads to a closed stage\n" OWN
        ": /stages/1: from \"closed\" no way leads to a closed stage" },
  { OWN,
    "{'code':'closed'",
    "{'code':'received'",
    OWN ": /stages/0/moves/0/to: there is no stage \"closed\"\n" OWN
        ": /stages/1/code: \"received\" stands here twice\n" OWN
        ": /stages/1: \"received\" cannot be reached\n" OWN
        ": /stages/0: from \"received\" no way leads to a closed stage" },

  { FLOW,
    "'to':'withdrawn'",
    "'to':'working'",
    FLOW ": /stages/0/moves/1/to: there are two moves to \"working\"\n" FLOW
         ": /stages/8: \"withdrawn\" cannot be reached" },
  { FLOW,
    "'phase':'waiting','waiting':'documents'",
    "'phase':'waiting'",
    FLOW ": /stages/3/waiting: is missing: a waiting stage says why" },
  { FLOW,
    "'phase':'waiting','waiting':'documents'",
    "'phase':'processing','waiting':'documents'",
    FLOW ": /stages/3/waiting: only a stage with phase \"waiting\" has one" },
  { FLOW,
    "'phase':'decided','result':'refused'",
    "'phase':'decided','blocker':'police','result':'refused'",
    FLOW ": /stages/6/blocker: only a stage with phase \"processing\" has one" },
  { FLOW,
    "'phase':'processing','names'",
    "'phase':'processing','result':'issued','names'",
    FLOW ": /stages/1/result: what is still worked on has none" },
  /* Pickup keeps a result, any other waiting loses it. */
  { FLOW,
    "'waiting':'pickup'",
    "'waiting':'appointment'",
    FLOW ": /stages/7/result: is missing: \"closed\" can be reached from \"pickup\" without "
         "any" },
  { FLOW,
    "'result':'refused',",
    "",
    FLOW ": /stages/6/result: is missing: \"refused\" can be reached from \"working\" without "
         "any\n" FLOW
         ": /stages/7/result: is missing: \"closed\" can be reached from \"refused\" without "
         "any" },
  { FLOW,
    "{'to':'withdrawn',",
    "{'to':'closed','labels':{'fr':'x'},'needs':'work','notify':'never'},{'to':'withdrawn',",
    FLOW ": /stages/7/result: is missing: \"closed\" can be reached from \"received\" without "
         "any" },
  { FLOW,
    "'needs':'decide'",
    "'needs':'reopen'",
    FLOW ": /stages/1/moves/3/needs: \"reopen\" leads from a decided or closed stage to one that "
         "is neither" },
  { FLOW,
    "'needs':'reopen','reason':true,'notify':'propose'",
    "'needs':'work','reason':true,'notify':'propose'",
    FLOW ": /stages/7/moves/0/needs: only \"reopen\" leads out of a closed stage" },
  { FLOW,
    "'notify':'propose','text':'inProgress'",
    "'notify':'never','text':'inProgress'",
    FLOW ": /stages/0/moves/0/text: means nothing: notify is \"never\"" },
  { FLOW,
    "'notify':'propose','text':'inProgress'",
    "'notify':'always'",
    FLOW ": /stages/0/moves/0/text: is missing: the citizen is to be told" },
  { FLOW, NULL, "{'stages':[]}", FLOW ": /stages: there is no stage\n*" },
};

static void
check_broken (const Broken *cases, guint n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr (GHashTable) files = fixture_files ();
      g_autoptr (GuichetCatalogue) catalogue = NULL;
      g_autoptr (GError) error = NULL;

      if (cases[i].find != NULL)
        fixture_replace (files, cases[i].path, cases[i].find, cases[i].replace);
      else if (cases[i].replace != NULL)
        fixture_put (files, cases[i].path, cases[i].replace);
      else
        g_hash_table_remove (files, cases[i].path);

      catalogue = guichet_catalogue_new (files, &error);
      if (catalogue != NULL)
        g_error ("case %u was not noticed: %s", i, cases[i].message);
      g_assert_error (error, GUICHET_CATALOGUE_ERROR, GUICHET_CATALOGUE_ERROR_INVALID);
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_error ("case %u:\nwanted %s\ngot    %s", i, cases[i].message, error->message);
      if (strchr (cases[i].message, '*') == NULL)
        g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_structure (void)
{
  check_broken (structure, G_N_ELEMENTS (structure));
}

static void
test_meaning (void)
{
  check_broken (meaning, G_N_ELEMENTS (meaning));
}

/* Everything that is wrong is said at once, and nothing only because something else is. */
static void
test_all_at_once (void)
{
  g_autoptr (GHashTable) files = fixture_files ();
  g_autoptr (GError) error = NULL;

  fixture_put (files, REQ, "{");
  fixture_replace (files, POP, "population", "police");
  fixture_replace (files, POP, "'cents':500", "'cents':-1");
  fixture_replace (files, FLOW, "'needs':'work'", "'needs':'all'");
  fixture_replace (files, OWN, "'to':'closed'", "'to':'end'");

  g_assert_null (guichet_catalogue_new (files, &error));
  g_assert_true (
      g_pattern_match_simple (REQ ": *\n" FLOW
                                  ": /stages/0/moves/0/needs: must be work, decide or reopen\n" POP
                                  ": /department: is not one of the words known here\n" POP
                                  ": /fees/0/cents: must be from 0 to 2147483647",
                              error->message));
}

static void
test_no_procedure (void)
{
  g_autoptr (GHashTable) files = fixture_files ();
  g_autoptr (GError) error = NULL;

  g_hash_table_remove (files, POP);
  g_hash_table_remove (files, SEC);
  g_hash_table_remove (files, OWN);
  g_assert_null (guichet_catalogue_new (files, &error));
  g_assert_cmpstr (error->message, ==, "procedures: there is no procedure");
}

/* Whatever bytes come, the answer is a catalogue or an error. */
static void
test_mangled (void)
{
  static const char *const paths[] = { POP, OWN, REQ, FLOW, "calendar.json" };

  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr (GHashTable) files = fixture_files ();
      const char *path = paths[g_test_rand_int_range (0, G_N_ELEMENTS (paths))];
      g_autoptr (GByteArray) bytes =
          g_bytes_unref_to_array (g_bytes_ref (g_hash_table_lookup (files, path)));
      guint place = (guint) g_test_rand_int_range (0, (gint32) bytes->len - 1);
      guint count = (guint) g_test_rand_int_range (1, 40);
      g_autoptr (GuichetCatalogue) catalogue = NULL;
      g_autoptr (GError) error = NULL;

      if (g_test_rand_bit ())
        bytes->data[place] = (guint8) g_test_rand_int_range (1, 127);
      else
        g_byte_array_remove_range (bytes, place, MIN (bytes->len - place, count));
      g_hash_table_insert (files,
                           g_strdup (path),
                           g_byte_array_free_to_bytes (g_steal_pointer (&bytes)));

      catalogue = guichet_catalogue_new (files, &error);
      g_assert_true ((catalogue == NULL) == (error != NULL));
      if (error != NULL)
        g_assert_error (error, GUICHET_CATALOGUE_ERROR, GUICHET_CATALOGUE_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("A catalogue with mistakes is refused, each with its place and cause.");

  g_test_add_func ("/catalogue-broken/structure", test_structure);
  g_test_add_func ("/catalogue-broken/meaning", test_meaning);
  g_test_add_func ("/catalogue-broken/all-at-once", test_all_at_once);
  g_test_add_func ("/catalogue-broken/no-procedure", test_no_procedure);
  g_test_add_func ("/catalogue-broken/mangled", test_mangled);

  return g_test_run ();
}
