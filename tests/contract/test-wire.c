/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Broken wires: whatever comes instead of an answer, the desk says calmly where it stands, loses
 * nothing, and goes on by itself when the wire is sound again.
 */
#include "config.h"

#include "wired-seat.h"

#include "guichet-api.h"
#include "guichet-desk-private.h"
#include "guichet-feed.h"
#include "guichet-sync.h"

#include <string.h>

#define CUT_ROUNDS 8

static Town town;

static void
set_up (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_open (self, &town);
  wired_seat_submit (self, &town);
}

static void
tear_down (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_close (self);
}

/* Lies */

static GBytes *
say (const char *status, const char *type, const char *body, gsize length)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: %s\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           status,
                                           type,
                                           length);

  g_byte_array_append (answer, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (answer, (const guint8 *) body, (guint) length);
  return g_byte_array_free_to_bytes (g_steal_pointer (&answer));
}

static GBytes *
say_text (const char *status, const char *type, const char *body)
{
  return say (status, type, body, strlen (body));
}

static GBytes *
say_noise (void)
{
  guint8 *noise = g_malloc (4000);

  for (guint i = 0; i < 4000; i++)
    noise[i] = (guint8) g_test_rand_int_range (0, 256);
  return g_bytes_new_take (noise, 4000);
}

/* More than any answer may have. */
static GBytes *
say_too_much (void)
{
  const gsize length = 20 * 1024 * 1024;
  g_autofree char *body = g_malloc (length);

  memset (body, ' ', length);
  return say ("200 OK", "application/json", body, length);
}

/* Deeper than any answer may be. */
static GBytes *
say_too_deep (void)
{
  const gsize length = 200000;
  g_autofree char *body = g_malloc (length);

  memset (body, '[', length);
  return say ("200 OK", "application/json", body, length);
}

static GBytes *
make_lie (const char *name)
{
  static const struct
  {
    const char *name;
    const char *status;
    const char *type;
    const char *body;
  } lies[] = {
    { "error", "500 Internal Server Error", "text/html", "<h1>Oops</h1>" },
    { "gateway", "502 Bad Gateway", "text/html", "<h1>Bad gateway</h1>" },
    { "page", "200 OK", "text/html", "<h1>Welcome to our wireless network</h1>" },
    { "nothing", "200 OK", "application/json", "" },
    { "empty", "200 OK", "application/json", "{}" },
    { "wrong", "200 OK", "application/json", "{\"version\":\"x\",\"event\":[],\"more\":3}" },
    { "portal", "401 Unauthorized", "text/html", "<h1>Pay to surf</h1>" },
    { "forbidden", "403 Forbidden", "text/html", "<h1>Not here</h1>" },
    { "missing", "404 Not Found", "text/html", "<h1>No such page</h1>" },
    { "moved", "302 Found", "text/html", "<h1>Elsewhere</h1>" },
    { "stream", "200 OK", "text/event-stream", "event: changed\ndata: {\"last\":\n\ndata\n\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      if (g_str_equal (lies[i].name, name))
        return say_text (lies[i].status, lies[i].type, lies[i].body);
    }
  if (g_str_equal (name, "noise"))
    return say_noise ();
  if (g_str_equal (name, "too-much"))
    return say_too_much ();
  g_assert_cmpstr (name, ==, "too-deep");
  return say_too_deep ();
}

/* The desk goes on as if nothing had been. */
static void
assert_healed (WiredSeat *self, const char *text)
{
  g_autoptr (GPtrArray) texts = NULL;
  g_autofree char *news = NULL;

  wire_mend (self->wire);
  guichet_desk_refresh (self->seat.desk);
  wait_until (seat_is (&self->seat, GUICHET_DESK_ONLINE));
  wait_until (seat_pending (&self->seat) == 0);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  texts = town_texts (&town, self->reference);
  g_assert_cmpuint (texts->len, >=, 1);
  g_assert_cmpstr (g_ptr_array_index (texts, texts->len - 1), ==, text);
  for (guint i = 0; i + 1 < texts->len; i++)
    g_assert_cmpstr (g_ptr_array_index (texts, i), !=, text);
  news = town_submit (&town, "luc.lefebvre", "POP-TST");
  wait_until (seat_version (&self->seat, news) > 0);
}

static void
test_lie (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GBytes) lie = make_lie (user_data);

  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  wire_break (self->wire, WIRE_LIES, NULL, 0, lie);
  wire_cut (self->wire);
  g_free (seat_type (&self->seat, seat_note (self->reference, user_data)));
  /* Once for the feed, once for the note; none of it does anything. */
  wait_until (wire_caught (self->wire) >= 3);
  g_assert_false (seat_is (&self->seat, GUICHET_DESK_SIGNED_OUT));
  g_assert_cmpuint (seat_pending (&self->seat), ==, 1);
  g_assert_cmpuint (seat_held (&self->seat), ==, 0);
  g_assert_cmpint (seat_version (&self->seat, self->reference), >, 0);
  assert_healed (self, user_data);
}

static void
test_lie_at_sign_in (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GBytes) lie = make_lie (user_data);
  g_autoptr (GError) error = NULL;

  wire_break (self->wire, WIRE_LIES, NULL, 0, lie);
  g_assert_false (seat_try_sign_in (&self->seat,
                                    wire_address (self->wire),
                                    "marie.dubois",
                                    TOWN_PASSWORD,
                                    &error));
  g_assert_cmpint (error->domain, ==, GUICHET_DESK_ERROR);
  g_assert_true (seat_is (&self->seat, GUICHET_DESK_SIGNED_OUT));
  wire_mend (self->wire);
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
}

/* What is on the screen stays there, and is said to be of before. */
static void
test_lie_at_the_page (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GBytes) lie = make_lie (user_data);
  g_autoptr (GuichetOpenRequest) open = NULL;

  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  wait_until (seat_version (&self->seat, self->reference) > 0);
  open = seat_open_request (&self->seat, self->reference);
  g_assert_nonnull (guichet_open_request_get_request (open));
  wire_break (self->wire, WIRE_LIES, NULL, 0, lie);
  wire_cut (self->wire);
  guichet_open_request_refresh (open);
  wait_until (guichet_open_request_get_stale (open));
  g_assert_nonnull (guichet_open_request_get_request (open));
  g_assert_no_error (guichet_open_request_get_error (open));

  wire_mend (self->wire);
  guichet_desk_refresh (self->seat.desk);
  wait_until (seat_is (&self->seat, GUICHET_DESK_ONLINE));
  guichet_open_request_refresh (open);
  wait_until (!guichet_open_request_get_stale (open));
}

/* An address that speaks, but not TLS. */
static void
test_not_encrypted (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GBytes) lie = make_lie ("page");
  g_autofree char *address = g_strconcat ("https", strchr (wire_address (self->wire), ':'), NULL);
  g_autoptr (GError) error = NULL;

  wire_break (self->wire, WIRE_LIES, NULL, 0, lie);
  g_assert_false (seat_try_sign_in (&self->seat, address, "marie.dubois", TOWN_PASSWORD, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
}

/* Cuts */

static void
test_cut (WiredSeat *self, gconstpointer user_data)
{
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  for (guint i = 0; i < CUT_ROUNDS; i++)
    {
      g_autofree char *text = g_strdup_printf ("cut-%u", i);

      wire_break (self->wire, WIRE_CUT, NULL, (guint) g_test_rand_int_range (0, 1500), NULL);
      wire_cut (self->wire);
      g_free (seat_type (&self->seat, seat_note (self->reference, text)));
      wait_until (wire_caught (self->wire) >= 2);
      g_assert_false (seat_is (&self->seat, GUICHET_DESK_SIGNED_OUT));
      assert_healed (self, text);
    }
}

static void
test_cut_at_sign_in (WiredSeat *self, gconstpointer user_data)
{
  for (guint i = 0; i < CUT_ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;

      /* Not after the end of the first answer, which is some hundred bytes. */
      wire_break (self->wire, WIRE_CUT, NULL, (guint) g_test_rand_int_range (0, 200), NULL);
      g_assert_false (seat_try_sign_in (&self->seat,
                                        wire_address (self->wire),
                                        "marie.dubois",
                                        TOWN_PASSWORD,
                                        &error));
      g_assert_cmpint (error->domain, ==, GUICHET_DESK_ERROR);
    }
  wire_mend (self->wire);
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
}

/* Slow ones */

static void
test_drip (WiredSeat *self, gconstpointer user_data)
{
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  guichet_api_set_patience (self->seat.desk->api, 400);
  wire_break (self->wire, WIRE_DRIP, "/commands", 30, NULL);
  g_free (seat_type (&self->seat, seat_note (self->reference, "drip")));
  /* Given up and tried again, long before the last drop would have come. */
  wait_until (wire_caught (self->wire) >= 2);
  g_assert_cmpuint (seat_pending (&self->seat), ==, 1);
  guichet_api_set_patience (self->seat.desk->api, 20000);
  assert_healed (self, "drip");
}

static void
test_deaf (WiredSeat *self, gconstpointer user_data)
{
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  guichet_api_set_patience (self->seat.desk->api, 400);
  wire_break (self->wire, GPOINTER_TO_INT (user_data), "/commands", 0, NULL);
  g_free (seat_type (&self->seat, seat_note (self->reference, "deaf")));
  wait_until (wire_caught (self->wire) >= 2);
  g_assert_cmpuint (seat_pending (&self->seat), ==, 1);
  guichet_api_set_patience (self->seat.desk->api, 20000);
  assert_healed (self, "deaf");
}

static void
broken_cb (GuichetFeed *feed, GError *error, guint *broken)
{
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
  (*broken)++;
}

/* Drops are no heartbeat. */
static void
test_feed_drips (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetClock) clock = guichet_clock_new ();
  g_autoptr (GuichetApi) api = guichet_api_new (wire_address (self->wire));
  g_autoptr (GuichetFeed) feed = guichet_feed_new (api, clock, 1000);
  guint broken = 0;

  seat_sit_down (&self->seat, town.address, "marie.dubois");
  guichet_api_set_token (api, guichet_api_get_token (self->seat.desk->api));
  g_signal_connect (feed, "broken", G_CALLBACK (broken_cb), &broken);
  wire_break (self->wire, WIRE_DRIP, NULL, 100, NULL);
  guichet_feed_start (feed, 0);
  wait_until (broken == 1);
  g_assert_false (guichet_feed_get_connected (feed));
  wire_mend (self->wire);
  guichet_feed_hurry (feed);
  wait_until (guichet_feed_get_connected (feed));
  guichet_feed_stop (feed);
}

static void
caught_up_cb (GuichetSync *sync, gboolean *caught_up)
{
  *caught_up = TRUE;
}

/* Whoever is on the way ends no session: the changes are asked for again, with nobody's help. */
static void
test_sync_goes_on (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GBytes) lie = make_lie (user_data);
  g_autoptr (GuichetClock) clock = guichet_clock_new ();
  g_autoptr (GuichetApi) api = guichet_api_new (wire_address (self->wire));
  g_autoptr (GuichetSync) sync = NULL;
  gboolean caught_up = FALSE;

  seat_sit_down (&self->seat, town.address, "marie.dubois");
  guichet_api_set_token (api, guichet_api_get_token (self->seat.desk->api));
  sync = guichet_sync_new (api, self->seat.desk->mirror, clock);
  g_signal_connect (sync, "caught-up", G_CALLBACK (caught_up_cb), &caught_up);
  wire_break (self->wire, WIRE_LIES, NULL, 0, lie);
  guichet_sync_run (sync);
  wait_until (wire_caught (self->wire) >= 2);
  g_assert_false (caught_up);
  wire_mend (self->wire);
  wait_until (caught_up);
  guichet_sync_stop (sync);
}

#define ADD(path, data, func) \
  g_test_add ("/wire/" path, WiredSeat, (gpointer) (data), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);

  ADD ("error", "error", test_lie);
  ADD ("gateway", "gateway", test_lie);
  ADD ("page", "page", test_lie);
  ADD ("nothing", "nothing", test_lie);
  ADD ("empty", "empty", test_lie);
  ADD ("wrong", "wrong", test_lie);
  ADD ("portal", "portal", test_lie);
  ADD ("forbidden", "forbidden", test_lie);
  ADD ("missing", "missing", test_lie);
  ADD ("moved", "moved", test_lie);
  ADD ("stream", "stream", test_lie);
  ADD ("noise", "noise", test_lie);
  ADD ("too-much", "too-much", test_lie);
  ADD ("too-deep", "too-deep", test_lie);
  ADD ("page/portal", "portal", test_lie_at_the_page);
  ADD ("page/forbidden", "forbidden", test_lie_at_the_page);
  ADD ("page/missing", "missing", test_lie_at_the_page);
  ADD ("page/gateway", "gateway", test_lie_at_the_page);
  ADD ("sync/portal", "portal", test_sync_goes_on);
  ADD ("sync/forbidden", "forbidden", test_sync_goes_on);
  ADD ("sign-in/error", "error", test_lie_at_sign_in);
  ADD ("sign-in/page", "page", test_lie_at_sign_in);
  ADD ("sign-in/wrong", "wrong", test_lie_at_sign_in);
  ADD ("sign-in/noise", "noise", test_lie_at_sign_in);
  ADD ("sign-in/too-much", "too-much", test_lie_at_sign_in);
  ADD ("sign-in/too-deep", "too-deep", test_lie_at_sign_in);
  ADD ("sign-in/not-encrypted", NULL, test_not_encrypted);
  ADD ("sign-in/cut", NULL, test_cut_at_sign_in);
  ADD ("cut", NULL, test_cut);
  ADD ("drip", NULL, test_drip);
  ADD ("deaf", GINT_TO_POINTER (WIRE_DEAF), test_deaf);
  ADD ("dumb", GINT_TO_POINTER (WIRE_DUMB), test_deaf);
  ADD ("feed-drips", NULL, test_feed_drips);

  status = g_test_run ();
  town_close (&town);
  return status;
}
