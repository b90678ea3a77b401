-- Where a line stands: by the primary key.
SELECT department, procedure, open, owner, for_citizen, late
FROM lines
WHERE id = :id;
