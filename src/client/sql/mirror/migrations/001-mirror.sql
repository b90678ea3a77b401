-- The desk's copy of its queue. It can be thrown away at any time, and is: at sign-out and
-- whenever the rights of its clerk change. So the closed lists are kept as their numbers, an
-- eighth of the words' size in sixteen indexes; when one of the lists changes, a migration
-- empties this file.

CREATE TABLE state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch INTEGER NOT NULL DEFAULT -1,       -- of the clerk's rights; -1: nothing is there yet
  last INTEGER NOT NULL DEFAULT 0,         -- number of the last event that the lines know of
  total INTEGER NOT NULL DEFAULT 0,        -- lines that the first synchronisation is to bring
  synchronised INTEGER NOT NULL DEFAULT 0 CHECK (synchronised IN (0, 1)),
  revision INTEGER NOT NULL DEFAULT 0,     -- grows with every change of a line
  today INTEGER NOT NULL DEFAULT 0,        -- day against which "late" was judged
  clock_offset INTEGER NOT NULL DEFAULT 0, -- microseconds that the server is ahead of this machine
  me BLOB,                                 -- last answer of /v1/me
  catalogue_version TEXT,
  catalogue BLOB                           -- last answer of /v1/catalogue
) STRICT;

INSERT INTO state (one) VALUES (1);

CREATE TABLE lines (
  id INTEGER PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,
  procedure TEXT NOT NULL,
  department INTEGER NOT NULL,
  citizen TEXT NOT NULL,
  stage TEXT NOT NULL,
  phase INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  blocker INTEGER NOT NULL,
  result INTEGER NOT NULL,
  assignee TEXT,
  assignee_name TEXT,
  language INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  received INTEGER NOT NULL,
  legal_due INTEGER,
  stopped INTEGER NOT NULL,
  delivery_failed INTEGER NOT NULL,
  version INTEGER NOT NULL,
  last_event INTEGER NOT NULL,
  last_kind INTEGER NOT NULL,
  last_actor TEXT,
  last_instant INTEGER NOT NULL,

  -- What views filter by.
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  owner INTEGER CHECK (owner IN (1, 2)), -- 1: mine, 2: nobody's and to take; NULL: neither, or closed
  for_citizen INTEGER NOT NULL CHECK (for_citizen IN (0, 1)), -- waits for the citizen
  late INTEGER NOT NULL CHECK (late IN (0, 1)),

  -- What they are sorted by, where it is not a column above.
  due_key INTEGER NOT NULL, -- day; 2147483647 where no date runs
  citizen_key TEXT NOT NULL,
  stage_key TEXT NOT NULL,
  assignee_key TEXT NOT NULL,

  news INTEGER NOT NULL -- number of the last event that this clerk may not know of
) STRICT;

-- For lists sorted by procedure, which go through them by the order of their names. One that
-- was given to another department has requests in both.
CREATE TABLE procedures (
  procedure TEXT NOT NULL,
  department INTEGER NOT NULL,
  PRIMARY KEY (procedure, department)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts (
  department INTEGER NOT NULL,
  view INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  PRIMARY KEY (department, view)
) STRICT, WITHOUT ROWID;

-- Up to which event this clerk has looked at a request.
CREATE TABLE seen (
  reference TEXT PRIMARY KEY,
  event INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Full content, only of what this clerk opened.
CREATE TABLE content (
  reference TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  request BLOB NOT NULL,
  events BLOB NOT NULL,
  fetched INTEGER NOT NULL -- instant
) STRICT;

-- Which lines have a word beginning with one or two letters: lists too long to be read out of the
-- words below within a frame. One row for 4,096 consecutive ids; guichet-hits.h says how.
CREATE TABLE initials (
  letters TEXT NOT NULL,
  block INTEGER NOT NULL,
  hits BLOB NOT NULL,
  PRIMARY KEY (letters, block)
) STRICT, WITHOUT ROWID;

-- Folded words of reference and citizen (guichet-fold.h). Contentless: the texts are in lines. Cut at
-- blanks only, since folding left nothing else between words: the tables of unicode61 end before
-- letters that GLib knows, and a word that it cuts in two cannot be asked for.
CREATE VIRTUAL TABLE words USING fts5 (
  text,
  content='',
  detail=none,
  prefix='3 4 5 6',
  tokenize='ascii'
);

-- Closed lines leave ninety days after they were closed.
CREATE INDEX closed_since ON lines (last_instant) WHERE open = 0;
