-- Accounts of citizens, and the journal that they are made of: a chain of its own, since an account
-- belongs to no procedure and is in nobody's queue. Instants are microseconds since 1970, UTC. What is
-- sealed is so under the account's own key, which lies in keys.db.

CREATE TABLE account_event
(
  number     INTEGER PRIMARY KEY CHECK (number > 0),
  account    TEXT NOT NULL CHECK (length (account) = 11),
  kind       TEXT NOT NULL
               CHECK (kind = 'opened' OR kind = 'contactChanged' OR kind = 'personRenewed'
                      OR kind = 'purged'),
  actor      TEXT NOT NULL,
  instant    INTEGER NOT NULL,
  version    INTEGER NOT NULL CHECK (version > 0),
  key        TEXT NOT NULL,
  payload    BLOB NOT NULL CHECK (length (payload) > 0),
  hash       BLOB NOT NULL CHECK (length (hash) = 32)
) STRICT;

CREATE UNIQUE INDEX account_event_by_account ON account_event (account, version);
CREATE INDEX account_event_of_purge ON account_event (number) WHERE kind = 'purged';

CREATE TRIGGER account_event_is_never_changed BEFORE UPDATE ON account_event
BEGIN
  SELECT RAISE (ABORT, 'the journal of accounts is append-only');
END;

CREATE TRIGGER account_event_is_never_removed BEFORE DELETE ON account_event
BEGIN
  SELECT RAISE (ABORT, 'the journal of accounts is append-only');
END;

-- INSERT OR REPLACE removes rows without asking the trigger above.
CREATE TRIGGER account_event_comes_last BEFORE INSERT ON account_event
WHEN NEW.number IS NOT (SELECT COALESCE (MAX (number), 0) + 1 FROM account_event)
  OR NEW.version IS NOT (SELECT COALESCE (MAX (version), 0) + 1
                         FROM account_event WHERE account = NEW.account)
BEGIN
  SELECT RAISE (ABORT, 'the journal of accounts is append-only');
END;

-- Each account as its events make it. `niss` is a keyed digest: a person has one account.
CREATE TABLE account
(
  account    TEXT PRIMARY KEY,
  version    INTEGER NOT NULL CHECK (version > 0),
  last_event INTEGER NOT NULL CHECK (last_event > 0),
  niss       BLOB NOT NULL UNIQUE CHECK (length (niss) = 16),
  state      BLOB NOT NULL
) STRICT;

-- Accounts are read as well: the log of readings knows three routes more, and keeps what it has.
CREATE TABLE access_with_accounts
(
  number     INTEGER PRIMARY KEY CHECK (number > 0),
  actor      TEXT NOT NULL,
  instant    INTEGER NOT NULL,
  recorded   INTEGER NOT NULL,
  route      TEXT NOT NULL
               CHECK (route = 'request' OR route = 'events' OR route = 'document'
                      OR route = 'search' OR route = 'changes' OR route = 'preview'
                      OR route = 'mirror' OR route = 'identityCheck' OR route = 'account'
                      OR route = 'accountSearch' OR route = 'accountOpening'),
  reference  TEXT,
  listed     TEXT,
  detail     TEXT,
  purpose    TEXT,
  key        TEXT,
  hash       BLOB NOT NULL CHECK (length (hash) = 32),
  CHECK ((reference IS NULL) <> (listed IS NULL))
) STRICT;

INSERT INTO access_with_accounts SELECT * FROM access;
DROP TABLE access;
ALTER TABLE access_with_accounts RENAME TO access;

CREATE UNIQUE INDEX access_by_key ON access (actor, key) WHERE key IS NOT NULL;

CREATE TRIGGER access_is_never_changed BEFORE UPDATE ON access
BEGIN
  SELECT RAISE (ABORT, 'the access log is append-only');
END;

CREATE TRIGGER access_is_never_removed BEFORE DELETE ON access
BEGIN
  SELECT RAISE (ABORT, 'the access log is append-only');
END;

CREATE TRIGGER access_comes_last BEFORE INSERT ON access
WHEN NEW.number IS NOT (SELECT COALESCE (MAX (number), 0) + 1 FROM access)
  OR EXISTS (SELECT 1 FROM access WHERE actor = NEW.actor AND key = NEW.key)
BEGIN
  SELECT RAISE (ABORT, 'the access log is append-only');
END;
