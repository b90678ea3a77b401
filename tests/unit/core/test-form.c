/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-fixture.h"
#include "guichet-form.h"

#define TODAY (guichet_day_new (2026, 11, 24))

/* What POP-TST must be told, but for what a case is about. */
#define FORM(more) "{'forWhom':'myself','copies':1,'honour':true,'familyName':'Dupont'" more "}"

/* `type name` of every issue, in order, one a line. */
static char *
check (const GuichetProcedure *procedure, const GuichetCitizen *citizen, JsonObject *answers)
{
  g_autoptr (GPtrArray) issues = guichet_issues_new ();
  GString *text = g_string_new (NULL);
  gboolean fine = guichet_form_check (procedure, citizen, answers, TODAY, issues);

  for (guint i = 0; i < issues->len; i++)
    {
      const GuichetIssue *issue = g_ptr_array_index (issues, i);

      g_assert_cmpuint (strlen (issue->detail), >, 5);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "", issue->type, issue->name);
    }
  g_assert_true (fine == (issues->len == 0));
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *answers;
  const char *issues;
} cases[] = {
  { FORM (""), "" },
  { "{}",
    "requiredInput answers.familyName\nrequiredInput answers.forWhom\n"
    "requiredInput answers.copies\nrequiredInput answers.honour" },

  /* Kinds */
  { FORM (",'since':20260101"), "invalidStructure answers.since" },
  { FORM (",'since':null"), "invalidStructure answers.since" },
  { FORM (",'since':['2026-01-01']"), "invalidStructure answers.since" },
  { FORM (",'abroad':'true'"), "invalidStructure answers.abroad" },
  { FORM (",'abroad':1"), "invalidStructure answers.abroad" },
  { "{'forWhom':'myself','copies':'1','honour':true,'familyName':'Dupont'}",
    "invalidStructure answers.copies" },
  { "{'forWhom':'myself','copies':1.5,'honour':true,'familyName':'Dupont'}",
    "invalidStructure answers.copies" },
  { "{'forWhom':true,'copies':1,'honour':true,'familyName':'Dupont'}",
    "invalidStructure answers.forWhom" },

  /* Presence */
  { "{'forWhom':'myself','copies':1,'honour':false,'familyName':'Dupont'}",
    "requiredInput answers.honour" },
  { "{'forWhom':'myself','copies':1,'honour':true,'familyName':' '}",
    "requiredInput answers.familyName" },
  { FORM (",'remark':' '"), "" },
  { FORM (",'extra':1"), "unknownInput answers.extra" },

  /* Limits */
  { "{'forWhom':'myself','copies':0,'honour':true,'familyName':'Dupont'}",
    "outOfRange answers.copies" },
  { "{'forWhom':'myself','copies':9,'honour':true,'familyName':'Dupont'}", "" },
  { "{'forWhom':'myself','copies':10,'honour':true,'familyName':'Dupont'}",
    "outOfRange answers.copies" },

  /* What is asked depends on what was answered */
  { FORM (",'other':'Jean'"), "rejectedInput answers.other" },
  { FORM (",'number':'AB'"), "rejectedInput answers.number" },
  { FORM (",'abroad':false,'number':'AB'"), "rejectedInput answers.number" },
  { FORM (",'abroad':true"), "" },
  { "{'forWhom':'somebodyElse','copies':1,'honour':true,'familyName':'Dupont'}",
    "requiredInput answers.other" },
  { "{'forWhom':'somebodyElse','other':'J','copies':1,'honour':true,'familyName':'Dupont'}",
    "outOfRange answers.other" },
  { "{'forWhom':'somebodyElse','other':'Jean','copies':1,'honour':true,'familyName':'Dupont'}",
    "" },
  { "{'forWhom':'somebodyElse','other':'abcdefghijklmnopqrstu','copies':1,'honour':true,"
    "'familyName':'Dupont'}",
    "outOfRange answers.other" },
  { "{'forWhom':'somebodyElse','other':'éàùéàùéàùéàùéàùéàùéà','copies':1,'honour':true,"
    "'familyName':'Dupont'}",
    "" },
  { "{'forWhom':'nobody','copies':1,'honour':true,'familyName':'Dupont'}",
    "invalidInput answers.forWhom" },

  /* Patterns hold the whole answer */
  { FORM (",'abroad':true,'number':'AB'"), "" },
  { FORM (",'abroad':true,'number':'123'"), "" },
  { FORM (",'abroad':true,'number':'AB1'"), "invalidInput answers.number" },
  { FORM (",'abroad':true,'number':'1123'"), "invalidInput answers.number" },
  { FORM (",'abroad':true,'number':'123\\n'"),
    "invalidInput answers.number\ninvalidInput answers.number" },

  /* Dates */
  { FORM (",'since':'2026-02-29'"), "invalidInput answers.since" },
  { FORM (",'since':'24/11/2026'"), "invalidInput answers.since" },
  { FORM (",'since':'2024-02-29'"), "" },
  { FORM (",'since':'1499-12-31'"), "outOfRange answers.since" },
  { FORM (",'since':'1500-01-01'"), "" },
  { FORM (",'since':'2036-11-24'"), "" },
  { FORM (",'since':'2036-11-25'"), "outOfRange answers.since" },

  /* Texts */
  { FORM (",'remark':'a\\nb\\tc'"), "" },
  { FORM (",'remark':'a\\u0007'"), "invalidInput answers.remark" },
  { "{'forWhom':'somebodyElse','other':'a\\nb','copies':1,'honour':true,'familyName':'Dupont'}",
    "invalidInput answers.other" },

  /* Addresses, numbers, codes */
  { FORM (",'email':'a@b.be'"), "" },
  { FORM (",'email':'a.b+c@d-e.f.be'"), "" },
  { FORM (",'email':'a'"), "invalidInput answers.email" },
  { FORM (",'email':'a@b'"), "invalidInput answers.email" },
  { FORM (",'email':'@b.be'"), "invalidInput answers.email" },
  { FORM (",'email':'a@b.be\\nBcc: c@d.be'"), "invalidInput answers.email" },
  { FORM (",'email':'A <a@b.be>'"), "invalidInput answers.email" },
  { FORM (",'email':'a..b@c.be'"), "invalidInput answers.email" },
  { FORM (",'email':'a@b..be'"), "invalidInput answers.email" },
  { FORM (",'email':'a@.be'"), "invalidInput answers.email" },
  { FORM (",'email':'é@b.be'"), "invalidInput answers.email" },
  { FORM (",'phone':'+32 65 12.34.56'"), "" },
  { FORM (",'phone':'065/12 34 56'"), "" },
  { FORM (",'phone':'0470-12-34-56'"), "" },
  { FORM (",'phone':'65123456'"), "invalidInput answers.phone" },
  { FORM (",'phone':'+1234567'"), "invalidInput answers.phone" },
  { FORM (",'phone':'+1234567890123456'"), "invalidInput answers.phone" },
  { FORM (",'phone':'06512345678'"), "invalidInput answers.phone" },
  { FORM (",'phone':'0651234ab'"), "invalidInput answers.phone" },
  { FORM (",'postcode':'7000'"), "" },
  { FORM (",'postcode':'700'"), "invalidInput answers.postcode" },
  { FORM (",'postcode':'0700'"), "invalidInput answers.postcode" },
  { FORM (",'postcode':'B-7000'"), "invalidInput answers.postcode" },
  { FORM (",'postcode':'B-7000','country':'BE'"), "invalidInput answers.postcode" },
  { FORM (",'postcode':'SW1A 1AA','country':'GB'"), "" },
  { FORM (",'niss':'80.03.12-042.00'"), "invalidInput answers.niss" },
  { FORM (",'niss':'123'"), "invalidInput answers.niss" },
};

static void
test_cases (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");
  g_autoptr (GuichetCitizen) citizen = fixture_citizen ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) answers = fixture_object (cases[i].answers);
      g_autofree char *issues = check (procedure, citizen, answers);

      if (!g_str_equal (issues, cases[i].issues))
        g_error ("%s\nwanted: %s\ngot:    %s", cases[i].answers, cases[i].issues, issues);
    }
}

static void
test_lengths (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");
  g_autoptr (GuichetCitizen) citizen = fixture_citizen ();

  for (guint extra = 0; extra < 2; extra++)
    {
      g_autoptr (JsonObject) answers = fixture_object (FORM (""));
      g_autofree char *remark = g_strnfill (2000 + extra, 'x');
      g_autofree char *country = g_strnfill (200 + extra, 'x');
      g_autofree char *issues = NULL;

      json_object_set_string_member (answers, "remark", remark);
      json_object_set_string_member (answers, "country", country);
      issues = check (procedure, citizen, answers);
      g_assert_cmpstr (issues,
                       ==,
                       extra ? "outOfRange answers.country\noutOfRange answers.remark" : "");
    }
}

/* What the register says of a person is not for the form to change. */
static void
test_locked (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-SEC");
  g_autoptr (GuichetCitizen) citizen = fixture_citizen ();
  g_autoptr (JsonObject) right = json_object_new ();
  g_autoptr (JsonObject) wrong = fixture_object ("{'familyName':'Durand'}");
  g_autofree char *niss = g_strdup_printf ("%.2s.%.2s.%.2s-%.3s.%.2s",
                                           citizen->niss,
                                           citizen->niss + 2,
                                           citizen->niss + 4,
                                           citizen->niss + 6,
                                           citizen->niss + 9);
  g_autofree char *none = NULL;
  g_autofree char *both = NULL;
  g_autofree char *free_to_say = NULL;
  g_autofree char *unknown = NULL;
  g_autofree char *other_niss = NULL;

  json_object_set_string_member (right, "familyName", "Dupont");
  json_object_set_string_member (right, "niss", niss);
  none = check (procedure, citizen, right);
  g_assert_cmpstr (none, ==, "");

  /* The number of somebody else, right in itself. */
  json_object_set_string_member (wrong, "niss", "85073003328");
  both = check (procedure, citizen, wrong);
  g_assert_cmpstr (both, ==, "rejectedInput answers.familyName\nrejectedInput answers.niss");

  citizen->level = GUICHET_LEVEL_PASSWORD;
  free_to_say = check (procedure, citizen, wrong);
  g_assert_cmpstr (free_to_say, ==, "");

  citizen->level = GUICHET_LEVEL_EID;
  g_clear_pointer (&citizen->niss, g_free);
  unknown = check (procedure, citizen, wrong);
  g_assert_cmpstr (unknown, ==, "rejectedInput answers.familyName");
}

static void
test_level (void)
{
  static const struct
  {
    GuichetLevel level;
    gboolean other;
    gboolean enough;
  } levels[] = {
    { GUICHET_LEVEL_NONE, FALSE, FALSE }, { GUICHET_LEVEL_ITSME, FALSE, FALSE },
    { GUICHET_LEVEL_EID, FALSE, TRUE },   { GUICHET_LEVEL_COUNTER, FALSE, TRUE },
    { GUICHET_LEVEL_EID, TRUE, FALSE },   { GUICHET_LEVEL_COUNTER, TRUE, TRUE },
  };
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");
  g_autoptr (GuichetCitizen) citizen = fixture_citizen ();

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autoptr (JsonObject) answers = fixture_object (FORM (""));
      g_autofree char *issues = NULL;

      citizen->level = levels[i].level;
      if (levels[i].other)
        {
          json_object_set_string_member (answers, "forWhom", "somebodyElse");
          json_object_set_string_member (answers, "other", "Jean");
        }
      issues = check (procedure, citizen, answers);
      g_assert_cmpstr (issues, ==, levels[i].enough ? "" : "rejectedInput citizen.level");
    }
}

static void
test_birth_date (void)
{
  g_autoptr (GHashTable) files = fixture_files ();
  g_autoptr (GuichetCatalogue) catalogue = NULL;
  g_autoptr (GuichetCitizen) citizen = fixture_citizen ();
  g_autoptr (JsonObject) answers = fixture_object ("{'born':'2026-11-24'}");
  g_autoptr (JsonObject) unborn = fixture_object ("{'born':'2026-11-25'}");
  g_autofree char *none = NULL;
  g_autofree char *issues = NULL;

  fixture_replace (files,
                   "procedures/POP-SEC.json",
                   "[{'block':'requester'}]",
                   "[{'code':'a','titles':{'fr':'A'},'fields':[{'code':'born','type':'date',"
                   "'labels':{'fr':'Né'},'profile':'birthDate'}]}]");
  catalogue = guichet_catalogue_new (files, NULL);
  none = check (guichet_catalogue_find (catalogue, "POP-SEC"), citizen, answers);
  g_assert_cmpstr (none, ==, "");
  issues = check (guichet_catalogue_find (catalogue, "POP-SEC"), citizen, unborn);
  g_assert_cmpstr (issues, ==, "outOfRange answers.born");
}

static void
test_answer_text (void)
{
  static const struct
  {
    const char *field;
    const char *in[GUICHET_N_LANGUAGES];
  } texts[] = {
    { "forWhom", { "Moi", "Moi", "Moi", "Me" } },
    { "since", { "1er mars 2026", "1 maart 2026", "1. März 2026", "1 March 2026" } },
    { "abroad", { "oui", "ja", "ja", "yes" } },
    { "honour", { "non", "nee", "nein", "no" } },
    { "copies", { "3", "3", "3", "3" } },
    { "remark", { "Texte", "Texte", "Texte", "Texte" } },
    { "number", { NULL, NULL, NULL, NULL } },
    { "familyName", { NULL, NULL, NULL, NULL } },
    { "niss", { "85.07.30-033.28", "85.07.30-033.28", "85.07.30-033.28", "85.07.30-033.28" } },
  };
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");
  g_autoptr (JsonObject) answers =
      fixture_object ("{'forWhom':'myself','since':'2026-03-01','abroad':true,'honour':false,"
                      "'copies':3,'remark':'Texte','familyName':' ','niss':'85073003328'}");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (int language = 0; language < GUICHET_N_LANGUAGES; language++)
      {
        const GuichetField *field = guichet_procedure_find_field (procedure, texts[i].field);
        g_autofree char *text = guichet_form_answer_text (field, answers, language);

        g_assert_cmpstr (text, ==, texts[i].in[language]);
      }
}

/* Takes one answer away, or makes one of another kind, and says what must be noticed. */
static char *
spoil (const GuichetProcedure *procedure, JsonObject *answers)
{
  g_autoptr (GList) members = json_object_get_members (answers);
  guint index = (guint) g_test_rand_int_range (0, (gint32) g_list_length (members));
  const GuichetField *field =
      guichet_procedure_find_field (procedure, g_list_nth_data (members, index));
  gboolean take = field->required && g_test_rand_bit ();
  char *issue =
      g_strdup_printf ("%s answers.%s", take ? "requiredInput" : "invalidStructure", field->code);

  if (take)
    {
      g_autofree char *code = g_strdup (field->code);

      json_object_remove_member (answers, code);
    }
  else
    json_object_set_double_member (answers, field->code, 0.5);
  return issue;
}

/* Whatever is right passes, and one wrong answer is named, in every procedure there is. */
static void
check_catalogue (const GuichetCatalogue *catalogue)
{
  GPtrArray *procedures = guichet_catalogue_procedures (catalogue);
  g_autoptr (GuichetCitizen) citizen = fixture_citizen ();

  for (guint round = 0; round < procedures->len * 20; round++)
    {
      const GuichetProcedure *procedure = procedures->pdata[round % procedures->len];
      g_autoptr (JsonObject) answers = fixture_answers (procedure, citizen);
      g_autofree char *none = NULL;
      g_autofree char *spoiled = NULL;
      g_autofree char *issues = NULL;

      if (answers == NULL)
        g_error ("%s: a pattern that the test cannot answer", procedure->code);
      none = check (procedure, citizen, answers);
      if (*none != '\0')
        g_error ("%s: %s", procedure->code, none);

      if (json_object_get_size (answers) == 0)
        continue;
      spoiled = spoil (procedure, answers);
      issues = check (procedure, citizen, answers);
      if (strstr (issues, spoiled) == NULL)
        g_error ("%s: wanted %s, got %s", procedure->code, spoiled, issues);
    }
}

static void
test_random (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();

  check_catalogue (catalogue);
}

static void
test_random_real (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_real_catalogue ();

  check_catalogue (catalogue);
}

/* Who asks, as far as a citizen can be known so: the check says what is wrong with the rest. */
static void
test_take_profile (void)
{
  g_autoptr (GuichetCatalogue) catalogue = fixture_catalogue ();
  const GuichetProcedure *procedure = guichet_catalogue_find (catalogue, "POP-TST");
  g_autoptr (GuichetCitizen) citizen = guichet_citizen_new ();
  g_autoptr (GuichetCitizen) nobody = guichet_citizen_new ();
  g_autoptr (JsonObject) right =
      fixture_object ("{'familyName':'Dupont','niss':'85.07.30-033.28','country':'BE',"
                      "'postcode':'7000','remark':'x','phone':' ','email':'a@example.be'}");
  g_autoptr (JsonObject) wrong =
      fixture_object ("{'familyName':7,'niss':'85.07.30-033.29','country':'Belgique'}");

  guichet_form_take_profile (procedure, right, citizen);
  g_assert_cmpstr (citizen->family_name, ==, "Dupont");
  g_assert_cmpstr (citizen->niss, ==, "85073003328");
  g_assert_cmpstr (citizen->country, ==, "BE");
  g_assert_cmpstr (citizen->email, ==, "a@example.be");
  g_assert_null (citizen->phone);
  /* This form asks for a postcode, but not for the one of who asks. */
  g_assert_null (citizen->postcode);

  guichet_form_take_profile (procedure, wrong, nobody);
  g_assert_null (nobody->family_name);
  g_assert_null (nobody->niss);
  g_assert_null (nobody->country);
}

static void
test_set_profile (void)
{
  g_autoptr (GuichetCitizen) citizen = guichet_citizen_new ();
  g_autofree char *birth = NULL;

  g_assert_true (guichet_citizen_set_profile (citizen, "birthDate", "1985-07-30"));
  g_assert_false (guichet_citizen_set_profile (citizen, "birthDate", "30/07/1985"));
  birth = guichet_citizen_profile (citizen, "birthDate");
  g_assert_cmpstr (birth, ==, "1985-07-30");
  g_assert_true (guichet_citizen_set_profile (citizen, "number", "12"));
  g_assert_true (guichet_citizen_set_profile (citizen, "number", "12A"));
  g_assert_cmpstr (citizen->number, ==, "12A");
  g_assert_false (guichet_citizen_set_profile (citizen, "country", "BEL"));
  g_assert_null (citizen->country);
  g_assert_false (guichet_citizen_set_profile (citizen, "shoeSize", "43"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Answers are held against the form, every fault named at once.");

  g_test_add_func ("/form/cases", test_cases);
  g_test_add_func ("/form/lengths", test_lengths);
  g_test_add_func ("/form/locked", test_locked);
  g_test_add_func ("/form/level", test_level);
  g_test_add_func ("/form/birth-date", test_birth_date);
  g_test_add_func ("/form/answer-text", test_answer_text);
  g_test_add_func ("/form/take-profile", test_take_profile);
  g_test_add_func ("/form/set-profile", test_set_profile);
  g_test_add_func ("/form/random", test_random);
  g_test_add_func ("/form/random-real", test_random_real);

  return g_test_run ();
}
