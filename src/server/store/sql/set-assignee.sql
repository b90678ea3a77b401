-- With update-request.
  , assignee = :assignee
