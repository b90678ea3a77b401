-- The line is gone.
DELETE FROM content
WHERE reference = :reference;
