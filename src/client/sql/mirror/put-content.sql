-- What the server said of a request that was opened; not if it was purged since.
INSERT INTO content (reference, version, request, events, fetched)
SELECT :reference, :version, :request, :events, :fetched
WHERE NOT EXISTS (
  SELECT 1 FROM lines
  WHERE reference = :reference AND citizen = '' AND lines.version > :version
)
ON CONFLICT (reference) DO UPDATE SET
  version = excluded.version,
  request = excluded.request,
  events = excluded.events,
  fetched = excluded.fetched
WHERE excluded.version >= content.version;
