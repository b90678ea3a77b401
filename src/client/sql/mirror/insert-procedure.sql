-- The first line of a procedure.
INSERT INTO procedures (procedure, department)
VALUES (:procedure, :department)
ON CONFLICT (procedure) DO UPDATE SET department = excluded.department;
