/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What only the server knows, and what it must be told: previews, people, documents, readings.
 */
#include "config.h"

#include "wired-seat.h"

#include "guichet-mirror-line.h"

#include <string.h>

static Town town;

static void
set_up (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_begin (self, &town);
}

static void
tear_down (WiredSeat *self, gconstpointer user_data)
{
  wired_seat_close (self);
}

/* Previews */

static GuichetRendering *
preview (WiredSeat *self,
         const char *reference,
         const char *to,
         const char *reason,
         const char *sentence,
         char **ret_address,
         GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Reply reply = { 0 };

  guichet_desk_preview_async (self->seat.desk,
                              reference,
                              to,
                              reason,
                              sentence,
                              NULL,
                              reply_cb,
                              &reply);
  result = reply_wait (&reply);
  return guichet_desk_preview_finish (self->seat.desk, result, ret_address, error);
}

static void
test_preview (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetRendering) rendering = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  rendering = preview (self, self->reference, "checking", NULL, "À bientôt.", &address, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (address, ==, "eleonore.vandenbroucke@example.org");
  g_assert_cmpint (rendering->language, ==, GUICHET_LANGUAGE_FR);
  g_assert_nonnull (strstr (rendering->text, "À bientôt."));
  g_assert_nonnull (strstr (rendering->html, "À bientôt."));
  g_assert_cmpuint (strlen (rendering->subject), >, 0);
  /* It was only looked at. */
  g_assert_cmpuint (town_n_events (&town, self->reference, "stageMoved"), ==, 0);
}

static void
test_preview_refused (WiredSeat *self, gconstpointer user_data)
{
  static const struct
  {
    const char *reference; /* NULL: the one there is */
    const char *to;
    GuichetDeskError code;
  } cases[] = {
    { NULL, "delivered", GUICHET_DESK_ERROR_REFUSED },
    { NULL, "nowhere", GUICHET_DESK_ERROR_REFUSED },
    { "26-ZZZZ-ZZZZ", "checking", GUICHET_DESK_ERROR_GONE },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *reference = cases[i].reference != NULL ? cases[i].reference : self->reference;

      g_assert_null (preview (self, reference, cases[i].to, NULL, NULL, NULL, &error));
      g_assert_error (error, GUICHET_DESK_ERROR, (int) cases[i].code);
      g_clear_error (&error);
    }
  wired_seat_go_offline (self);
  g_assert_null (preview (self, self->reference, "checking", NULL, NULL, NULL, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
}

/* People */

static GPtrArray *
find_person (WiredSeat *self, const char *niss, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Reply reply = { 0 };

  guichet_desk_find_person_async (self->seat.desk, niss, NULL, reply_cb, &reply);
  result = reply_wait (&reply);
  return guichet_desk_find_person_finish (self->seat.desk, result, error);
}

static gint64
count_accesses (const char *route, const char *reference)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM access WHERE actor = "
                                          "'marie.dubois' AND route = '%s' AND "
                                          "(reference = '%s' OR listed LIKE '%%%s%%')",
                                          route,
                                          reference,
                                          reference);

  return town_count (&town, sql);
}

static void
test_person (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  lines = find_person (self, TOWN_NISS, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    {
      const GuichetLine *line = g_ptr_array_index (lines, i);

      g_assert_nonnull (strstr (guichet_mirror_line_citizen (line), "Vandenbroucke"));
      found = found || g_str_equal (line->reference, self->reference);
    }
  g_assert_true (found);
  /* The server was asked, and keeps who asked. */
  g_assert_cmpint (count_accesses ("search", self->reference), ==, 1);

  none = find_person (self, "93051822361", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (find_person (self, "85073003329", &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_REFUSED);
  g_clear_error (&error);

  wired_seat_go_offline (self);
  g_assert_null (find_person (self, TOWN_NISS, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
}

/* Documents */

static GBytes *
fetch (WiredSeat *self, const char *document, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Reply reply = { 0 };

  guichet_desk_fetch_document_async (self->seat.desk,
                                     self->reference,
                                     document,
                                     NULL,
                                     reply_cb,
                                     &reply);
  result = reply_wait (&reply);
  return guichet_desk_fetch_document_finish (self->seat.desk, result, error);
}

static void
test_document (WiredSeat *self, gconstpointer user_data)
{
  static const char forged[] = "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n"
                               "Content-Length: 5\r\n\r\n%PDF-";
  g_autoptr (GBytes) lie = g_bytes_new_static (forged, strlen (forged));
  g_autoptr (GuichetOpenRequest) open = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_free (seat_type (&self->seat, seat_move (self->reference, "checking")));
  wired_seat_type (self, seat_attach (self->reference));
  wait_until (seat_pending (&self->seat) == 0);
  open = seat_open_request (&self->seat, self->reference);
  g_assert_cmpuint (guichet_open_request_get_request (open)->documents->len, ==, 1);
  id = g_strdup (((const GuichetDocument *)
                      g_ptr_array_index (guichet_open_request_get_request (open)->documents, 0))
                     ->id);

  bytes = fetch (self, id, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes),
                   SEAT_PDF,
                   strlen (SEAT_PDF));
  g_assert_cmpint (count_accesses ("document", self->reference), ==, 1);

  g_assert_null (fetch (self, "no-such-document", &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_GONE);
  g_clear_error (&error);
  /* Other bytes than those that were attached are shown to nobody. */
  wire_break (self->wire, WIRE_LIES, "/documents/", 0, lie);
  g_assert_null (fetch (self, id, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_PROTOCOL);
  g_clear_error (&error);
  wired_seat_go_offline (self);
  g_assert_null (fetch (self, id, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNREACHABLE);
  g_clear_object (&open);
}

/* Readings */

static void
test_reading (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);
  g_autofree char *niss = NULL;

  g_assert_false (guichet_open_request_get_stale (open));
  niss = g_strdup (guichet_open_request_get_request (open)->citizen->niss);
  g_assert_cmpstr (niss, ==, TOWN_NISS);
  g_assert_cmpint (count_accesses ("request", self->reference), ==, 1);
  g_assert_cmpint (count_accesses ("mirror", self->reference), ==, 0);
  g_clear_object (&open);

  /* The second time the mirror has it. The server is told all the same. */
  open = seat_open_request (&self->seat, self->reference);
  g_assert_nonnull (guichet_open_request_get_request (open));
  wait_until (count_accesses ("mirror", self->reference) == 1);
  g_assert_cmpint (count_accesses ("request", self->reference), ==, 1);
  g_clear_object (&open);
}

/* Shown once by the server, and a second time out of the mirror. */
static void
look_twice (WiredSeat *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);

      g_assert_nonnull (guichet_open_request_get_request (open));
    }
}

/* What the server could not be told at once, it is told before the session ends. */
static void
test_reading_told_at_the_end (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  wire_break (self->wire, WIRE_CLOSED, "/accesses", 0, NULL);
  look_twice (self);
  wait_until (wire_caught (self->wire) > 0);
  g_assert_cmpint (count_accesses ("mirror", self->reference), ==, 0);
  g_assert_true (seat_is (&self->seat, GUICHET_DESK_ONLINE));

  wire_mend (self->wire);
  g_assert_true (seat_sign_out (&self->seat, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_accesses ("mirror", self->reference), ==, 1);
}

/* What it cannot be told is asked about, and goes with the next session. */
static void
test_reading_not_told (WiredSeat *self, gconstpointer user_data)
{
  const WireFault fault = (WireFault) GPOINTER_TO_INT (user_data);
  g_autoptr (GError) error = NULL;

  wire_break (self->wire, fault, "/accesses", 0, NULL);
  look_twice (self);
  wait_until (wire_caught (self->wire) > 0);
  g_assert_false (seat_sign_out (&self->seat, FALSE, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNSENT);
  g_clear_error (&error);
  g_assert_cmpuint (guichet_desk_get_n_unrecorded (self->seat.desk), ==, 1);
  g_assert_true (seat_sign_out (&self->seat, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (seat_is (&self->seat, GUICHET_DESK_SIGNED_OUT));
  g_assert_cmpint (count_accesses ("mirror", self->reference), ==, 0);

  wire_mend (self->wire);
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  wait_until (count_accesses ("mirror", self->reference) == 1);
}

/* While it is being told, the session ends only once. */
static void
test_reading_told_once (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GError) error = NULL;
  Reply reply = { 0 };

  wire_break (self->wire, WIRE_DEAF, "/accesses", 0, NULL);
  look_twice (self);
  wait_until (wire_caught (self->wire) > 0);
  g_assert_false (guichet_desk_is_signing_out (self->seat.desk));
  guichet_desk_sign_out_async (self->seat.desk, FALSE, NULL, reply_cb, &reply);
  g_assert_true (guichet_desk_is_signing_out (self->seat.desk));
  g_assert_false (seat_sign_out (&self->seat, TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  g_assert_cmpuint (reply.calls, ==, 0);
  g_assert_true (seat_is (&self->seat, GUICHET_DESK_ONLINE));

  first = reply_wait (&reply);
  g_assert_false (guichet_desk_sign_out_finish (self->seat.desk, first, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNSENT);
  g_clear_error (&error);
  g_assert_false (guichet_desk_is_signing_out (self->seat.desk));
  wire_mend (self->wire);
  g_assert_true (seat_sign_out (&self->seat, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (guichet_desk_is_signing_out (self->seat.desk));
  g_assert_cmpint (count_accesses ("mirror", self->reference), ==, 1);
}

/* So it is without a server, where nobody waits for one. */
static void
test_reading_signed_out_offline (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);
  g_autoptr (GError) error = NULL;

  g_clear_object (&open);
  wired_seat_go_offline (self);
  open = seat_open_request (&self->seat, self->reference);
  g_clear_object (&open);
  g_assert_cmpuint (guichet_desk_get_n_unrecorded (self->seat.desk), ==, 1);
  g_assert_false (seat_sign_out (&self->seat, FALSE, &error));
  g_assert_error (error, GUICHET_DESK_ERROR, GUICHET_DESK_ERROR_UNSENT);
  g_clear_error (&error);
  g_assert_true (seat_sign_out (&self->seat, TRUE, &error));
  g_assert_no_error (error);

  wire_mend (self->wire);
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  wait_until (count_accesses ("mirror", self->reference) == 1);
}

static void
test_reading_offline (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before;
  gint64 after;

  g_clear_object (&open);
  wired_seat_go_offline (self);
  before = g_get_real_time ();
  open = seat_open_request (&self->seat, self->reference);
  after = g_get_real_time ();
  g_assert_nonnull (guichet_open_request_get_request (open));
  g_assert_true (guichet_open_request_get_stale (open));
  g_clear_object (&open);
  g_assert_cmpint (count_accesses ("mirror", self->reference), ==, 0);

  /* It is not lost with the program either. */
  seat_leave (&self->seat);
  wire_mend (self->wire);
  seat_return (&self->seat);
  seat_sit_down (&self->seat, wire_address (self->wire), "marie.dubois");
  wait_until (count_accesses ("mirror", self->reference) == 1);
  sql = g_strdup_printf ("SELECT instant FROM access WHERE route = 'mirror' AND reference = '%s'",
                         self->reference);
  /* The server's clock is the same machine's. */
  g_assert_cmpint (town_count (&town, sql), >=, before - G_USEC_PER_SEC);
  g_assert_cmpint (town_count (&town, sql), <=, after + G_USEC_PER_SEC);
}

static void
test_never_opened_offline (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetOpenRequest) open = NULL;

  wired_seat_go_offline (self);
  open = seat_open_request (&self->seat, self->reference);
  g_assert_null (guichet_open_request_get_request (open));
  g_assert_error (guichet_open_request_get_error (open),
                  GUICHET_DESK_ERROR,
                  GUICHET_DESK_ERROR_UNREACHABLE);
  /* Nobody has to ask again. */
  wired_seat_go_online (self);
  wait_until (guichet_open_request_get_request (open) != NULL);
  g_assert_null (guichet_open_request_get_error (open));
  g_clear_object (&open);
}

/* What others do to the request that is open shows by itself. */
static void
test_followed (WiredSeat *self, gconstpointer user_data)
{
  g_autoptr (GuichetOpenRequest) open = seat_open_request (&self->seat, self->reference);
  guint moves = guichet_open_request_get_moves (open)->len;

  g_assert_cmpuint (moves, >, 0);
  g_assert_nonnull (guichet_open_request_get_deadline (open));
  g_assert_cmpstr (guichet_open_request_get_procedure (open)->code, ==, "POP-TST");
  town_command (&town, "luc.lefebvre", self->reference, "move", ",\"to\":\"checking\"");
  wait_until (g_str_equal (guichet_open_request_get_request (open)->stage, "checking"));
  g_assert_cmpuint (guichet_open_request_get_moves (open)->len, !=, moves);
  g_assert_cmpstr (guichet_open_request_name_of (open, "luc.lefebvre"), ==, "Luc Lefebvre");
  g_clear_object (&open);
}

#define ADD_WITH(path, data, func) \
  g_test_add ("/calls/" path, WiredSeat, GINT_TO_POINTER (data), set_up, func, tear_down)
#define ADD(path, func) ADD_WITH (path, 0, func)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  town_open (&town);

  ADD ("preview", test_preview);
  ADD ("preview-refused", test_preview_refused);
  ADD ("person", test_person);
  ADD ("document", test_document);
  ADD ("reading", test_reading);
  ADD ("reading-offline", test_reading_offline);
  ADD ("reading-told-at-the-end", test_reading_told_at_the_end);
  ADD_WITH ("reading-refused", WIRE_CLOSED, test_reading_not_told);
  ADD_WITH ("reading-unanswered", WIRE_DEAF, test_reading_not_told);
  ADD ("reading-told-once", test_reading_told_once);
  ADD ("reading-signed-out-offline", test_reading_signed_out_offline);
  ADD ("never-opened-offline", test_never_opened_offline);
  ADD ("followed", test_followed);

  status = g_test_run ();
  town_close (&town);
  return status;
}
