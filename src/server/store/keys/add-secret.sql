-- guichetd_keys_open(): the first time.
INSERT INTO secret (name, key) VALUES (:name, :key)
