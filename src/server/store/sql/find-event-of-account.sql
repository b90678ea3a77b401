-- guichetd_account_journal_knows(): the first of account_event_by_account.
SELECT number FROM account_event WHERE account = :account LIMIT 1
