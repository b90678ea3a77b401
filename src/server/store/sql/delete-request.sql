-- guichetd_requests_remove(): by primary key.
DELETE FROM request WHERE id = :id
