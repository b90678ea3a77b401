-- What makes the journal readable; kept, flushed and backed up apart from it.

-- One key a request. Destroying it is what purging means.
CREATE TABLE key
(
  reference TEXT PRIMARY KEY,
  key       BLOB NOT NULL CHECK (length (key) = 32)
) STRICT, WITHOUT ROWID;

-- Keys that belong to no request: under which national numbers are looked up, commands
-- recognised, and reasons for a purge kept.
CREATE TABLE secret
(
  name      TEXT PRIMARY KEY,
  key       BLOB NOT NULL CHECK (length (key) = 32)
) STRICT, WITHOUT ROWID;

-- Requests whose key was destroyed: no restore may bring one back.
CREATE TABLE forgotten
(
  reference TEXT PRIMARY KEY,
  instant   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
