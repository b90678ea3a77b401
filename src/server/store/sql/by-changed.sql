-- Ends a list.
ORDER BY last_event DESC LIMIT :limit
