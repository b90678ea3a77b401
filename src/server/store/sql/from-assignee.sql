-- Gathers by request_by_assignee: and-assignee or and-unassigned follows.
INDEXED BY request_by_assignee WHERE TRUE
