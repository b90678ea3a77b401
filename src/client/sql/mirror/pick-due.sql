-- Beginning of a list by due; the key is picked because lists of departments are merged by it.
SELECT id, due_key AS a
FROM lines
WHERE
