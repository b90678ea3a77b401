-- guichetd_staff_store_renew_hash(): not if the password was changed meanwhile.
UPDATE staff
SET password = :after
WHERE login = :login AND password = :before;
