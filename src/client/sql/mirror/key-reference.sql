-- What a line is sorted by, by the primary key.
SELECT reference AS a
FROM lines
WHERE id = :id;
