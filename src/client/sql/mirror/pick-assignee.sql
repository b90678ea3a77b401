-- Beginning of a list by assignee; the key is picked because lists of departments are merged by it.
SELECT id, assignee_key AS a, due_key AS b
FROM lines
WHERE
