-- Ends a list that was gathered.
ORDER BY COALESCE (due, 2147483647), request.id LIMIT :limit
