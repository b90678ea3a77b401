/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the queue to the transport and back as an event, over days and restarts.
 */
#include "config.h"

#include "office.h"

#include "guichetd-postman.h"
#include "guichetd-transport.h"

#include <string.h>

#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)
#define GIVE_UP (72 * 60 * MINUTE)
/* Bound of every wait; what is waited for takes a moment. */
#define PATIENCE (60 * G_USEC_PER_SEC)

/* A transport that does what the test says, and keeps what it was given. */
#define TYPE_CARRIER (carrier_get_type ())
G_DECLARE_FINAL_TYPE (Carrier, carrier, TEST, CARRIER, GObject)

typedef enum
{
  CARRIER_DELIVERS,
  CARRIER_REFUSES_FOR_NOW,
  CARRIER_REFUSES_FOR_EVER,
  CARRIER_STALLS, /* until it is given up */
} CarrierMood;

struct _Carrier
{
  GObject parent_instance;

  GMutex lock;
  CarrierMood mood;
  GPtrArray *messages; /* of char * */
};

static void carrier_transport_init (GuichetdTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (Carrier,
                               carrier,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GUICHETD_TYPE_TRANSPORT,
                                                      carrier_transport_init))

static gboolean
carrier_deliver (GuichetdTransport *transport,
                 const char *from,
                 const char *to,
                 GBytes *message,
                 GCancellable *cancellable,
                 GError **error)
{
  Carrier *self = TEST_CARRIER (transport);
  gsize length = 0;
  const char *data = g_bytes_get_data (message, &length);
  CarrierMood mood;

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->messages, g_strndup (data, length));
  mood = self->mood;
  g_mutex_unlock (&self->lock);

  switch (mood)
    {
    case CARRIER_REFUSES_FOR_NOW:
      g_set_error_literal (error,
                           GUICHETD_MAIL_ERROR,
                           GUICHETD_MAIL_ERROR_TEMPORARY,
                           "451 4.3.0 later");
      return FALSE;
    case CARRIER_REFUSES_FOR_EVER:
      g_set_error_literal (error,
                           GUICHETD_MAIL_ERROR,
                           GUICHETD_MAIL_ERROR_PERMANENT,
                           "550 5.1.1 no such mailbox");
      return FALSE;
    case CARRIER_STALLS:
      while (!g_cancellable_set_error_if_cancelled (cancellable, error))
        g_usleep (1000);
      return FALSE;
    case CARRIER_DELIVERS:
    default:
      return TRUE;
    }
}

static void
carrier_transport_init (GuichetdTransportInterface *iface)
{
  iface->deliver = carrier_deliver;
}

static void
carrier_finalize (GObject *object)
{
  Carrier *self = TEST_CARRIER (object);

  g_ptr_array_unref (self->messages);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (carrier_parent_class)->finalize (object);
}

static void
carrier_class_init (CarrierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = carrier_finalize;
}

static void
carrier_init (Carrier *self)
{
  g_mutex_init (&self->lock);
  self->messages = g_ptr_array_new_with_free_func (g_free);
}

static guint
count_messages (Carrier *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->messages->len;
}

static void
set_mood (Carrier *self, CarrierMood mood)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->mood = mood;
}

static char *
message_id (Carrier *self, guint i)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const char *line = strstr (g_ptr_array_index (self->messages, i), "\nMessage-Id: ");

  g_assert_nonnull (line);
  return g_strndup (line + 1, strcspn (line + 1, "\r\n"));
}

/* The office and its mail */

typedef struct
{
  Office office;
  Carrier *carrier;
  GuichetdPostman *postman; /* (nullable) */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  office_open (&self->office);
  self->carrier = g_object_new (TYPE_CARRIER, NULL);
}

static void
start (Fixture *self)
{
  const GuichetTown town = { "Ville de Mons", "https://e-guichet.example/", "065 00 00 00" };
  const GuichetdSender sender = { "no-reply@mons.be", NULL, NULL };

  g_assert_null (self->postman);
  self->postman = guichetd_postman_new (self->office.store,
                                        self->office.engine,
                                        self->office.texts,
                                        &town,
                                        self->office.zone,
                                        self->office.clock,
                                        GUICHETD_TRANSPORT (self->carrier),
                                        &sender);
  guichetd_postman_start (self->postman);
}

static void
stop (Fixture *self)
{
  if (self->postman == NULL)
    return;
  guichetd_postman_stop (self->postman);
  g_object_add_weak_pointer (G_OBJECT (self->postman), (gpointer *) &self->postman);
  g_object_unref (self->postman);
  /* What is under way holds it until it has heard of the end. */
  while (self->postman != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  stop (self);
  g_clear_object (&self->carrier);
  office_close (&self->office);
}

/* The daemon ends and comes back at @now. */
static void
come_back (Fixture *self, gint64 now)
{
  stop (self);
  office_reopen (&self->office);
  guichet_clock_set (self->office.clock, now);
  start (self);
}

static gint64
count_events (Fixture *self, const char *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM event WHERE kind = '%s'", kind);

  return office_number (&self->office, sql);
}

static void
wait_events (Fixture *self, const char *kind, gint64 count)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (count_events (self, kind) < count && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpint (count_events (self, kind), ==, count);
}

static void
wait_messages (Fixture *self, guint count)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (count_messages (self->carrier) < count && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpuint (count_messages (self->carrier), ==, count);
}

static gint64
next_attempt (Fixture *self)
{
  return office_number (&self->office, "SELECT next FROM mail");
}

/* A request whose acknowledgment of receipt waits in the queue. */
static char *
submit (Fixture *self)
{
  g_autoptr (GuichetCitizen) citizen = office_citizen ("Dupont", "Marie", 7);

  return office_submit (&self->office, self->office.anne, "POP-TST", citizen);
}

static void
test_schedule (Fixture *self, gconstpointer data)
{
  static const gint64 minutes[] = { 1, 5, 15, 30, 60, 120, 240, 480, 480 };
  g_autofree char *reference = submit (self);
  g_autofree char *first = NULL;
  gint64 now = OFFICE_NOW;

  set_mood (self->carrier, CARRIER_REFUSES_FOR_NOW);
  start (self);
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      gint64 pause;

      wait_events (self, "notificationDelayed", i + 1);
      pause = next_attempt (self) - now;
      g_assert_cmpint (pause, >=, minutes[i] * MINUTE * 9 / 10);
      g_assert_cmpint (pause, <=, minutes[i] * MINUTE * 11 / 10);
      now += pause;
      come_back (self, now);
    }
  wait_events (self, "notificationDelayed", G_N_ELEMENTS (minutes) + 1);

  /* Beyond three days it is not tried again. */
  come_back (self, OFFICE_NOW + GIVE_UP - MINUTE);
  wait_events (self, "notificationFailed", 1);
  g_assert_cmpint (office_number (&self->office, "SELECT count(*) FROM mail"), ==, 0);
  come_back (self, OFFICE_NOW + 2 * GIVE_UP);
  g_assert_cmpint (count_events (self, "notificationQueued"), ==, 1);
  g_assert_cmpint (count_events (self, "notificationSent"), ==, 0);

  /* Every attempt was the same message to whom it reached. */
  g_assert_cmpuint (count_messages (self->carrier), ==, G_N_ELEMENTS (minutes) + 2);
  first = message_id (self->carrier, 0);
  for (guint i = 1; i < count_messages (self->carrier); i++)
    {
      g_autofree char *id = message_id (self->carrier, i);

      g_assert_cmpstr (id, ==, first);
    }
}

static void
test_for_ever (Fixture *self, gconstpointer data)
{
  g_autofree char *reference = submit (self);
  g_autoptr (GuichetCommand) again =
      office_command (GUICHET_COMMAND_RESEND_NOTIFICATION, reference, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) answer = NULL;
  JsonObject *notification;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  set_mood (self->carrier, CARRIER_REFUSES_FOR_EVER);
  start (self);
  wait_events (self, "notificationFailed", 1);
  g_assert_cmpint (count_events (self, "notificationDelayed"), ==, 0);
  g_assert_cmpint (office_number (&self->office, "SELECT count(*) FROM mail"), ==, 0);

  bytes = office_request (&self->office, self->office.anne, reference, &error);
  g_assert_no_error (error);
  answer = office_json (bytes);
  notification = json_array_get_object_element (
      json_object_get_array_member (json_object_get_object_member (answer, "request"),
                                    "notifications"),
      0);
  g_assert_cmpstr (json_object_get_string_member (notification, "delivery"), ==, "failed");
  g_assert_cmpstr (json_object_get_string_member (notification, "detail"),
                   ==,
                   "550 5.1.1 no such mailbox");
  g_assert_true (json_object_get_boolean_member (json_object_get_object_member (answer, "line"),
                                                 "deliveryFailed"));

  /* Sent again, to the right address: another message. */
  set_mood (self->carrier, CARRIER_DELIVERS);
  again->notification = g_strdup (json_object_get_string_member (notification, "id"));
  again->address = g_strdup ("marie@example.be");
  again->expected_version =
      json_object_get_int_member (json_object_get_object_member (answer, "request"), "version");
  office_act (&self->office, self->office.anne, again);
  wait_events (self, "notificationSent", 1);
  g_assert_cmpuint (count_messages (self->carrier), ==, 2);
  first = message_id (self->carrier, 0);
  second = message_id (self->carrier, 1);
  g_assert_cmpstr (first, !=, second);
}

static void
test_stopped_while_sending (Fixture *self, gconstpointer data)
{
  g_autofree char *reference = submit (self);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  set_mood (self->carrier, CARRIER_STALLS);
  start (self);
  wait_messages (self, 1);
  stop (self);
  g_assert_cmpint (office_number (&self->office, "SELECT count(*) FROM mail"), ==, 1);

  set_mood (self->carrier, CARRIER_DELIVERS);
  come_back (self, OFFICE_NOW + 2 * MINUTE);
  wait_events (self, "notificationSent", 1);
  g_assert_cmpint (count_events (self, "notificationDelayed"), ==, 0);
  first = message_id (self->carrier, 0);
  second = message_id (self->carrier, 1);
  g_assert_cmpstr (first, ==, second);
}

static void
test_purged_meanwhile (Fixture *self, gconstpointer data)
{
  g_autofree char *reference = submit (self);
  g_autofree char *other = submit (self);
  g_autoptr (GError) error = NULL;

  g_assert_true (guichetd_engine_purge (self->office.engine, reference, "root", "demande", &error));
  g_assert_no_error (error);
  start (self);
  wait_events (self, "notificationSent", 1);
  g_assert_cmpuint (count_messages (self->carrier), ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (self->carrier->messages, 0), other));
}

static void
count_warning (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  guint *warnings = user_data;

  g_assert_nonnull (strstr (message, "the mail queue cannot be read"));
  (*warnings)++;
}

static void
test_queue_unreadable_for_a_while (Fixture *self, gconstpointer data)
{
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  guint warnings = 0;
  guint handler =
      g_log_set_handler ("guichetd-postman", G_LOG_LEVEL_WARNING, count_warning, &warnings);
  g_autofree char *reference = submit (self);

  g_assert_cmpint (office_raw (&self->office, "ALTER TABLE mail RENAME TO away"), ==, 0);
  start (self);
  while (warnings == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (office_raw (&self->office, "ALTER TABLE away RENAME TO mail"), ==, 0);

  /* Nothing comes that would remind it. */
  wait_events (self, "notificationSent", 1);
  g_log_remove_handler ("guichetd-postman", handler);
  g_log_set_always_fatal (fatal);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/server/postman/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("schedule", test_schedule);
  ADD ("for-ever", test_for_ever);
  ADD ("stopped-while-sending", test_stopped_while_sending);
  ADD ("purged-meanwhile", test_purged_meanwhile);
  ADD ("queue-unreadable", test_queue_unreadable_for_a_while);

  return g_test_run ();
}
