-- A filter.
AND phase IN (SELECT value FROM json_each (:phases))
