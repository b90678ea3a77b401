-- Beginning of a list by citizen; the key is picked because lists of departments are merged by it.
SELECT id, citizen_key AS a
FROM lines
WHERE
