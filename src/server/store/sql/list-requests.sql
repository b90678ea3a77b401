-- guichetd_restore(): all of them, and all accounts.
SELECT reference FROM request
UNION ALL
SELECT account FROM account
