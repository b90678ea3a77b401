-- A view, by the indexes waiting_by_….
AND for_citizen = 1
