-- guichetd_journal_verify(): all of it, in the order of the chain.
SELECT number, reference, kind, procedure, department, stage, phase, waiting, blocker, result, assignee,
       actor, instant, version, key, payload, hash
FROM event
ORDER BY number
