-- guichetd_listing_search(): begins a list; one of the from-* follows.
SELECT id, reference, due, last_event, line FROM request
