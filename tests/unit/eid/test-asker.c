/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "eid-asker.h"
#include "eid-office.h"
#include "eid-verify.h"

#include <gnutls/gnutls.h>

static EidOffice office;
static GThread *main_thread;
static gint said_here;
static gint said_elsewhere;

/* GnuTLS notes whatever it meets that is not as it would like it, in the thread that works. */
static void
note_cb (int level, const char *text)
{
  g_atomic_int_inc (g_thread_self () == main_thread ? &said_here : &said_elsewhere);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **ret_result = user_data;

  *ret_result = g_object_ref (result);
}

static EidRevocation *
ask (EidAsker *asker, const char *profile, GCancellable *cancellable, GError **error)
{
  const EidPolicy policy = { .roots = office.roots, .moment = EID_OFFICE_NOON };
  g_autoptr (EidFiles) files = eid_office_load_card (&office, profile);
  g_autoptr (EidReport) report = eid_verify (files, &policy, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_atomic_int_set (&said_here, 0);
  g_atomic_int_set (&said_elsewhere, 0);
  gnutls_global_set_log_function (note_cb);
  gnutls_global_set_log_level (9);
  eid_asker_ask_async (asker, files, report, EID_OFFICE_NOON, cancellable, asked_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  gnutls_global_set_log_level (0);
  return eid_asker_ask_finish (asker, result, error);
}

/* Whoever asks has a window or a server to look after: no signature is checked in their thread. */
static void
test_elsewhere (void)
{
  g_autoptr (EidAsker) asker = eid_asker_new (NULL, NULL, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (EidRevocation) revocation = ask (asker, "ec", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (eid_revocation_get_failure (revocation,
                                               EID_FILE_CA_CERTIFICATE,
                                               EID_REVOCATION_CRL)
                       ->message,
                   ==,
                   "the certificate names no address");
  g_assert_cmpint (g_atomic_int_get (&said_elsewhere), >, 0);
  g_assert_cmpint (g_atomic_int_get (&said_here), ==, 0);
}

static void
test_not_vouched_for (void)
{
  g_autoptr (EidAsker) asker = eid_asker_new (NULL, NULL, 0, 0);
  g_autoptr (EidRevocation) revocation = ask (asker, "stranger", NULL, NULL);

  g_assert_nonnull (revocation);
  g_assert_cmpstr (eid_revocation_get_failure (revocation,
                                               EID_FILE_CA_CERTIFICATE,
                                               EID_REVOCATION_CRL)
                       ->message,
                   ==,
                   "nobody is asked about what the state does not vouch for");
}

static void
test_cancelled (void)
{
  g_autoptr (EidAsker) asker = eid_asker_new (NULL, NULL, 0, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ask (asker, "ec", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_summary ("Asking about cards of which nobody has to be asked.");
  main_thread = g_thread_self ();
  eid_office_open (&office);
  g_test_add_func ("/eid/asker/elsewhere", test_elsewhere);
  g_test_add_func ("/eid/asker/not-vouched-for", test_not_vouched_for);
  g_test_add_func ("/eid/asker/cancelled", test_cancelled);
  status = g_test_run ();
  eid_office_close (&office);
  return status;
}
