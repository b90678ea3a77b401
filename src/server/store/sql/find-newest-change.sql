-- guichetd_listing_newest(): from the end of request_by_change and of the primary key of purged, as far back as
-- what came since is others'. list-changes passes over that too.
SELECT COALESCE (MAX (number), 0) AS number
FROM (SELECT *
      FROM (SELECT last_event AS number
            FROM request INDEXED BY request_by_change
            WHERE last_event > 0
              AND department IN (SELECT value FROM json_each (:departments))
              AND procedure IN (SELECT value FROM json_each (:procedures))
            ORDER BY last_event DESC
            LIMIT 1)
      UNION ALL
      SELECT *
      FROM (SELECT number
            FROM purged
            WHERE number > 0
              AND department IN (SELECT value FROM json_each (:departments))
              AND procedure IN (SELECT value FROM json_each (:procedures))
            ORDER BY number DESC
            LIMIT 1))
