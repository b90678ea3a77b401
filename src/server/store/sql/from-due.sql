-- Walks request_by_due, soonest first.
INDEXED BY request_by_due WHERE due IS NOT NULL AND (due, id) > (:due, :id)
