-- A filter.
AND assignee IS NULL
