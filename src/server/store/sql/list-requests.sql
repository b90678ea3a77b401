-- guichetd_backup_restore(): all of them.
SELECT reference FROM request ORDER BY id
