-- What a line is sorted by, by the primary key.
SELECT received AS a
FROM lines
WHERE id = :id;
