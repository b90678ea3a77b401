-- guichetd_accounts_find_person(): by the index of niss.
SELECT account, version, last_event, niss, state FROM account WHERE niss = :niss
