-- One member of staff, by primary key.
SELECT login, name, language, active, epoch, password
FROM staff
WHERE login = :login;
