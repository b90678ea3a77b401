-- guichetd_purges_scrub(): whether anybody left in the index has that word in their name.
SELECT rowid FROM search WHERE search MATCH :match LIMIT 1
