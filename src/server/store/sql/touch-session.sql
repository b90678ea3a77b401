-- When a session was used last; written at most once a minute.
UPDATE session
SET used = :used
WHERE digest = :digest;
