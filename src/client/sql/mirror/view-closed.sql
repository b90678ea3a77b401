-- A view, by the indexes open_by_….
AND open = 0
