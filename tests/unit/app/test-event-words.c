/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "guichet-event-words.h"
#include "guichet-conflict.h"

static void
assert_title (GuichetEvent *event, const char *expected)
{
  g_autofree char *title = guichet_event_words_title (event, NULL, "Luc Lefebvre");

  g_assert_cmpstr (title, ==, expected);
}

static void
test_title (void)
{
  g_autoptr (GuichetEvent) submitted = guichet_event_new (GUICHET_EVENT_SUBMITTED);
  g_autoptr (GuichetEvent) assigned = guichet_event_new (GUICHET_EVENT_ASSIGNED);
  g_autoptr (GuichetEvent) moved = guichet_event_new (GUICHET_EVENT_STAGE_MOVED);
  g_autoptr (GuichetEvent) blocked = guichet_event_new (GUICHET_EVENT_BLOCKED);
  g_autoptr (GuichetEvent) attached = guichet_event_new (GUICHET_EVENT_DOCUMENT_ATTACHED);

  submitted->channel = GUICHET_CHANNEL_COUNTER;
  assert_title (submitted, "Request filed at the counter");
  assert_title (assigned, "Given to Luc Lefebvre");
  moved->from_stage = g_strdup ("received");
  moved->stage = g_strdup ("prepared");
  assert_title (moved, "received → prepared");
  blocked->blocker = GUICHET_BLOCKER_POLICE;
  assert_title (blocked, "Blocked: Police");
  attached->document_name = g_strdup ("attestation.pdf");
  assert_title (attached, "Document attached: attestation.pdf");
}

/* No kind of the journal is left without words and an icon. */
static void
test_every_kind (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (GUICHET_TYPE_EVENT_KIND);

  for (guint i = 0; i < kinds->n_values; i++)
    {
      const GuichetEventKind kind = (GuichetEventKind) kinds->values[i].value;
      g_autoptr (GuichetEvent) event = NULL;
      g_autofree char *title = NULL;

      if (kind == GUICHET_EVENT_NONE)
        continue;
      event = guichet_event_new (kind);
      event->assignee = g_strdup ("luc.lefebvre");
      event->document_name = g_strdup ("x.pdf");
      title = guichet_event_words_title (event, NULL, NULL);
      g_assert_cmpstr (title, !=, "");
      g_assert_nonnull (guichet_event_words_icon (kind));
    }
}

static void
test_detail (void)
{
  g_autoptr (GuichetEvent) blocked = guichet_event_new (GUICHET_EVENT_BLOCKED);
  g_autofree char *alone = NULL;
  g_autofree char *both = NULL;

  blocked->until = guichet_day_new (2026, 12, 1);
  alone = guichet_event_words_detail (blocked);
  g_assert_cmpstr (alone, ==, "Expected until Tuesday 1 December 2026");
  blocked->text = g_strdup ("domicile visit");
  both = guichet_event_words_detail (blocked);
  g_assert_cmpstr (both, ==, "domicile visit (expected until Tuesday 1 December 2026)");
}

static void
test_identity_check (void)
{
  g_autoptr (GuichetEvent) event = guichet_event_new (GUICHET_EVENT_IDENTITY_CHECKED);
  g_autofree char *same = NULL;
  g_autofree char *moved = NULL;

  event->check = guichet_identity_check_new ();
  event->check->finding = GUICHET_FINDING_VERIFIED_WITH_REMARK;
  event->check->method = GUICHET_METHOD_CARD_AND_PIN;
  assert_title (event, "Identity verified, with a remark");
  same = guichet_event_words_detail (event);
  g_assert_cmpstr (same, ==, "By card and PIN.");

  g_strfreev (event->check->differs);
  event->check->differs = g_strsplit ("street postcode", " ", -1);
  moved = guichet_event_words_detail (event);
  g_assert_cmpstr (moved,
                   ==,
                   "By card and PIN. Not the same on card and request: street and number, "
                   "postcode.");
}

/* Months later a supervisor reads which verdicts it were, since when and why. */
static void
test_identity_refused (void)
{
  g_autoptr (GuichetEvent) event = guichet_event_new (GUICHET_EVENT_IDENTITY_CHECKED);
  GuichetIdentityCheck *check = event->check = guichet_identity_check_new ();
  g_autofree char *detail = NULL;

  check->finding = GUICHET_FINDING_NOT_TRUSTED;
  check->method = GUICHET_METHOD_CARD;
  guichet_identity_check_add_verdict (check, "genuine", "good", NULL, "of 2020");
  guichet_identity_check_add_verdict (check, "pinNotAsked", "caution", NULL, "of 2020");
  guichet_identity_check_add_verdict (check, "presenceNotProved", "caution", NULL, "of 2020");
  guichet_identity_check_add_verdict (check, "photoForged", "bad", "photo", "of 2020");
  guichet_identity_check_add_verdict (check,
                                      "revoked",
                                      "bad",
                                      "authenticationCertificate",
                                      "of 2020");
  guichet_identity_check_set_behind (check, guichet_day_new (2026, 11, 26), "keyCompromise");
  guichet_identity_check_add_verdict (check,
                                      "revocationUnknown",
                                      "caution",
                                      "signatureCertificate",
                                      "of 2020");
  guichet_identity_check_set_behind (check, GUICHET_DAY_NONE, "noAnswer");
  guichet_identity_check_add_verdict (check, "unheardOf", "bad", NULL, "of 2040");

  detail = guichet_event_words_detail (event);
  g_assert_cmpstr (detail,
                   ==,
                   "By the card’s files alone: a copy of them would look the same.\n"
                   "Warning: The photo was exchanged (photo).\n"
                   "Warning: The card was revoked (certificate to sign in with). Revoked since "
                   "Thursday 26 November 2026: its key may be in other hands.\n"
                   "Take note: Not known whether the card was revoked. The State's servers could "
                   "not be reached, or gave no answer that counts.");
}

static gboolean
disturbs_something (GuichetEventKind kind)
{
  g_autoptr (GPtrArray) since =
      g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_event_unref);
  GuichetEvent *event = guichet_event_new (kind);

  event->actor = g_strdup ("luc.lefebvre");
  g_ptr_array_add (since, event);
  for (int command = GUICHET_COMMAND_CLAIM; command <= GUICHET_COMMAND_PURGE; command++)
    if (guichet_conflict_find ((GuichetCommandKind) command, since, "marie.dubois") != NULL)
      return TRUE;
  return FALSE;
}

/* Whatever an act is given back for is said. */
static void
test_changed (void)
{
  const char *unknown = guichet_event_words_changed (GUICHET_EVENT_NONE);

  for (int kind = GUICHET_EVENT_SUBMITTED; kind <= GUICHET_EVENT_PURGED; kind++)
    if (disturbs_something ((GuichetEventKind) kind))
      g_assert_cmpstr (guichet_event_words_changed ((GuichetEventKind) kind), !=, unknown);
}

static void
test_delivery (void)
{
  static const struct
  {
    GuichetDelivery delivery;
    const char *words;
  } cases[] = {
    { GUICHET_DELIVERY_QUEUED, "Waiting to be sent to a@example.be" },
    { GUICHET_DELIVERY_DELAYED, "Not accepted yet, will be tried again: a@example.be" },
    { GUICHET_DELIVERY_SENT, "Sent to a@example.be" },
    { GUICHET_DELIVERY_FAILED, "Could not be delivered to a@example.be" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char address[] = "a@example.be";
      const GuichetNotification notification = { .address = address,
                                                 .delivery = cases[i].delivery };
      g_autofree char *words = guichet_event_words_delivery (&notification);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_every_command (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (GUICHET_TYPE_COMMAND_KIND);

  for (guint i = 0; i < kinds->n_values; i++)
    {
      const GuichetCommandKind kind = (GuichetCommandKind) kinds->values[i].value;
      g_autoptr (GuichetCommand) command = NULL;
      g_autofree char *words = NULL;

      if (kind == GUICHET_COMMAND_NONE)
        continue;
      command = guichet_command_new (kind);
      command->to = g_strdup ("issued");
      command->document_name = g_strdup ("x.pdf");
      words = guichet_event_words_command (command, NULL, NULL);
      g_assert_cmpstr (words, !=, "");
      g_assert_cmpint (guichet_event_words_command_kind (kind), !=, GUICHET_EVENT_NONE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/event-words/title", test_title);
  g_test_add_func ("/app/event-words/every-kind", test_every_kind);
  g_test_add_func ("/app/event-words/detail", test_detail);
  g_test_add_func ("/app/event-words/identity-check", test_identity_check);
  g_test_add_func ("/app/event-words/identity-refused", test_identity_refused);
  g_test_add_func ("/app/event-words/changed", test_changed);
  g_test_add_func ("/app/event-words/delivery", test_delivery);
  g_test_add_func ("/app/event-words/every-command", test_every_command);
  return g_test_run ();
}
