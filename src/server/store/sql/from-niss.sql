-- Gathers by request_by_niss: and-niss follows.
INDEXED BY request_by_niss WHERE niss IS NOT NULL
