-- Beginning of a list by received; the key is picked because lists of departments are merged by it.
SELECT id, received AS a
FROM lines
WHERE
