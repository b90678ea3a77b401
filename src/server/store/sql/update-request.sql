-- guichetd_requests_change(): what every event changes. Columns that only some change are set by
-- fragments of their own: naming a column writes every index that it is in, changed or not.
UPDATE request
SET version = :version, last_event = :last_event, line = :line
