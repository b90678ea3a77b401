-- guichetd_account_verify(): all of it, in the order of the chain.
SELECT number, account, kind, actor, instant, version, key, payload, hash
FROM account_event
ORDER BY number
