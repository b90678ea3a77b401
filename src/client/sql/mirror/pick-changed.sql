-- Beginning of a list by changed; the key is picked because lists of departments are merged by it.
SELECT id, last_event AS a
FROM lines
WHERE
