-- At start: four departments, six views.
SELECT department, view, requests
FROM counts;
