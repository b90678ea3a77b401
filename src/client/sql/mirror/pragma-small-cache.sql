-- Afterwards: SQLite's own 2 MB.
PRAGMA cache_size = -2000;
