-- guichetd_requests_add().
INSERT INTO request
  (id, reference, department, procedure, stage, phase, assignee, due, closed, version, last_event, niss,
   line)
VALUES
  (:id, :reference, :department, :procedure, :stage, :phase, :assignee, :due, :closed, :version,
   :last_event, :niss, :line)
