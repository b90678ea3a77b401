-- guichetd_account_journal_append()
INSERT INTO account_event (number, account, kind, actor, instant, version, key, payload, hash)
VALUES (:number, :account, :kind, :actor, :instant, :version, :key, :payload, :hash)
