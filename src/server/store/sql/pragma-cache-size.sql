-- Pages kept in memory, in KiB: a few hundred thousand requests' hot part.
PRAGMA cache_size = -65536
