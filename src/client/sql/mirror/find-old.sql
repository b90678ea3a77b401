-- What a line was before it changes: for counts, words and what is to be told.
SELECT id, department, procedure, citizen, open, owner, for_citizen, late, version, last_event
FROM lines
WHERE reference = :reference;
