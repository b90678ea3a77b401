CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  price INTEGER CHECK (price >= 0),
  picture BLOB
) STRICT;
