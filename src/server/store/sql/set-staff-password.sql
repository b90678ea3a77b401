-- A new password, or the same one hashed at a new cost.
UPDATE staff
SET password = :password
WHERE login = :login;
