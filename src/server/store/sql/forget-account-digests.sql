-- guichetd_receipts_forget_account(): a range of account_event_by_account, then by primary key.
UPDATE command SET digest = NULL
WHERE (actor, key) IN (SELECT actor, key FROM account_event WHERE account_event.account = :account)
