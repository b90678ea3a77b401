-- guichetd_account_verify(): all of it, along account_event_by_account.
SELECT number, account, kind, actor, instant, version, key, payload
FROM account_event INDEXED BY account_event_by_account
ORDER BY account, version
