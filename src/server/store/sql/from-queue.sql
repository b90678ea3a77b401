-- Gathers by request_by_queue: and-procedures and what narrows it further follow.
INDEXED BY request_by_queue WHERE TRUE
