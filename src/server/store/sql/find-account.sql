-- guichetd_accounts_find(): by primary key.
SELECT account, version, last_event, niss, state FROM account WHERE account = :account
