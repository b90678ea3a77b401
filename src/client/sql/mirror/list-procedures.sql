-- For lists by procedure: a few dozen.
SELECT procedure, department
FROM procedures;
