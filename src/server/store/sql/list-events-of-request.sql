-- guichetd_journal_read(): a range of event_by_reference.
SELECT number, reference, kind, procedure, department, stage, phase, waiting, blocker, result, assignee,
       actor, instant, version, key, payload
FROM event
WHERE reference = :reference AND version > :after
ORDER BY version
