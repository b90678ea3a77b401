-- The head of the access log's chain: one step down the primary key from its end.
SELECT number, hash FROM access ORDER BY number DESC LIMIT 1
