-- A request that was opened before.
SELECT version, request, events, fetched
FROM content
WHERE reference = :reference;
