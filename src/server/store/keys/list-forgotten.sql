-- guichetd_keys_forgotten(): for a restore.
SELECT reference FROM forgotten ORDER BY reference
