-- One member of staff, by primary key.
SELECT login, name, language, active, epoch, password, card
FROM staff
WHERE login = :login;
