-- Walks requests that have no day, oldest first, by primary key.
NOT INDEXED WHERE id > :id AND due IS NULL
