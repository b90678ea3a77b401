-- The line is gone.
DELETE FROM seen
WHERE reference = :reference;
