-- guichetd_journal_verify(): all of them.
SELECT count (*) AS n FROM request
