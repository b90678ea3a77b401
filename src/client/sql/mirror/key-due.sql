-- What a line is sorted by, by the primary key.
SELECT due_key AS a
FROM lines
WHERE id = :id;
