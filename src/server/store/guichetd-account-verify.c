/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Walks through the journal of accounts: along its chain, which needs no key; and account by account, each
 * folded anew and held against the row that is kept of it.
 */
#define G_LOG_DOMAIN "guichetd-account-verify"

#include "config.h"

#include "guichetd-account-journal.h"
#include "guichetd-accounts.h"
#include "guichetd-verify-private.h"

#include <string.h>

static void
look_at_event (GuichetStatement *statement, gpointer walker)
{
  GuichetdChainWalk *self = walker;
  g_autoptr (GuichetAccountEvent) event = guichetd_account_journal_take_header (statement);
  g_autofree char *header = event != NULL ? guichetd_account_journal_header (event) : NULL;
  g_autoptr (GBytes) payload = guichet_statement_blob (statement, "payload");
  gint64 number = guichet_statement_integer (statement, "number");

  self->verdict->account_events++;
  if (guichetd_verify_is_linked (self, statement, header, payload))
    return;

  guichetd_verify_note (self->verdict,
                        "event %" G_GINT64_FORMAT
                        " of accounts does not follow from the one before it",
                        number);
  if (self->verdict->broken_account_event == 0)
    self->verdict->broken_account_event = number;
}

/* A walk from account to account */
typedef struct
{
  const GuichetdGround *ground;
  gint64 living; /* rows that there should be */

  /* Of the account that the walk is at */
  char *name; /* (owned) (nullable) */
  GuichetdKey key;
  gboolean readable;
  gboolean purged;         /* its last event so far says so */
  gboolean broken;         /* said so already */
  GuichetAccount *account; /* (owned) (nullable): the fold so far */
  gint64 version;
} AccountWalk;

static void
say_broken (AccountWalk *self, const char *what)
{
  if (!self->broken)
    guichetd_verify_note (self->ground->verdict, "account %s: %s", self->name, what);
  self->broken = TRUE;
}

static gboolean
is_same (AccountWalk *self, const GuichetdAccountRow *row)
{
  const GuichetAccount *account = self->account;
  g_autoptr (GuichetJsonWriter) writer = guichet_json_writer_new ();
  g_autoptr (GBytes) state = NULL;
  guint8 niss[GUICHETD_NISS_BYTES];

  if (row->version != account->version || row->last_event != account->last_event ||
      account->citizen->niss == NULL)
    return FALSE;

  guichetd_requests_niss (self->ground->keys, account->citizen->niss, niss);
  guichet_account_write (account, writer, NULL);
  state = guichet_json_writer_end (writer);
  return memcmp (row->niss, niss, sizeof niss) == 0 && g_bytes_equal (state, row->state);
}

static void
check_purged (AccountWalk *self, gboolean has_row)
{
  self->ground->verdict->purged_accounts++;
  if (has_row)
    say_broken (self, "was purged, and a row of it is still there");
  if (self->readable)
    say_broken (self, "was purged, and its key is still there");
}

static void
check_living (AccountWalk *self, gboolean has_row, GuichetdAccountRow *row)
{
  self->living++;
  if (!has_row)
    say_broken (self, "has events and no row");
  else if (!self->readable)
    say_broken (self, "its key is not there, though it was not purged");
  else if (!guichetd_account_row_open (row, self->ground->keys, NULL))
    say_broken (self, "its state cannot be opened");
  else if (self->account != NULL && !is_same (self, row))
    say_broken (self, "is not what its events make of it");
}

static void
end_account (AccountWalk *self)
{
  g_auto (GuichetdAccountRow) row = { 0 };
  gboolean has_row;

  if (self->name == NULL)
    return;

  self->ground->verdict->accounts++;
  has_row = guichetd_accounts_find (self->ground->db, self->name, &row, NULL);
  if (self->purged)
    check_purged (self, has_row);
  else
    check_living (self, has_row, &row);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->account, guichet_account_unref);
  guichetd_key_clear (&self->key);
}

static void
begin_account (AccountWalk *self, const char *name)
{
  self->name = g_strdup (name);
  self->readable = guichetd_keys_find (self->ground->keys, name, &self->key, NULL);
  self->purged = FALSE;
  self->broken = FALSE;
  self->version = 0;
}

static void
fold (AccountWalk *self, GuichetStatement *statement, GuichetAccountEvent *event)
{
  GuichetAccount *after;

  if (!guichetd_account_journal_take_payload (statement, &self->key, event, NULL))
    {
      say_broken (self, "an event of it cannot be opened");
      g_clear_pointer (&self->account, guichet_account_unref);
      return;
    }
  if (self->broken || (self->account == NULL) != (event->kind == GUICHET_ACCOUNT_EVENT_OPENED))
    {
      say_broken (self, "its events make no account");
      return;
    }

  after = guichet_account_apply (self->account, event);
  g_clear_pointer (&self->account, guichet_account_unref);
  self->account = after;
}

static void
look_at_account (GuichetStatement *statement, gpointer walker)
{
  AccountWalk *self = walker;
  const char *name = guichet_statement_text (statement, "account");
  g_autoptr (GuichetAccountEvent) event = NULL;

  if (g_strcmp0 (name, self->name) != 0)
    {
      end_account (self);
      begin_account (self, name);
    }

  event = guichetd_account_journal_take_header (statement);
  if (event == NULL || event->version != self->version + 1)
    say_broken (self, "its versions do not follow each other");
  if (event == NULL)
    return;

  self->version = event->version;
  self->purged = event->kind == GUICHET_ACCOUNT_EVENT_PURGED;
  if (self->readable && !self->purged)
    fold (self, statement, event);
}

static void
look_at_count (GuichetStatement *statement, gpointer walker)
{
  AccountWalk *self = walker;

  if (guichet_statement_integer (statement, "n") > self->living)
    guichetd_verify_note (self->ground->verdict, "there are accounts without events");
}

gboolean
guichetd_account_verify (const GuichetdGround *ground, GError **error)
{
  GuichetdChainWalk events = { .verdict = ground->verdict, .expected = 1 };
  AccountWalk accounts = { .ground = ground };
  gboolean good;

  if (!guichetd_verify_walk (ground, "walk-account-events", look_at_event, &events, error))
    return FALSE;
  good = guichetd_verify_walk (ground, "walk-events-by-account", look_at_account, &accounts, error);
  end_account (&accounts);
  return good && guichetd_verify_walk (ground, "count-accounts", look_at_count, &accounts, error);
}
