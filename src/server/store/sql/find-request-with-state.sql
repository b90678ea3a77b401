-- guichetd_requests_find_state(): one row by the unique index of reference, one by primary key.
SELECT request.id, reference, department, procedure, stage, phase, assignee, due, version, last_event,
       line, state
FROM request JOIN content ON content.id = request.id
WHERE reference = :reference
