-- guichetd_listing_search(): begins a count of what the index of words finds.
SELECT count (*) AS n FROM (SELECT 1 FROM search CROSS JOIN request ON request.id = search.rowid
WHERE search MATCH :match
