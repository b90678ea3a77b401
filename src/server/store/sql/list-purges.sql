-- guichetd_journal_purges(): by the primary keys of a small table.
SELECT event.number, event.reference, kind, event.procedure, event.department, stage, phase, waiting, blocker,
       result, assignee, actor, event.instant, version, key, payload
FROM purged JOIN event ON event.number = purged.number
ORDER BY purged.number
