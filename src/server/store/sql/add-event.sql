-- guichetd_journal_append().
INSERT INTO event
  (number, reference, kind, procedure, department, stage, phase, waiting, blocker, result, assignee,
   actor, instant, version, key, payload, hash)
VALUES
  (:number, :reference, :kind, :procedure, :department, :stage, :phase, :waiting, :blocker, :result,
   :assignee, :actor, :instant, :version, :key, :payload, :hash)
