-- A line that is new in the mirror.
INSERT INTO lines (
  reference, procedure, department, citizen, stage, phase, waiting, blocker, result,
  assignee, assignee_name, language, channel, received, legal_due, stopped,
  delivery_failed, version, last_event, last_kind, last_actor, last_instant, open, owner,
  for_citizen, late, due_key, citizen_key, stage_key, assignee_key, news
) VALUES (
  :reference, :procedure, :department, :citizen, :stage, :phase, :waiting, :blocker,
  :result, :assignee, :assignee_name, :language, :channel, :received, :legal_due,
  :stopped, :delivery_failed, :version, :last_event, :last_kind, :last_actor,
  :last_instant, :open, :owner, :for_citizen, :late, :due_key, :citizen_key, :stage_key,
  :assignee_key, :news
);
