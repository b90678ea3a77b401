-- guichetd_listing_search(): begins a count; one of the from-* follows.
SELECT count (*) AS n FROM (SELECT 1 FROM request
