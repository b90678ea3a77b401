-- What a line is sorted by, by the primary key.
SELECT stage_key AS a, due_key AS b
FROM lines
WHERE id = :id;
