-- guichetd_listing_changes(): a range of request_by_closing.
SELECT count (*) AS n
FROM request INDEXED BY request_by_closing
WHERE closed >= :since
  AND department IN (SELECT value FROM json_each (:departments))
  AND procedure IN (SELECT value FROM json_each (:procedures))
