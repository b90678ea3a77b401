-- A page further on, where the rows were gathered.
AND (COALESCE (due, 2147483647), request.id) > (:due, :id)
