-- A filter.
AND assignee = :assignee
