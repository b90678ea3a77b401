-- guichetd_requests_change(): by primary key.
UPDATE content SET state = :state WHERE id = :id
