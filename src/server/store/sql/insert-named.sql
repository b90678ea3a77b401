-- One restricted procedure that somebody is named for.
INSERT INTO named (login, procedure)
VALUES (:login, :procedure);
