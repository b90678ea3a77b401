-- Walks requests in the order of deposit, newest first, by primary key.
NOT INDEXED WHERE id < :before
