-- guichetd_account_journal_purges(): account_event_of_purge, which is small.
SELECT number, account, kind, actor, instant, version, key, payload
FROM account_event
WHERE kind = 'purged'
ORDER BY number
