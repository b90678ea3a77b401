-- guichetd_purges_list(): all of a small table, and of a small index.
SELECT reference FROM purged
UNION ALL
SELECT account FROM account_event WHERE kind = 'purged'
