-- Before the new ones are written.
DELETE FROM post
WHERE login = :login;
