-- At start.
SELECT key, reference, instant
FROM accesses
ORDER BY instant;
