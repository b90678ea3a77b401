-- guichetd_requests_remove(): by primary key.
DELETE FROM content WHERE id = :id
