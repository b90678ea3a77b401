-- guichetd_account_journal_read(): a range of account_event_by_account.
SELECT number, account, kind, actor, instant, version, key, payload
FROM account_event
WHERE account = :account AND version > :after
ORDER BY version
