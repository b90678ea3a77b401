-- Beginning of a list by reference; the key is picked because lists of departments are merged by it.
SELECT id, reference AS a
FROM lines
WHERE
