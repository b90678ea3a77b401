-- guichetd_accounts_change(): by primary key. Whose account it is never changes.
UPDATE account SET version = :version, last_event = :last_event, state = :state WHERE account = :account
