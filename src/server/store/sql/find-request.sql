-- guichetd_requests_find(): one row by the unique index of reference.
SELECT id, reference, department, procedure, stage, phase, assignee, due, version, last_event, line
FROM request
WHERE reference = :reference
