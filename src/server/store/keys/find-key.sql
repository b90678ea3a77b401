-- guichetd_keys_find(): the key of a request, by primary key.
SELECT key FROM key WHERE reference = :reference
