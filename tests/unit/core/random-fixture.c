/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "random-fixture.h"

#include "guichet-niss.h"

/* In November 2026. */
#define INSTANT (G_GINT64_CONSTANT (1795514400) * G_USEC_PER_SEC)

gboolean
random_coin (void)
{
  return g_test_rand_bit ();
}

char *
random_words (void)
{
  static const char *const some[] = { "Éléonore", "acte",      "“oui”", "ligne\nsuivante",
                                      "\\",       "d'accord",  "7",     "\"cité\"",
                                      "\t",       "</script>", "👍",     "{{citizenName}}" };
  GString *text = g_string_new ("x");

  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    g_string_append_printf (text, " %s", some[g_test_rand_int_range (0, G_N_ELEMENTS (some))]);
  return g_string_free (text, FALSE);
}

static char *
perhaps_words (void)
{
  return random_coin () ? random_words () : NULL;
}

static char *
perhaps (const char *text)
{
  return random_coin () ? g_strdup (text) : NULL;
}

static GuichetDay
perhaps_day (void)
{
  return random_coin () ? g_test_rand_int_range (-20000, 40000) : GUICHET_DAY_NONE;
}

int
random_value (GType type)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return klass->values[g_test_rand_int_range (0, (int) klass->n_values)].value;
}

int
random_word (GType type)
{
  int value = random_value (type);

  while (guichet_enum_word (type, value) == NULL)
    value = random_value (type);
  return value;
}

GuichetCitizen *
random_citizen (void)
{
  GuichetCitizen *citizen = guichet_citizen_new ();

  citizen->family_name = random_words ();
  citizen->given_names = perhaps_words ();
  citizen->niss = random_coin () ? guichet_niss_make (g_test_rand_int_range (1920, 2026),
                                                      g_test_rand_int_range (1, 13),
                                                      g_test_rand_int_range (1, 29),
                                                      (guint) g_test_rand_int_range (1, 999))
                                 : NULL;
  citizen->birth_date = perhaps_day ();
  citizen->email = perhaps ("a@example.org");
  citizen->phone = perhaps ("+3265405511");
  citizen->street = perhaps ("Grand-Place");
  citizen->number = perhaps ("22");
  citizen->box = perhaps ("b 3");
  citizen->postcode = perhaps ("7000");
  citizen->locality = perhaps ("Mons");
  citizen->country = perhaps ("BE");
  citizen->language = (GuichetLanguage) random_word (GUICHET_TYPE_LANGUAGE);
  citizen->level = (GuichetLevel) random_value (GUICHET_TYPE_LEVEL);
  return citizen;
}

JsonObject *
random_answers (void)
{
  JsonObject *answers = json_object_new ();
  g_autofree char *text = random_words ();

  if (random_coin ())
    json_object_set_string_member (answers, "text", text);
  if (random_coin ())
    json_object_set_int_member (answers, "count", g_test_rand_int ());
  if (random_coin ())
    json_object_set_boolean_member (answers, "yes", random_coin ());
  return answers;
}

static void
fill_document (GuichetEvent *event)
{
  event->document = g_uuid_string_random ();
  event->document_name = random_words ();
  event->document_type = g_strdup ("application/pdf");
  event->document_sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, event->document, -1);
  event->document_size = g_test_rand_int_range (0, GUICHET_DOCUMENT_MAX);
}

static void
fill_notification (GuichetEvent *event)
{
  static const char *const ids[] = { "one", "two", "three" };
  gboolean queued = event->kind == GUICHET_EVENT_NOTIFICATION_QUEUED;

  event->notification = g_strdup (ids[g_test_rand_int_range (0, G_N_ELEMENTS (ids))]);
  event->address = queued ? g_strdup ("a@example.org") : perhaps ("a@example.org");
  if (event->kind == GUICHET_EVENT_NOTIFICATION_DELAYED && random_coin ())
    event->next_attempt = INSTANT + g_test_rand_int ();
  if (event->kind == GUICHET_EVENT_NOTIFICATION_DELAYED ||
      event->kind == GUICHET_EVENT_NOTIFICATION_FAILED)
    event->detail = perhaps_words ();
  if (!queued)
    return;

  event->notification_text = g_strdup ("inProgress");
  event->notification_language = (GuichetLanguage) random_word (GUICHET_TYPE_LANGUAGE);
  event->sentence = perhaps_words ();
  event->text = perhaps_words ();
  event->from_stage = perhaps ("before");
  event->repeats = perhaps ("one");
}

static GuichetIdentityCheck *
random_check (void)
{
  GuichetIdentityCheck *check = guichet_identity_check_new ();
  g_autoptr (GBytes) content = g_bytes_new_static ("\x30\x00", 2);

  check->finding = (GuichetFinding) random_word (GUICHET_TYPE_FINDING);
  check->method = (GuichetMethod) random_word (GUICHET_TYPE_METHOD);
  check->comparison = (GuichetAgreement) random_value (GUICHET_TYPE_AGREEMENT);
  check->certificate = perhaps ("10000000000012345678");
  if (random_coin ())
    {
      g_strfreev (check->differs);
      check->differs = g_strsplit ("familyName street", " ", -1);
    }
  for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
    {
      g_autofree char *detail = random_words ();

      guichet_identity_check_add_verdict (check,
                                          "cardExpired",
                                          "bad",
                                          random_coin () ? "identity" : NULL,
                                          detail);
      if (random_coin ())
        guichet_identity_check_set_behind (check,
                                           guichet_day_new (2026, 11, 26),
                                           random_coin () ? "keyCompromise" : NULL);
      guichet_identity_check_add_file (check, "identity", content);
    }
  return check;
}

static void
fill_payload (GuichetEvent *event)
{
  switch (event->kind)
    {
    case GUICHET_EVENT_SUBMITTED:
      event->citizen = random_citizen ();
      event->answers = random_answers ();
      event->channel = (GuichetChannel) random_word (GUICHET_TYPE_CHANNEL);
      break;
    case GUICHET_EVENT_STAGE_MOVED:
      event->from_stage = g_strdup ("before");
      event->text = perhaps_words ();
      break;
    case GUICHET_EVENT_NOTE_WRITTEN:
      event->text = random_words ();
      break;
    case GUICHET_EVENT_RELEASED:
    case GUICHET_EVENT_ASSIGNED:
    case GUICHET_EVENT_PURGED:
      event->text = perhaps_words ();
      break;
    case GUICHET_EVENT_BLOCKED:
      event->blocker = (GuichetBlocker) random_word (GUICHET_TYPE_BLOCKER);
      event->until = perhaps_day ();
      event->text = perhaps_words ();
      break;
    case GUICHET_EVENT_DOCUMENT_ATTACHED:
      fill_document (event);
      break;
    case GUICHET_EVENT_IDENTITY_CHECKED:
      event->check = random_check ();
      break;
    case GUICHET_EVENT_NOTIFICATION_QUEUED:
    case GUICHET_EVENT_NOTIFICATION_SENT:
    case GUICHET_EVENT_NOTIFICATION_DELAYED:
    case GUICHET_EVENT_NOTIFICATION_FAILED:
      fill_notification (event);
      break;
    case GUICHET_EVENT_NONE:
    case GUICHET_EVENT_CLAIMED:
    case GUICHET_EVENT_UNBLOCKED:
    default:
      break;
    }
}

GuichetEvent *
random_event (GuichetEventKind kind, gint64 version)
{
  GuichetEvent *event = guichet_event_new (kind);

  event->number = version * 3;
  event->reference = g_strdup ("26-2222-2222");
  event->procedure = g_strdup ("POP-CM");
  event->department = (GuichetDepartment) random_word (GUICHET_TYPE_DEPARTMENT);
  event->stage = g_strdup (random_coin () ? "check" : "asked");
  event->phase = (GuichetPhase) random_word (GUICHET_TYPE_PHASE);
  event->waiting = (GuichetWaiting) random_value (GUICHET_TYPE_WAITING);
  event->blocker = (GuichetBlocker) random_value (GUICHET_TYPE_BLOCKER);
  event->result = (GuichetResult) random_value (GUICHET_TYPE_RESULT);
  event->assignee = perhaps ("marie.dubois");
  event->actor = g_strdup (random_coin () ? "luc.lefebvre" : GUICHET_ACTOR_DAEMON);
  event->instant = INSTANT + version * 1000003;
  event->version = version;
  event->key = g_uuid_string_random ();
  fill_payload (event);
  return event;
}

static void
fill_basis (GuichetCommand *command)
{
  if (random_coin ())
    command->after = g_uuid_string_random ();
  if (command->after == NULL || random_coin ())
    command->expected_version = g_test_rand_int_range (1, G_MAXINT);
}

static void
fill_submission (GuichetCommand *command)
{
  command->procedure = g_strdup ("POP-CM");
  command->channel = (GuichetChannel) random_word (GUICHET_TYPE_CHANNEL);
  command->citizen = random_citizen ();
  command->answers = random_answers ();
}

static void
fill_document_command (GuichetCommand *command)
{
  gsize length = (gsize) g_test_rand_int_range (0, 100);
  guint8 *content = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    content[i] = (guint8) g_test_rand_int_range (0, 256);
  command->document_name = random_words ();
  command->document = g_bytes_new_take (content, length);
}

static void
fill_report (GuichetCommand *command)
{
  static const GuichetEventKind fates[] = { GUICHET_EVENT_NOTIFICATION_SENT,
                                            GUICHET_EVENT_NOTIFICATION_DELAYED,
                                            GUICHET_EVENT_NOTIFICATION_FAILED };

  command->notification = g_strdup ("one");
  command->fate = fates[g_test_rand_int_range (0, G_N_ELEMENTS (fates))];
  command->detail = perhaps_words ();
  command->next_attempt = random_coin () ? INSTANT : 0;
}

GuichetCommand *
random_command (GuichetCommandKind kind)
{
  GuichetCommand *command = guichet_command_new (kind);

  if (kind != GUICHET_COMMAND_SUBMIT && kind != GUICHET_COMMAND_REPORT_NOTIFICATION &&
      kind != GUICHET_COMMAND_PURGE)
    fill_basis (command);

  switch (kind)
    {
    case GUICHET_COMMAND_SUBMIT:
      fill_submission (command);
      break;
    case GUICHET_COMMAND_MOVE:
      command->to = g_strdup ("check");
      command->text = perhaps_words ();
      command->sentence = perhaps_words ();
      command->notify = random_coin ();
      break;
    case GUICHET_COMMAND_ASSIGN:
      command->to = g_strdup ("marie.dubois");
      command->text = perhaps_words ();
      break;
    case GUICHET_COMMAND_RELEASE:
      command->text = perhaps_words ();
      break;
    case GUICHET_COMMAND_NOTE:
      command->text = random_words ();
      break;
    case GUICHET_COMMAND_PURGE:
      command->by = g_strdup ("root");
      command->text = random_words ();
      break;
    case GUICHET_COMMAND_BLOCK:
      command->blocker = (GuichetBlocker) random_word (GUICHET_TYPE_BLOCKER);
      command->until = perhaps_day ();
      command->text = perhaps_words ();
      break;
    case GUICHET_COMMAND_ATTACH_DOCUMENT:
      fill_document_command (command);
      break;
    case GUICHET_COMMAND_RESEND_NOTIFICATION:
      command->notification = g_strdup ("one");
      command->address = perhaps ("b@example.org");
      command->sentence = perhaps_words ();
      break;
    case GUICHET_COMMAND_CHECK_IDENTITY:
      command->challenge = g_strdup ("00ff");
      command->check = random_coin () ? random_check () : NULL;
      break;
    case GUICHET_COMMAND_REPORT_NOTIFICATION:
      fill_report (command);
      break;
    case GUICHET_COMMAND_NONE:
    case GUICHET_COMMAND_CLAIM:
    case GUICHET_COMMAND_UNBLOCK:
    default:
      break;
    }
  return command;
}

GPtrArray *
random_life (guint length)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);

  for (guint i = 0; i < length; i++)
    {
      GuichetEventKind kind = GUICHET_EVENT_SUBMITTED;

      /* A purge comes last, if it comes. */
      while (i > 0 &&
             (kind == GUICHET_EVENT_SUBMITTED || (kind == GUICHET_EVENT_PURGED && i + 1 < length)))
        kind = (GuichetEventKind) random_word (GUICHET_TYPE_EVENT_KIND);
      g_ptr_array_add (events, random_event (kind, i + 1));
    }
  return events;
}

GuichetRequest *
random_fold (const GuichetRequest *before, GPtrArray *events, guint first)
{
  GuichetRequest *request = NULL;

  for (guint i = first; i < events->len; i++)
    {
      GuichetRequest *after =
          guichet_request_apply (request != NULL ? request : before, g_ptr_array_index (events, i));

      g_assert_nonnull (after);
      g_clear_pointer (&request, guichet_request_unref);
      request = after;
    }
  return request;
}
