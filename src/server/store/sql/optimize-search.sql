-- guichetd_purges_scrub(): writes the index of words anew, without those of deleted rows.
INSERT INTO search (search) VALUES ('optimize')
