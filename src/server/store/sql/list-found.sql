-- guichetd_listing_search(): begins a list of what the index of words finds, newest first by itself.
SELECT id, reference, due, last_event, line FROM search CROSS JOIN request ON request.id = search.rowid
WHERE search MATCH :match
