-- With update-request.
  , due = :due
