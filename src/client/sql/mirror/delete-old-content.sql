-- A day began: contents that nobody came back to and that are not this clerk's. Reads that table, which is small.
DELETE FROM content
WHERE fetched < :before
AND NOT EXISTS (SELECT 1 FROM lines WHERE lines.reference = content.reference AND lines.owner = 1);
