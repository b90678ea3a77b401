-- The line is gone, or was purged.
DELETE FROM content
WHERE reference = :reference;
