-- While the first lines come and are sorted into their indexes: 64 MB.
PRAGMA cache_size = -65536;
