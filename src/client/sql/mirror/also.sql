-- Between the departments of a list; SQLite merges them, each read in order.
UNION ALL
