-- At start, and for the administrator's list. Reads the whole table: some hundreds of rows.
SELECT login, name, language, active, epoch, password, card
FROM staff
ORDER BY login;
