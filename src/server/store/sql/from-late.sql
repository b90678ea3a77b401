-- Gathers by request_by_due what is late: and-late follows.
INDEXED BY request_by_due WHERE due IS NOT NULL
