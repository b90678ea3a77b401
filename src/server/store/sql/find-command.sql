-- guichetd_receipts_find(): by primary key.
SELECT digest, reference, version, number FROM command WHERE actor = :actor AND key = :key
