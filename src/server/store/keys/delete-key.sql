-- guichetd_keys_destroy().
DELETE FROM key WHERE reference = :reference
