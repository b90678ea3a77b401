-- guichetd_listing_changes(): a range of request_by_change, which answers all conditions by itself.
-- `news` is the one look into its journal: the last event that this clerk may not know of.
-- A request that was there before N and is closed for long is gone; one that came after N and is
-- closed for long was never shown.
SELECT reference, last_event AS number, CASE WHEN closed IS NULL OR closed >= :since THEN line END AS line,
  (SELECT event.number FROM event
   WHERE event.reference = request.reference AND event.actor <> :login
     AND (event.actor <> :daemon OR event.kind = :failed)
   ORDER BY event.version DESC LIMIT 1) AS news
FROM request INDEXED BY request_by_change
WHERE last_event > :after
  AND department IN (SELECT value FROM json_each (:departments))
  AND procedure IN (SELECT value FROM json_each (:procedures))
  AND (closed IS NULL OR closed >= :since OR id <= :after)
ORDER BY last_event
LIMIT :limit
