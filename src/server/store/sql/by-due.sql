-- Ends a walk along request_by_due.
ORDER BY due, id LIMIT :limit
