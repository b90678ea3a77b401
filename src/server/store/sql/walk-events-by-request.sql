-- guichetd_journal_verify(): all of it, along event_by_reference.
SELECT number, reference, kind, procedure, department, stage, phase, waiting, blocker, result, assignee,
       actor, instant, version, key, payload
FROM event INDEXED BY event_by_reference
ORDER BY reference, version
