-- Ends a list of what the index of words finds, which gives it in this order.
ORDER BY search.rowid DESC LIMIT :limit
