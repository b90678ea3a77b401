-- guichetd_requests_list_open(): all of them, once when the catalogue is another one.
SELECT reference FROM request WHERE phase <> 'closed' ORDER BY id
