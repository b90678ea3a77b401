-- A line that is no longer this clerk's to see, or too old.
DELETE FROM lines
WHERE id = :id;
