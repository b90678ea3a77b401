-- guichetd_purges_list(): all of a small table.
SELECT reference FROM purged ORDER BY number
