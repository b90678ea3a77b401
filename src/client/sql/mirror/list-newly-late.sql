-- A day began: what became late, by open_by_due.
SELECT id
FROM lines
WHERE department = :department AND open = 1 AND due_key < :today AND late = 0;
