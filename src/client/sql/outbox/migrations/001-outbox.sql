-- What a clerk did and the server has not confirmed. Never thrown away: not with the mirror, not at
-- sign-out, only when the server has it or the clerk gives it up.

CREATE TABLE commands (
  serial INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which they were typed
  key TEXT NOT NULL UNIQUE,
  reference TEXT NOT NULL,
  body BLOB NOT NULL,        -- JSON, byte for byte as it is sent every time
  typed_at INTEGER NOT NULL, -- instant
  problem TEXT,              -- the API's word, or "behind": given back to the clerk; NULL: to be sent
  changed_by TEXT,           -- with "conflict": who, what and when
  changed_kind TEXT,
  changed_at INTEGER
) STRICT;

-- What was shown out of the mirror, for the server's record of consultations.
CREATE TABLE accesses (
  key TEXT PRIMARY KEY,
  reference TEXT NOT NULL,
  instant INTEGER NOT NULL
) STRICT;
