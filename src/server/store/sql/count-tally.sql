-- guichetd_listing_search(): begins a total that is kept; ranges of the tally's primary key.
SELECT COALESCE (SUM (n), 0) AS n FROM tally WHERE TRUE
