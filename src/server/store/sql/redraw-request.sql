-- guichetd_requests_redraw(): by primary key.
UPDATE request SET line = :line, due = :due WHERE id = :id
