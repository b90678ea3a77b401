-- Two statements: both or none.
CREATE TABLE part (
  item INTEGER NOT NULL REFERENCES item (id),
  name TEXT NOT NULL
) STRICT;

CREATE INDEX part_item ON part (item);
