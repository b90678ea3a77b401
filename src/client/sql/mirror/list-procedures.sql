-- For lists by procedure: a few dozen, in the order of the primary key.
SELECT procedure, department
FROM procedures
ORDER BY procedure, department;
