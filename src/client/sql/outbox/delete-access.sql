-- The server has it.
DELETE FROM accesses
WHERE key = :key;
