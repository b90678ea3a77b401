-- guichetd_access_append(): access_by_key.
SELECT number FROM access WHERE actor = :actor AND key = :key
