-- guichetd_keys_flush(). A row that is there already belongs to a group whose journal half was
-- lost in a crash: nothing was ever sealed under it that anybody was told of.
INSERT INTO key (reference, key) VALUES (:reference, :key)
ON CONFLICT DO UPDATE SET key = excluded.key
