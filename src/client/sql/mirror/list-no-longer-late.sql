-- The clock was put back: what is not late after all, by late_by_due.
SELECT id
FROM lines
WHERE department = :department AND late = 1 AND due_key >= :today;
