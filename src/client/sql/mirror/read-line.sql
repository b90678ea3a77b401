-- One row of a list, by the primary keys of both tables.
SELECT
  id, lines.reference, procedure, department, citizen, stage, phase, waiting, blocker,
  result, assignee, assignee_name, language, channel, received, due_key, legal_due,
  stopped, delivery_failed, version, last_event, last_kind, last_actor, last_instant,
  news,
  seen.event AS seen
FROM lines
LEFT JOIN seen USING (reference)
WHERE lines.id = :id;
