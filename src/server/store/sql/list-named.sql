-- The restricted procedures that somebody is named for, by the front of the primary key.
SELECT procedure
FROM named
WHERE login = :login
ORDER BY procedure;
