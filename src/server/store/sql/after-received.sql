-- A page further on, where the rows were gathered.
AND request.id < :before
