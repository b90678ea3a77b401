/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small catalogue for tests, and what goes with it.
 */
#include "config.h"

#include "catalogue-fixture.h"
#include "guichet-form.h"
#include "guichet-niss.h"

static const struct
{
  const char *path;
  const char *json; /* ' for " */
} catalogue[] = {
  { "calendar.json", "{'closingDays':[{'every':'09-27','names':{'fr':'Fête'}}]}" },

  { "blocks/requester.json",
    "{'code':'requester','titles':{'fr':'Vous','nl':'U'},'fields':["
    "{'code':'familyName','type':'text','labels':{'fr':'Nom'},'required':true,"
    "'profile':'familyName','locked':true},"
    "{'code':'niss','type':'niss','labels':{'fr':'Registre national'},'profile':'niss',"
    "'locked':true},"
    "{'code':'postcode','type':'postcode','labels':{'fr':'Code postal'}},"
    "{'code':'country','type':'text','labels':{'fr':'Pays'},'profile':'country'},"
    "{'code':'email','type':'email','labels':{'fr':'Adresse électronique'},'profile':'email'},"
    "{'code':'phone','type':'phone','labels':{'fr':'Téléphone'},'profile':'phone'}]}" },

  { "flows/simple.json",
    "{'stages':["
    "{'code':'received','phase':'received','names':{'fr':'Reçue'},"
    "'citizenNames':{'fr':'Demande reçue','nl':'Aanvraag ontvangen'},'moves':["
    "{'to':'working','labels':{'fr':'Traiter'},'needs':'work','notify':'propose',"
    "'text':'inProgress'},"
    "{'to':'withdrawn','labels':{'fr':'Retirer'},'needs':'work','reason':true,"
    "'notify':'never'}]},"
    "{'code':'working','phase':'processing','names':{'fr':'En traitement'},"
    "'citizenNames':{'fr':'En cours','nl':'In behandeling','de':'In Bearbeitung',"
    "'en':'In progress'},'moves':["
    "{'to':'documents','labels':{'fr':'Demander'},'needs':'work','reason':true,"
    "'notify':'always','text':'documentsNeeded'},"
    "{'to':'ready','labels':{'fr':'Délivrer'},'needs':'work','document':true,"
    "'notify':'propose','text':'ready'},"
    "{'to':'atRegister','labels':{'fr':'Interroger'},'needs':'work','notify':'never'},"
    "{'to':'refused','labels':{'fr':'Refuser'},'needs':'decide','reason':true,"
    "'notify':'always','text':'refused'}]},"
    "{'code':'atRegister','phase':'processing','blocker':'federalRegister',"
    "'names':{'fr':'Au registre'},'citizenNames':{'fr':'Au registre'},'moves':["
    "{'to':'working','labels':{'fr':'Reprendre'},'needs':'work','notify':'never'}]},"
    "{'code':'documents','phase':'waiting','waiting':'documents',"
    "'names':{'fr':'Pièces'},'citizenNames':{'fr':'Pièces attendues'},'moves':["
    "{'to':'working','labels':{'fr':'Reprendre'},'needs':'work','notify':'never'}]},"
    "{'code':'ready','phase':'decided','result':'issued','names':{'fr':'Prête'},"
    "'citizenNames':{'fr':'Prête'},'moves':["
    "{'to':'pickup','labels':{'fr':'Retrait'},'needs':'work','notify':'never'},"
    "{'to':'closed','labels':{'fr':'Clôturer'},'needs':'work','notify':'never'},"
    "{'to':'working','labels':{'fr':'Rouvrir'},'needs':'reopen','reason':true,"
    "'notify':'never'}]},"
    "{'code':'pickup','phase':'waiting','waiting':'pickup','names':{'fr':'Au guichet'},"
    "'citizenNames':{'fr':'Au guichet'},'moves':["
    "{'to':'closed','labels':{'fr':'Clôturer'},'needs':'work','notify':'never'}]},"
    "{'code':'refused','phase':'decided','result':'refused','names':{'fr':'Refusée'},"
    "'citizenNames':{'fr':'Refusée'},'moves':["
    "{'to':'closed','labels':{'fr':'Clôturer'},'needs':'work','notify':'never'}]},"
    "{'code':'closed','phase':'closed','names':{'fr':'Clôturée'},"
    "'citizenNames':{'fr':'Terminée'},'moves':["
    "{'to':'working','labels':{'fr':'Rouvrir'},'needs':'reopen','reason':true,"
    "'notify':'propose','text':'inProgress'}]},"
    "{'code':'withdrawn','phase':'closed','result':'withdrawn','names':{'fr':'Retirée'},"
    "'citizenNames':{'fr':'Retirée'}}]}" },

  { "procedures/POP-TST.json",
    "{'code':'POP-TST','department':'population','names':{'fr':'Essai','nl':'Proef',"
    "'de':'Probe','en':'Trial'},'level':'eid','levelOther':'counter',"
    "'submittedText':'received','assumptions':['/fees/0','/terms/1/count'],"
    "'fees':[{'cents':500,'from':'2026-01-01','source':'règlement'},"
    "{'cents':250,'source':'assumption'}],"
    "'terms':[{'kind':'promise','count':3,'unit':'workingDays','start':'submitted',"
    "'stops':['documents','payment'],'until':'2025-12-31','source':'a'},"
    "{'kind':'promise','count':5,'unit':'workingDays','start':'submitted',"
    "'stops':['documents'],'restart':true,'from':'2026-01-01','source':'b'},"
    "{'kind':'legal','count':1,'unit':'months','start':'stage','startStage':'working',"
    "'roll':true,'source':'c'}],"
    "'form':[{'block':'requester'},{'code':'what','titles':{'fr':'Quoi'},'fields':["
    "{'code':'forWhom','type':'choice','labels':{'fr':'Pour qui'},'required':true,"
    "'choices':[{'code':'myself','names':{'fr':'Moi','en':'Me'}},"
    "{'code':'somebodyElse','names':{'fr':'Autrui'}}]},"
    "{'code':'other','type':'text','labels':{'fr':'Qui'},'required':true,'min':2,'max':20,"
    "'visibleIf':{'field':'forWhom','value':'somebodyElse'}},"
    "{'code':'copies','type':'integer','labels':{'fr':'Copies'},'required':true,'min':1,"
    "'max':9},"
    "{'code':'abroad','type':'boolean','labels':{'fr':'Étranger'}},"
    "{'code':'number','type':'text','labels':{'fr':'Numéro'},'pattern':'[A-Z]{2}|[0-9]{3}',"
    "'visibleIf':{'field':'abroad','value':'true'}},"
    "{'code':'since','type':'date','labels':{'fr':'Depuis'}},"
    "{'code':'remark','type':'longText','labels':{'fr':'Remarque'}},"
    "{'code':'honour','type':'boolean','labels':{'fr':'Sur mon honneur'},'required':true}]}],"
    "'flow':'simple'}" },

  { "procedures/POP-SEC.json",
    "{'code':'POP-SEC','department':'population','names':{'fr':'Discrète'},'restricted':true,"
    "'form':[{'block':'requester'}],'flow':'simple'}" },

  { "procedures/EC-OWN.json",
    "{'code':'EC-OWN','department':'civilStatus','names':{'fr':'Propre'},'level':'password',"
    "'form':[{'block':'requester'}],'stages':["
    "{'code':'received','phase':'received','names':{'fr':'Reçue'},'citizenNames':{'fr':'Reçue'},"
    "'moves':[{'to':'closed','labels':{'fr':'Clôturer'},'needs':'decide','notify':'never'}]},"
    "{'code':'closed','phase':'closed','result':'accepted','names':{'fr':'Close'},"
    "'citizenNames':{'fr':'Close'}}]}" },
};

static const struct
{
  const char *path;
  const char *content;
} texts[] = {
  { "frame.html",
    "<html "
    "lang=\"{{language}}\">\n<title>{{subject}}</title>\n{{paragraphs}}\n{{town}}\n</html>\n" },
  { "received.fr.txt", "Subject: Reçue {{reference}}\n\nBonjour {{citizenName}},\n" },
  { "documentsNeeded.fr.txt", "Subject: Pièces\n\nIl manque :\n\n{{reason}}\n" },
  { "ready.fr.txt", "Subject: Prête\n\nPrête au plus tard le {{dueDay}}.\n\nFin\n" },
  { "refused.fr.txt", "Subject: Refus\n\nMotif : {{reason}}\n" },
  { "inProgress.fr.txt",
    "Subject: {{procedure}} : {{stage}}\n\n"
    "Bonjour {{citizenName}},\n\n"
    "Réponse le {{dueDay}}.\n\n{{sentence}}\n\n{{reason}}\n\n"
    "Suivre : {{link}}\nService {{department}}, {{town}}, {{contact}} & <suite>\n" },
  { "inProgress.nl.txt", "Subject: {{procedure}}\n\n{{stage}}, {{department}}, {{dueDay}}\n" },
  { "inProgress.de.txt", "Subject: {{procedure}}\n\n{{stage}}, {{department}}, {{dueDay}}\n" },
  { "inProgress.en.txt", "Subject: {{procedure}}\n\n{{stage}}, {{department}}, {{dueDay}}\n" },
};

static char *
unquote (const char *json)
{
  return g_strdelimit (g_strdup (json), "'", '"');
}

static GHashTable *
new_files (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

static void
put (GHashTable *files, const char *path, const char *content)
{
  g_hash_table_insert (files, g_strdup (path), g_bytes_new (content, strlen (content)));
}

GHashTable *
fixture_files (void)
{
  GHashTable *files = new_files ();

  for (guint i = 0; i < G_N_ELEMENTS (catalogue); i++)
    fixture_put (files, catalogue[i].path, catalogue[i].json);
  return files;
}

GHashTable *
fixture_text_files (void)
{
  GHashTable *files = new_files ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    put (files, texts[i].path, texts[i].content);
  return files;
}

void
fixture_put (GHashTable *files, const char *path, const char *content)
{
  g_autofree char *text = g_str_has_suffix (path, ".json") ? unquote (content) : g_strdup (content);

  put (files, path, text);
}

void
fixture_replace (GHashTable *files, const char *path, const char *find, const char *replace)
{
  GBytes *bytes = g_hash_table_lookup (files, path);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *old = unquote (find);
  g_autofree char *new = unquote (replace);
  g_autofree char *result = NULL;
  char *place = strstr (text, old);

  if (place == NULL)
    g_error ("%s does not stand in %s", old, path);
  *place = '\0';
  result = g_strconcat (text, new, place + strlen (old), NULL);
  put (files, path, result);
}

GuichetCatalogue *
fixture_catalogue (void)
{
  g_autoptr (GHashTable) files = fixture_files ();
  g_autoptr (GError) error = NULL;
  GuichetCatalogue *self = guichet_catalogue_new (files, &error);

  g_assert_no_error (error);
  return self;
}

static void
read_folder (GHashTable *files, const char *folder, const char *prefix, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *relative = g_strconcat (prefix, name, NULL);
      g_autofree char *content = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          g_autofree char *inner = g_strconcat (relative, "/", NULL);

          read_folder (files, path, inner, suffix);
        }
      else if (g_str_has_suffix (name, suffix) &&
               g_file_get_contents (path, &content, &length, NULL))
        g_hash_table_insert (files, g_steal_pointer (&relative), g_bytes_new (content, length));
    }
}

GHashTable *
fixture_real_files (const char *folder, const char *suffix)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", folder, NULL);
  g_autoptr (GHashTable) files = new_files ();

  read_folder (files, path, "", suffix);
  g_assert_cmpuint (g_hash_table_size (files), >, 0);
  return g_steal_pointer (&files);
}

GuichetCatalogue *
fixture_real_catalogue (void)
{
  g_autoptr (GHashTable) files = fixture_real_files ("catalogue", ".json");
  g_autoptr (GError) error = NULL;
  GuichetCatalogue *self;

  self = guichet_catalogue_new (files, &error);
  g_assert_no_error (error);
  return self;
}

GuichetClerk *
fixture_clerk (const char *login, GuichetRole role, const char *restricted)
{
  GuichetClerk *self = guichet_clerk_new ();

  self->login = g_strdup (login);
  self->name = g_strdup (login);
  for (int i = GUICHET_DEPARTMENT_POPULATION; i <= GUICHET_DEPARTMENT_ARCHIVES; i++)
    {
      GuichetPost post = { (GuichetDepartment) i, role };

      g_array_append_val (self->posts, post);
    }
  g_strfreev (self->restricted);
  self->restricted = g_new0 (char *, 2);
  self->restricted[0] = g_strdup (restricted);
  return self;
}

GuichetCitizen *
fixture_citizen (void)
{
  GuichetCitizen *self = guichet_citizen_new ();

  self->family_name = g_strdup ("Dupont");
  self->given_names = g_strdup ("Marie Louise");
  self->niss = guichet_niss_make (1980, 3, 12, 42);
  self->birth_date = guichet_day_new (1980, 3, 12);
  self->email = g_strdup ("marie@example.be");
  self->phone = g_strdup ("+3265123456");
  self->street = g_strdup ("Rue d’Havré");
  self->number = g_strdup ("12");
  self->postcode = g_strdup ("7000");
  self->locality = g_strdup ("Mons");
  self->country = g_strdup ("BE");
  self->language = GUICHET_LANGUAGE_FR;
  self->level = GUICHET_LEVEL_COUNTER;
  return self;
}

JsonObject *
fixture_object (const char *json)
{
  g_autofree char *text = unquote (json);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = guichet_json_parse (bytes, &guichet_json_limits_default, &error);

  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

static GuichetEvent *
new_event (GuichetEventKind kind,
           const GuichetProcedure *procedure,
           const GuichetStage *stage,
           const char *owner,
           gint64 version)
{
  GuichetEvent *event = guichet_event_new (kind);

  event->number = version;
  event->reference = g_strdup ("26-K7M4-2QXF");
  event->procedure = g_strdup (procedure->code);
  event->department = procedure->department;
  event->stage = g_strdup (stage->code);
  event->phase = stage->phase;
  event->waiting = stage->waiting;
  event->blocker = stage->blocker;
  event->result = stage->result;
  if (stage->result == GUICHET_RESULT_NONE &&
      (stage->phase == GUICHET_PHASE_DECIDED || stage->phase == GUICHET_PHASE_CLOSED))
    event->result = GUICHET_RESULT_ISSUED;
  event->assignee = g_strdup (owner);
  event->actor = g_strdup (GUICHET_ACTOR_DAEMON);
  event->instant = version;
  event->version = version;
  event->key = g_uuid_string_random ();
  return event;
}

GuichetRequest *
fixture_request (const GuichetProcedure *procedure,
                 const GuichetStage *stage,
                 const char *owner,
                 gboolean document)
{
  g_autoptr (GuichetEvent) submitted = new_event (GUICHET_EVENT_SUBMITTED,
                                                  procedure,
                                                  guichet_procedure_first_stage (procedure),
                                                  NULL,
                                                  1);
  g_autoptr (GuichetEvent) moved =
      new_event (GUICHET_EVENT_STAGE_MOVED, procedure, stage, owner, 2);
  g_autoptr (GuichetEvent) attached =
      new_event (GUICHET_EVENT_DOCUMENT_ATTACHED, procedure, stage, owner, 3);
  g_autoptr (GuichetRequest) first = NULL;
  g_autoptr (GuichetRequest) second = NULL;

  submitted->citizen = fixture_citizen ();
  submitted->answers = json_object_new ();
  submitted->channel = GUICHET_CHANNEL_WEB;
  attached->document = g_uuid_string_random ();
  attached->document_name = g_strdup ("attestation.pdf");

  first = guichet_request_apply (NULL, submitted);
  second = guichet_request_apply (first, moved);
  return document ? guichet_request_apply (second, attached) : g_steal_pointer (&second);
}

/* Something that a text with this pattern and these limits may be; NULL if nothing was found. */
static char *
text_answer (const GuichetField *field)
{
  static const char *const tries[] = { "Mons",
                                       "BE",
                                       "7000",
                                       "123",
                                       "A1",
                                       "12345678",
                                       "BE68539007547034",
                                       "1234567890",
                                       "592-1234567-89",
                                       "53000A0123_00B000",
                                       "A 123 B" };
  g_autofree char *pattern =
      g_strdup_printf ("^(?:%s)$", field->pattern != NULL ? field->pattern : "[\\s\\S]*");

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    if (g_regex_match_simple (pattern, tries[i], 0, 0))
      {
        GString *text = g_string_new (tries[i]);

        while (field->pattern == NULL && field->min != G_MININT64 &&
               (gint64) text->len < field->min)
          g_string_append_c (text, 'x');
        return g_string_free (text, FALSE);
      }
  return NULL;
}

static char *
string_answer (const GuichetField *field, const GuichetCitizen *citizen)
{
  if (field->profile != NULL)
    return guichet_citizen_profile (citizen, field->profile);

  switch (field->type)
    {
    case GUICHET_FIELD_CHOICE:
      {
        guint index = (guint) g_test_rand_int_range (0, (gint32) field->choices->len);
        const GuichetChoice *choice = g_ptr_array_index (field->choices, index);

        return g_strdup (choice->code);
      }
    case GUICHET_FIELD_DATE:
      return g_strdup ("2026-03-04");
    case GUICHET_FIELD_EMAIL:
      return g_strdup ("someone@example.be");
    case GUICHET_FIELD_PHONE:
      return g_strdup ("0470 12 34 56");
    case GUICHET_FIELD_NISS:
      return guichet_niss_make (2004, 2, 29, 7);
    case GUICHET_FIELD_POSTCODE:
      return g_strdup ("7000");
    case GUICHET_FIELD_TEXT:
    case GUICHET_FIELD_LONG_TEXT:
    case GUICHET_FIELD_INTEGER:
    case GUICHET_FIELD_BOOLEAN:
    default:
      return text_answer (field);
    }
}

static gboolean
answer (const GuichetField *field, const GuichetCitizen *citizen, JsonObject *answers)
{
  g_autofree char *text = NULL;

  if (!field->required && g_test_rand_bit ())
    return TRUE;
  if (field->type == GUICHET_FIELD_BOOLEAN)
    {
      json_object_set_boolean_member (answers, field->code, TRUE);
      return TRUE;
    }
  if (field->type == GUICHET_FIELD_INTEGER)
    {
      json_object_set_int_member (answers,
                                  field->code,
                                  field->min != G_MININT64 ? field->min : MIN (field->max, 1));
      return TRUE;
    }

  text = string_answer (field, citizen);
  if (text != NULL)
    json_object_set_string_member (answers, field->code, text);
  return text != NULL || !field->required;
}

JsonObject *
fixture_answers (const GuichetProcedure *procedure, const GuichetCitizen *citizen)
{
  g_autoptr (JsonObject) answers = json_object_new ();

  for (guint i = 0; i < procedure->pages->len; i++)
    {
      const GuichetPage *page = g_ptr_array_index (procedure->pages, i);

      for (guint j = 0; j < page->fields->len; j++)
        {
          const GuichetField *field = g_ptr_array_index (page->fields, j);

          if (guichet_form_is_asked (procedure, field, answers) &&
              !answer (field, citizen, answers))
            return NULL;
        }
    }
  return g_steal_pointer (&answers);
}
