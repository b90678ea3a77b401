-- What a line is sorted by, by the primary key.
SELECT citizen_key AS a
FROM lines
WHERE id = :id;
