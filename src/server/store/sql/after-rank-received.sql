-- A page further on in what the index of words finds: a range of its rows.
AND search.rowid < :before
