/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "guichetd-engine.h"
#include "guichetd-store-private.h"

/*
 * A town hall for tests: a store in a temporary folder, an engine, the catalogue of tests/data,
 * and staff. The clock stands on 2026-11-24, 10:00 in Brussels, until it is moved.
 */

#define OFFICE_NOW G_GINT64_CONSTANT (1795510800000000)
#define OFFICE_DAY G_TIME_SPAN_DAY

typedef struct
{
  char *folder;
  GuichetClock *clock;
  GTimeZone *zone;
  GuichetCatalogue *catalogue;
  GuichetTexts *texts;
  GuichetdStore *store;
  GuichetdEngine *engine;

  GuichetClerk *anne;  /* clerk of Population */
  GuichetClerk *bruno; /* officer of Population */
  GuichetClerk *chloe; /* supervisor of Population and Civil status, named for POP-SEC */
  GuichetClerk *denis; /* clerk of Archives */
} Office;

void office_open (Office *self);
void office_close (Office *self);

/** office_reopen: closes store and engine and opens them again. */
void office_reopen (Office *self);

/** office_stop: closes store and engine; the folder stays. */
void office_stop (Office *self);
void office_start (Office *self);

/** office_clerk: @posts: `population:clerk`, ended by NULL; added to the staff. */
GuichetClerk *
office_clerk (Office *self, const char *login, const char *restricted, ...) G_GNUC_NULL_TERMINATED;

GuichetCitizen *office_citizen (const char *family_name, const char *given_names, guint serial);

/** office_submit: files a request; asserts that it is taken. (transfer full): its reference */
char *
office_submit (Office *self, GuichetClerk *actor, const char *procedure, GuichetCitizen *citizen);

/** office_submit_one: the same, for one Marie Dupont. */
char *office_submit_one (Office *self);

GuichetCommand *
office_command (GuichetCommandKind kind, const char *reference, gint64 expected_version);

/** office_act: gives a command and asserts that it is taken. Returns: the version after. */
gint64 office_act (Office *self, GuichetClerk *actor, GuichetCommand *command);

/** office_refused: gives a command and asserts that it is refused with that error. */
void office_refused (Office *self,
                     GuichetClerk *actor,
                     GuichetCommand *command,
                     GQuark domain,
                     int code);

/* Reads, waited for; NULL with @error */
GBytes *office_request (Office *self, GuichetClerk *actor, const char *reference, GError **error);
GBytes *office_events (Office *self, GuichetClerk *actor, const char *reference, GError **error);
GBytes *office_document (Office *self,
                         GuichetClerk *actor,
                         const char *reference,
                         const char *id,
                         GError **error);
GBytes *office_preview (Office *self,
                        GuichetClerk *actor,
                        const char *reference,
                        const char *to,
                        const char *reason,
                        const char *sentence,
                        GError **error);
GBytes *
office_changes (Office *self, GuichetClerk *actor, gint64 after, guint limit, GError **error);
GBytes *
office_search (Office *self, GuichetClerk *actor, const GuichetdSearch *search, GError **error);

/** office_json: parses @bytes; asserts that it is an object. */
JsonObject *office_json (GBytes *bytes);

/** office_number: the one integer that a query of the journal's database gives, asked in a reader. */
gint64 office_number (Office *self, const char *sql);

/** office_raw: runs SQL on journal.db by a connection of its own; gives SQLite's code. */
int office_raw (Office *self, const char *sql);

/** office_finds: whether any file of @folder holds @word. */
gboolean office_finds (const char *folder, const char *word);
