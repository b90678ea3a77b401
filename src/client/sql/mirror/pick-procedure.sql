-- Beginning of a list by procedure: one procedure at a time, in the order of their names.
SELECT id, due_key AS a
FROM lines
WHERE procedure = :procedure AND
