-- The head of the chain: one step down the primary key from its end.
SELECT number, hash FROM event ORDER BY number DESC LIMIT 1
