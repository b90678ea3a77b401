-- What the server said of a request that was opened.
INSERT INTO content (reference, version, request, events, fetched)
VALUES (:reference, :version, :request, :events, :fetched)
ON CONFLICT (reference) DO UPDATE SET
  version = excluded.version,
  request = excluded.request,
  events = excluded.events,
  fetched = excluded.fetched
WHERE excluded.version >= content.version;
