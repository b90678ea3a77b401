-- guichetd_keys_open(): a handful of rows.
SELECT name, key FROM secret ORDER BY name
