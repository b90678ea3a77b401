-- Staff, what they may do, and their sessions. A login is for ever: it stands in the journal,
-- so nobody is removed, only made inactive. Instants are microseconds since 1970, UTC.
CREATE TABLE staff (
  login TEXT NOT NULL PRIMARY KEY CHECK (length(login) BETWEEN 2 AND 40),
  name TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('fr', 'nl', 'de', 'en')),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  epoch INTEGER NOT NULL DEFAULT 1 CHECK (epoch >= 1),
  password TEXT NOT NULL CHECK (password LIKE '$argon2id$%'),
  -- Of the national number on the card that signs them in: a digest under a secret of keys.db.
  card BLOB UNIQUE CHECK (length(card) = 32),
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE post (
  login TEXT NOT NULL REFERENCES staff (login),
  department TEXT NOT NULL
    CHECK (department IN ('population', 'civilStatus', 'planning', 'archives')),
  role TEXT NOT NULL
    CHECK (role IN ('clerk', 'officer', 'supervisor', 'reception', 'protection', 'administrator')),
  PRIMARY KEY (login, department, role)
) STRICT, WITHOUT ROWID;

-- Restricted procedures that somebody is named for.
CREATE TABLE named (
  login TEXT NOT NULL REFERENCES staff (login),
  procedure TEXT NOT NULL,
  PRIMARY KEY (login, procedure)
) STRICT, WITHOUT ROWID;

-- Of a token only the digest (BLAKE2b-256) is kept.
CREATE TABLE session (
  digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
  login TEXT NOT NULL REFERENCES staff (login),
  created INTEGER NOT NULL,
  used INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_login ON session (login);
