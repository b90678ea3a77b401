/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How sample people fill in forms. The catalogue may ask anything, so what the answer looks
 * like is told by the code of the question; a code that nobody thought of gets a general one.
 */
#define G_LOG_DOMAIN "guichet-sample-answers"

#include "config.h"

#include "guichet-sample-answers.h"

#include "guichet-form.h"
#include "guichet-niss.h"
#include "guichet-sample-names.h"
#include "guichet-sample-person.h"

#define WORDS(...)      \
  (const char *const[]) \
  {                     \
    __VA_ARGS__, NULL   \
  }

/* What a question is about, by a part of its code (whatever the case of the first letter). */
typedef struct
{
  const char *part;
  const char *const *answers;
} Subject;

// clang-format off
static const Subject subjects[] = {
  { "otherParcels", WORDS ("Mons 2e division, B, 124 D", "Jemappes 1re division, A, 77 K\nJemappes 1re division, A, 78 B") },
  { "parcelNumber", WORDS ("123 C", "45 F 2", "210 K", "88 R 3", "317 B") },
  { "division", WORDS ("Mons 1re division", "Mons 5e division", "Jemappes 2e division", "Cuesmes 1re division") },
  { "section", WORDS ("A", "B", "C", "D") },
  { "ddress", WORDS ("rue de Nimy 12, 7000 Mons", "avenue du Tir 40, 7000 Mons", "rue de la Station 7, 7012 Jemappes",
                     "place de Cuesmes 3, 7033 Cuesmes", "chaussée de Binche 118, 7000 Mons") },
  { "ountry", WORDS ("France", "Italie", "Maroc", "Espagne", "Canada", "Turquie", "Luxembourg") },
  { "lace", WORDS ("Mons", "Jemappes", "Charleroi", "La Louvière", "Tournai", "Bruxelles", "Soignies") },
  { "ocality", WORDS ("Mons", "Jemappes", "Cuesmes", "Ghlin", "Hyon") },
  { "enterpriseNumber", WORDS ("0207.656.610", "0403.170.701") },
  { "office", WORDS ("Étude Gallez et associés", "Étude Delmotte", "Bureau Urbaplan") },
  { "notary", WORDS ("Me Gallez, notaire à Mons", "Me Delmotte, notaire à Jemappes") },
  { "architectName", WORDS ("Claire Hennebert, rue d’Enghien 14, 7000 Mons", "Atelier Leclercq, Grand-Rue 60, 7000 Mons") },
  { "court", WORDS ("Tribunal de première instance du Hainaut, division de Mons") },
  { "hospital", WORDS ("Hôpital Ambroise Paré, Mons", "CHR Mons-Hainaut", "Hôpital de Jolimont") },
  { "contractDetails", WORDS ("Contrat 2019/4471 du 3 mai 2019, Funérailles Dupuis") },
  { "requestingBody", WORDS ("Caisse de retraite française (CARSAT)", "Istituto nazionale della previdenza sociale", "Service des pensions") },
  { "employer", WORDS ("Université de Mons", "CPAS de Mons", "École communale de Ghlin", "Garde Sécurité SPRL") },
  { "activity", WORDS ("Gardiennage", "Transport de personnes", "Débit de boissons") },
  { "institution", WORDS ("Université de Mons", "Cercle archéologique de Mons", "Recherche personnelle") },
  { "otherMotive", WORDS ("Abonnement de train", "Inscription à un club sportif", "Demande de visa") },
  { "documents", WORDS ("Composition de ménage", "Acte de naissance et certificat de résidence", "Tous les documents de population") },
  { "data", WORDS ("Date d’inscription, état civil et nationalité", "Historique des inscriptions depuis 2001") },
  { "purpose", WORDS ("Vente de la maison", "Travaux d’isolation", "Litige de mitoyenneté") },
  { "interest", WORDS ("Règlement de la succession de ma grand-mère", "Reconstitution d’un dossier de pension") },
  { "limits", WORDS ("Sauf la cornée", "Sans restriction") },
  { "wantedGivenNames", WORDS ("Camille", "Sacha Louise", "Élias") },
  { "explanation", WORDS ("Je porte ce prénom depuis l’école et tout le monde m’appelle ainsi.") },
  { "description", WORDS ("Construction d’une annexe en toiture plate à l’arrière de la maison, 24 m².",
                          "Transformation d’une grange en deux logements, sans modification de volume.",
                          "Remplacement des châssis en façade à rue et pose d’un crépi clair.") },
  { "question", WORDS ("Puis-je fermer le car-port existant pour en faire un bureau ? La parcelle est en zone d’habitat.",
                       "Un abri de jardin de 30 m² à deux mètres de la limite demande-t-il un permis ?") },
  { "known", WORDS ("Mon arrière-grand-père Jules, mineur à Jemappes, né vers 1885, marié à Cuesmes en 1909.",
                    "La famille vient de Ghlin ; je remonte jusqu’à une naissance de 1851.") },
  { "project", WORDS ("Étude des migrations de travail vers les charbonnages du Borinage entre 1890 et 1914.") },
  { "shelfMarks", WORDS ("Registres paroissiaux de Sainte-Waudru, 1740-1760", "Plans de la gare, fonds des travaux publics, 112",
                         "Comptes de la ville, 1834") },
  { "publication", WORDS ("« Mons en cartes postales », éditions du Doudou") },
  { "subject", WORDS ("Délibération du conseil communal sur le plan de mobilité de 2024", "Rapport sur l’état des trottoirs de la rue de Nimy") },
};
// clang-format on

/* Questions about a day: how far from that of the request it may lie. */
static const struct
{
  const char *part;
  int from, until;
} days[] = {
  { "wedding", 30, 150 },          { "deed", 20, 90 },
  { "validUntil", 60, 365 },       { "visit", 5, 30 },
  { "departure", 3, 60 },          { "moveDate", -8, 0 },
  { "childBirth", -12, 0 },        { "spouseBirth", -22000, -7000 },
  { "proxyBirth", -25000, -7000 }, { "marriageDate", 30, 150 },
};

/* Questions about a number, where the least allowed would be odd. */
static const struct
{
  const char *part;
  gint32 from, until;
} numbers[] = {
  { "year", 1862, 1945 },
  { "hours", 1, 8 },
  { "pages", 1, 24 },
  { "plots", 3, 9 },
};

static gboolean
chance (GRand *random, double probability)
{
  return g_rand_double (random) < probability;
}

static gboolean
fits (const GuichetField *field, const char *text)
{
  g_autofree char *whole =
      field->pattern != NULL ? g_strdup_printf ("^(?:%s)$", field->pattern) : NULL;
  glong chars = g_utf8_strlen (text, -1);

  return chars >= field->min && chars <= field->max &&
         (whole == NULL || g_regex_match_simple (whole, text, 0, 0));
}

/* One of @words that the field takes, or NULL. */
static const char *
pick_fitting (GRand *random, const GuichetField *field, const char *const *words)
{
  guint count = g_strv_length ((char **) words);
  guint start = (guint) g_rand_int_range (random, 0, (gint32) count);

  for (guint i = 0; i < count; i++)
    if (fits (field, words[(start + i) % count]))
      return words[(start + i) % count];
  return NULL;
}

static const char *
pick_subject (GRand *random, const GuichetField *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      const char *text = strstr (field->code, subjects[i].part) != NULL
                             ? pick_fitting (random, field, subjects[i].answers)
                             : NULL;

      if (text != NULL)
        return text;
    }
  return NULL;
}

/* Names of other people: `Dupont Marie`, or the part that is asked. */
static char *
pick_name (GRand *random, const GuichetField *field)
{
  static const char *const parts[] = { "arent",     "pouse",   "child",  "persons",
                                       "ownerName", "witness", "members" };
  const char *family = guichet_sample_pick (random, guichet_sample_family_names);
  const char *given =
      guichet_sample_pick (random,
                           chance (random, 0.5) ? guichet_sample_women : guichet_sample_men);

  if (strstr (field->code, "amilyName") != NULL)
    return g_strdup (family);
  if (strstr (field->code, "ivenName") != NULL && strstr (field->code, "wanted") == NULL)
    return g_strdup (given);
  for (guint i = 0; i < G_N_ELEMENTS (parts) && strstr (field->code, "ddress") == NULL; i++)
    if (strstr (field->code, parts[i]) != NULL)
      return g_strdup_printf ("%s %s", family, given);
  return NULL;
}

static char *
pick_text (GRand *random, const GuichetField *field)
{
  char *name = pick_name (random, field);
  const char *text;

  if (name != NULL)
    return name;
  if (g_str_has_suffix (field->code, "Street"))
    return g_strdup (guichet_sample_pick (random, guichet_sample_streets));
  if (g_str_has_suffix (field->code, "Number") && field->max <= 10)
    return g_strdup_printf ("%d", g_rand_int_range (random, 1, 180));
  if (g_str_has_suffix (field->code, "Box"))
    return g_strdup_printf ("%d", g_rand_int_range (random, 1, 12));

  text = pick_subject (random, field);
  if (text == NULL)
    text = pick_fitting (random,
                         field,
                         field->pattern != NULL ? guichet_sample_codes : guichet_sample_words);
  return g_strdup (text);
}

static GuichetDay
pick_day (GRand *random, const GuichetField *field, GuichetDay day)
{
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (strstr (field->code, days[i].part) != NULL)
      return day + g_rand_int_range (random, days[i].from, days[i].until + 1);
  return day - g_rand_int_range (random, 30, 9000);
}

static char *
pick_string (GRand *random, const GuichetField *field, GuichetDay day)
{
  const GuichetChoice *choice;
  int year, month, of_month;

  switch (field->type)
    {
    case GUICHET_FIELD_CHOICE:
      choice = g_ptr_array_index (field->choices,
                                  g_rand_int_range (random, 0, (gint32) field->choices->len));
      return g_strdup (choice->code);
    case GUICHET_FIELD_DATE:
      return guichet_day_text (pick_day (random, field, day));
    case GUICHET_FIELD_EMAIL:
      return g_strdup ("quelquun@example.org");
    case GUICHET_FIELD_PHONE:
      return g_strdup ("+32650000042");
    case GUICHET_FIELD_NISS:
      guichet_day_split (day - g_rand_int_range (random, 9000, 30000), &year, &month, &of_month);
      return guichet_niss_make (year, month, of_month, (guint) g_rand_int_range (random, 1, 998));
    case GUICHET_FIELD_POSTCODE:
      return g_strdup ("7000");
    case GUICHET_FIELD_TEXT:
    case GUICHET_FIELD_LONG_TEXT:
    case GUICHET_FIELD_INTEGER:
    case GUICHET_FIELD_BOOLEAN:
    default:
      return pick_text (random, field);
    }
}

static gint64
pick_integer (GRand *random, const GuichetField *field, JsonObject *answers)
{
  gint64 min = field->min > G_MININT64 ? field->min : 1;
  gint64 max = field->max < G_MAXINT64 ? MIN (field->max, min + 20) : min + 5;

  if (g_str_equal (field->code, "yearTo") && json_object_has_member (answers, "yearFrom"))
    return json_object_get_int_member (answers, "yearFrom") + g_rand_int_range (random, 0, 10);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strstr (field->code, numbers[i].part) != NULL)
      return CLAMP (g_rand_int_range (random, numbers[i].from, numbers[i].until + 1),
                    field->min,
                    field->max);

  /* Most people ask for the least. */
  return chance (random, 0.8) ? min : min + g_rand_int_range (random, 0, (gint32) (max - min + 1));
}

static void
answer (GRand *random,
        const GuichetField *field,
        const GuichetCitizen *citizen,
        GuichetDay day,
        JsonObject *answers)
{
  g_autofree char *known =
      field->profile != NULL ? guichet_citizen_profile (citizen, field->profile) : NULL;
  g_autofree char *text = NULL;

  /* What the profile would have filled in and has not is not known; other questions get skipped. */
  if (known == NULL && !field->required && (field->profile != NULL || chance (random, 0.5)))
    return;

  if (known != NULL)
    json_object_set_string_member (answers, field->code, known);
  else if (field->type == GUICHET_FIELD_INTEGER)
    json_object_set_int_member (answers, field->code, pick_integer (random, field, answers));
  else if (field->type == GUICHET_FIELD_BOOLEAN)
    json_object_set_boolean_member (answers, field->code, field->required || chance (random, 0.3));
  else if ((text = pick_string (random, field, day)) != NULL)
    json_object_set_string_member (answers, field->code, text);
}

JsonObject *
guichet_sample_answers (GRand *random,
                        const GuichetProcedure *procedure,
                        const GuichetCitizen *citizen,
                        GuichetDay day)
{
  JsonObject *answers = json_object_new ();

  for (guint i = 0; i < procedure->pages->len; i++)
    {
      const GuichetPage *page = g_ptr_array_index (procedure->pages, i);

      for (guint j = 0; j < page->fields->len; j++)
        {
          const GuichetField *field = g_ptr_array_index (page->fields, j);

          if (guichet_form_is_asked (procedure, field, answers))
            answer (random, field, citizen, day, answers);
        }
    }
  return answers;
}
