-- Beginning of a list by stage; the key is picked because lists of departments are merged by it.
SELECT id, stage_key AS a, due_key AS b
FROM lines
WHERE
