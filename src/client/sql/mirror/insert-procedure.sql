-- The first line of a procedure in a department.
INSERT INTO procedures (procedure, department)
VALUES (:procedure, :department)
ON CONFLICT (procedure, department) DO NOTHING;
