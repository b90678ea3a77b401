-- A line by its name, by the index that makes references unique.
SELECT id
FROM lines
WHERE reference = :reference;
