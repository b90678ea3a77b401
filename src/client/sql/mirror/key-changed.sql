-- What a line is sorted by, by the primary key.
SELECT last_event AS a
FROM lines
WHERE id = :id;
