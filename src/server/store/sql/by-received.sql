-- Ends a list.
ORDER BY request.id DESC LIMIT :limit
