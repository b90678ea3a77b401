/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "deadline-fixture.h"

#include "guichet-json-reader.h"

GTimeZone *
fixture_zone (void)
{
  static GTimeZone *zone;

  if (zone == NULL)
    zone = g_time_zone_new_identifier ("Europe/Brussels");
  g_assert_nonnull (zone);
  return zone;
}

GuichetDay
fixture_day (const char *text)
{
  GuichetDay parsed = GUICHET_DAY_NONE;

  g_assert_true (guichet_day_parse (text, &parsed));
  return parsed;
}

GuichetCalendar *
fixture_calendar (void)
{
  static const char text[] =
      "{\"closingDays\":[{\"day\":\"2026-09-28\",\"names\":{\"fr\":\"Pont\"}},"
      "{\"every\":\"09-27\",\"names\":{\"fr\":\"Communauté française\"}}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (JsonNode) root = guichet_json_parse (bytes, &guichet_json_limits_default, NULL);
  g_autoptr (GError) error = NULL;
  GuichetCalendar *calendar = guichet_calendar_from_json (root, &error);

  g_assert_no_error (error);
  return calendar;
}

static gint64
town_instant (const char *text)
{
  g_autofree char *full = g_strconcat (text, ":00", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (full, fixture_zone ());

  g_assert_nonnull (date);
  return g_date_time_to_unix (date) * G_USEC_PER_SEC;
}

static GuichetEvent *
stay_event (const char *text, guint index)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GuichetEvent *event =
      guichet_event_new (index == 0 ? GUICHET_EVENT_SUBMITTED : GUICHET_EVENT_STAGE_MOVED);
  int phase = 0;
  int waiting = 0;

  g_assert_cmpuint (g_strv_length (words), ==, 4);
  g_assert_true (guichet_enum_value (GUICHET_TYPE_PHASE, words[1], &phase));
  guichet_enum_value (GUICHET_TYPE_WAITING, words[2], &waiting);
  event->number = index + 1;
  event->reference = g_strdup ("26-2222-2222");
  event->procedure = g_strdup ("TEST");
  event->stage = g_strdup (words[0]);
  event->phase = (GuichetPhase) phase;
  event->waiting = (GuichetWaiting) waiting;
  event->actor = g_strdup ("marie");
  event->instant = town_instant (words[3]);
  event->version = index + 1;
  return event;
}

GuichetRequest *
fixture_life (const char *stays)
{
  g_auto (GStrv) parts = g_strsplit (stays, ";", -1);
  GuichetRequest *request = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GuichetEvent) event = stay_event (parts[i], i);
      GuichetRequest *after = guichet_request_apply (request, event);

      g_clear_pointer (&request, guichet_request_unref);
      request = after;
    }
  return request;
}

GuichetDeadline *
fixture_deadline (const GuichetTerm *terms, const char *stays, const char *today)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new ();
  GuichetProcedure procedure = { .code = (char *) "TEST", .terms = held };
  g_autoptr (GuichetCalendar) calendar = fixture_calendar ();
  g_autoptr (GuichetRequest) request = fixture_life (stays);

  for (guint i = 0; terms[i].count != 0; i++)
    g_ptr_array_add (held, (gpointer) &terms[i]);
  return guichet_deadline_new (request, &procedure, calendar, fixture_zone (), fixture_day (today));
}
