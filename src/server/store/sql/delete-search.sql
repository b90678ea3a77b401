-- guichetd_requests_remove(): by primary key.
DELETE FROM search WHERE rowid = :id
