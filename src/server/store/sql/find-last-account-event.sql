-- The head of the chain of accounts: one step down the primary key from its end.
SELECT number, hash FROM account_event ORDER BY number DESC LIMIT 1
