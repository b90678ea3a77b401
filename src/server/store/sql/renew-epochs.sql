-- guichetd_backup_restore(): mirrors that know of later events start afresh.
UPDATE staff SET epoch = MAX (epoch + 1, :epoch)
