-- guichetd_listing_changes(): a range of the primary key.
SELECT reference, number
FROM purged
WHERE number > :after AND first <= :after
  AND department IN (SELECT value FROM json_each (:departments))
  AND procedure IN (SELECT value FROM json_each (:procedures))
ORDER BY number
LIMIT :limit
