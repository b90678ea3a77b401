-- How large a mark for each line must be: the end of the primary key.
SELECT coalesce(max(id), 0) AS id
FROM lines;
