-- guichetd_journal_verify(): all of it, in the order of the chain.
SELECT number, actor, instant, recorded, route, reference, listed, detail, purpose, key, hash
FROM access
ORDER BY number
