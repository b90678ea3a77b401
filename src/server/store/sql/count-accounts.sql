-- guichetd_account_verify(): rows that there are.
SELECT COUNT (*) AS n FROM account
