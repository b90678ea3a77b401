-- A page further on, where the rows were gathered.
AND last_event < :before
