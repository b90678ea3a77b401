-- A list by date, latest first: those that have one.
AND due_key < 2147483647
