-- guichetd_purges_find(): the unique index of reference.
SELECT number FROM purged WHERE reference = :reference
