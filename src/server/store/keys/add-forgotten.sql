-- guichetd_keys_destroy().
INSERT INTO forgotten (reference, instant) VALUES (:reference, :instant)
ON CONFLICT DO NOTHING
