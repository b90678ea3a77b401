-- guichetd_requests_add().
INSERT INTO content (id, state) VALUES (:id, :state)
