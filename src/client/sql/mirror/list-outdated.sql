-- A day began: closed too long ago, by closed_since.
SELECT reference
FROM lines
WHERE open = 0 AND last_instant < :before;
