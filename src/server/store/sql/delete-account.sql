-- guichetd_accounts_remove(): by primary key.
DELETE FROM account WHERE account = :account
