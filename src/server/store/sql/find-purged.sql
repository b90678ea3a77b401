-- guichetd_purges_find(): the unique index of reference, or account_event_of_purge, which is small.
SELECT number FROM purged WHERE reference = :reference
UNION ALL
SELECT number FROM account_event WHERE kind = 'purged' AND account = :reference
