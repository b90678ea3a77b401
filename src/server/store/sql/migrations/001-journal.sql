-- The journal and all that is read from it.
--
-- Instants are microseconds since the epoch, days are counted from 1970-01-01; words are
-- those of guichet-enums.h. What is sealed is so under the request's own key, which lies in
-- keys.db: without that key nothing can read it.
--
-- Lists of words are checked one by one: for IN, SQLite 3.40 builds a temporary tree for each row.

-- The one source of truth. The header is in clear for ever and holds codes and logins only.
CREATE TABLE event
(
  number     INTEGER PRIMARY KEY CHECK (number > 0),
  reference  TEXT NOT NULL CHECK (length (reference) = 12),
  kind       TEXT NOT NULL
               CHECK (kind = 'submitted' OR kind = 'claimed' OR kind = 'released'
                      OR kind = 'assigned' OR kind = 'stageMoved' OR kind = 'blocked'
                      OR kind = 'unblocked' OR kind = 'noteWritten' OR kind = 'documentAttached'
                      OR kind = 'identityChecked'
                      OR kind = 'notificationQueued' OR kind = 'notificationSent'
                      OR kind = 'notificationDelayed' OR kind = 'notificationFailed'
                      OR kind = 'purged'),
  procedure  TEXT NOT NULL,
  department TEXT NOT NULL
               CHECK (department = 'population' OR department = 'civilStatus'
                      OR department = 'planning' OR department = 'archives'),
  stage      TEXT NOT NULL,
  phase      TEXT NOT NULL
               CHECK (phase = 'received' OR phase = 'processing' OR phase = 'waiting'
                      OR phase = 'decided' OR phase = 'closed'),
  waiting    TEXT
               CHECK (waiting = 'documents' OR waiting = 'payment' OR waiting = 'identity'
                      OR waiting = 'consent' OR waiting = 'pickup' OR waiting = 'appointment'),
  blocker    TEXT
               CHECK (blocker = 'police' OR blocker = 'actBank' OR blocker = 'federalRegister'
                      OR blocker = 'otherTown' OR blocker = 'region' OR blocker = 'fireService'
                      OR blocker = 'college' OR blocker = 'other'),
  result     TEXT
               CHECK (result = 'issued' OR result = 'accepted' OR result = 'refused'
                      OR result = 'noRecord' OR result = 'redirected' OR result = 'withdrawn'
                      OR result = 'lapsed' OR result = 'duplicate' OR result = 'notAdmissible'),
  assignee   TEXT,
  actor      TEXT NOT NULL,
  instant    INTEGER NOT NULL,
  version    INTEGER NOT NULL CHECK (version > 0),
  key        TEXT NOT NULL,
  payload    BLOB NOT NULL CHECK (length (payload) > 0),
  hash       BLOB NOT NULL CHECK (length (hash) = 32)
) STRICT;

CREATE UNIQUE INDEX event_by_reference ON event (reference, version);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
  SELECT RAISE (ABORT, 'the journal is append-only');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
  SELECT RAISE (ABORT, 'the journal is append-only');
END;

-- INSERT OR REPLACE removes rows without asking the trigger above: so nothing may be
-- inserted where something is, nor out of order.
CREATE TRIGGER event_comes_last BEFORE INSERT ON event
WHEN NEW.number IS NOT (SELECT COALESCE (MAX (number), 0) + 1 FROM event)
  OR NEW.version IS NOT (SELECT COALESCE (MAX (version), 0) + 1
                         FROM event WHERE reference = NEW.reference)
BEGIN
  SELECT RAISE (ABORT, 'the journal is append-only');
END;

-- Who saw whose data. A chain of its own: it touches no request and no feed.
CREATE TABLE access
(
  number     INTEGER PRIMARY KEY CHECK (number > 0),
  actor      TEXT NOT NULL,
  instant    INTEGER NOT NULL,
  recorded   INTEGER NOT NULL,
  route      TEXT NOT NULL
               CHECK (route = 'request' OR route = 'events' OR route = 'document'
                      OR route = 'search' OR route = 'changes' OR route = 'preview'
                      OR route = 'mirror' OR route = 'identityCheck'),
  reference  TEXT,
  listed     TEXT,
  detail     TEXT,
  purpose    TEXT,
  key        TEXT,
  hash       BLOB NOT NULL CHECK (length (hash) = 32),
  CHECK ((reference IS NULL) <> (listed IS NULL))
) STRICT;

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

-- What each command came to, for ever: a command sent twice acts once. `digest` tells a
-- command from another that came with the same key; it goes when the request is purged.
CREATE TABLE command
(
  actor      TEXT NOT NULL,
  key        TEXT NOT NULL,
  digest     BLOB CHECK (length (digest) = 32),
  reference  TEXT NOT NULL,
  version    INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  PRIMARY KEY (actor, key)
) STRICT, WITHOUT ROWID;

-- Each request as its events make it. `id` is the number of its first event, so that the
-- order of `id` is the order of deposit. `line` is what queues show, ready to be sent.
CREATE TABLE request
(
  id         INTEGER PRIMARY KEY CHECK (id > 0),
  reference  TEXT NOT NULL UNIQUE,
  department TEXT NOT NULL,
  procedure  TEXT NOT NULL,
  stage      TEXT NOT NULL,
  phase      TEXT NOT NULL,
  assignee   TEXT,
  due        INTEGER,
  closed     INTEGER,
  version    INTEGER NOT NULL CHECK (version > 0),
  last_event INTEGER NOT NULL CHECK (last_event >= id),
  niss       BLOB CHECK (length (niss) = 16),
  line       TEXT NOT NULL,
  CHECK ((phase = 'closed') = (closed IS NOT NULL))
) STRICT;

-- What changed since N, newest first: the whole of `changes` is one range of it.
CREATE UNIQUE INDEX request_by_change
  ON request (last_event, department, procedure, closed, phase, stage, assignee);
CREATE INDEX request_by_due ON request (due) WHERE due IS NOT NULL;
CREATE INDEX request_by_closing ON request (closed, department, procedure) WHERE closed IS NOT NULL;
CREATE INDEX request_by_queue ON request (procedure, phase, stage, department);
CREATE INDEX request_by_assignee ON request (assignee, procedure, phase, stage, department);
CREATE INDEX request_by_niss ON request (niss) WHERE niss IS NOT NULL;

-- The request as JSON, sealed under its key.
CREATE TABLE content
(
  id         INTEGER PRIMARY KEY REFERENCES request (id),
  state      BLOB NOT NULL
) STRICT;

-- How many requests there are of each sort, so that no list has to be counted.
CREATE TABLE tally
(
  procedure  TEXT NOT NULL,
  phase      TEXT NOT NULL,
  stage      TEXT NOT NULL,
  assignee   TEXT NOT NULL,
  department TEXT NOT NULL,
  n          INTEGER NOT NULL,
  PRIMARY KEY (procedure, phase, stage, assignee, department)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER request_is_counted AFTER INSERT ON request
BEGIN
  INSERT INTO tally
    VALUES (NEW.procedure, NEW.phase, NEW.stage, COALESCE (NEW.assignee, ''), NEW.department, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER request_is_counted_elsewhere AFTER UPDATE OF phase, stage, assignee ON request
WHEN OLD.phase IS NOT NEW.phase OR OLD.stage IS NOT NEW.stage OR OLD.assignee IS NOT NEW.assignee
BEGIN
  UPDATE tally SET n = n - 1
    WHERE procedure = OLD.procedure AND phase = OLD.phase AND stage = OLD.stage
      AND assignee = COALESCE (OLD.assignee, '') AND department = OLD.department;
  INSERT INTO tally
    VALUES (NEW.procedure, NEW.phase, NEW.stage, COALESCE (NEW.assignee, ''), NEW.department, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER request_is_counted_no_more AFTER DELETE ON request
BEGIN
  UPDATE tally SET n = n - 1
    WHERE procedure = OLD.procedure AND phase = OLD.phase AND stage = OLD.stage
      AND assignee = COALESCE (OLD.assignee, '') AND department = OLD.department;
END;

-- Words by which a request is found; the row number is the request's `id`.
CREATE VIRTUAL TABLE search USING fts5
(
  about, name, title,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3'
);

-- The documents that the town issued, sealed under the request's key.
CREATE TABLE document
(
  id         TEXT PRIMARY KEY,
  reference  TEXT NOT NULL,
  content    BLOB NOT NULL
) STRICT;

CREATE INDEX document_by_reference ON document (reference);

-- Notifications that wait to be sent: identifiers only.
CREATE TABLE mail
(
  notification TEXT PRIMARY KEY,
  reference    TEXT NOT NULL,
  attempts     INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  first        INTEGER,
  next         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_by_next ON mail (next);
CREATE INDEX mail_by_reference ON mail (reference);

-- Requests that were purged, so that desks are told and no restore brings one back.
CREATE TABLE purged
(
  number     INTEGER PRIMARY KEY,
  reference  TEXT NOT NULL UNIQUE,
  first      INTEGER NOT NULL,
  department TEXT NOT NULL,
  procedure  TEXT NOT NULL,
  instant    INTEGER NOT NULL
) STRICT;

-- What was in force when the server ran last.
CREATE TABLE setting
(
  name       TEXT PRIMARY KEY,
  value      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
