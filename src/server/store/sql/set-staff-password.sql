-- A new password.
UPDATE staff
SET password = :password
WHERE login = :login;
