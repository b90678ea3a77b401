-- guichetd_accounts_add()
INSERT INTO account (account, version, last_event, niss, state)
VALUES (:account, :version, :last_event, :niss, :state)
