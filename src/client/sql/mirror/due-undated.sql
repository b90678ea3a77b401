-- A list by date, latest first: those that have none come last.
AND due_key = 2147483647
