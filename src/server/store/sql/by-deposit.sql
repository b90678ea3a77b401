-- Ends a walk of what has no day.
ORDER BY id LIMIT :limit
