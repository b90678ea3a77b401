-- A view, by the indexes owner_by_….
AND owner = 1
