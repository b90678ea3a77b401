-- By the primary key.
UPDATE lines SET late = :late
WHERE id = :id;
