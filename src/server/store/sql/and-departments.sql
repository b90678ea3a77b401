-- What the clerk may list. In every list.
AND department IN (SELECT value FROM json_each (:departments))
