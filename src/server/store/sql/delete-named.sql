-- Before the new ones are written.
DELETE FROM named
WHERE login = :login;
