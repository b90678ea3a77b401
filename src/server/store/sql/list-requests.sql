-- guichetd_restore(): all of them.
SELECT reference FROM request ORDER BY id
