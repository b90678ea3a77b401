-- A view, by the indexes late_by_….
AND late = 1
