-- Pages in the write-ahead log before it is folded back: 32 MiB, a flush less often.
PRAGMA wal_autocheckpoint = 8192
