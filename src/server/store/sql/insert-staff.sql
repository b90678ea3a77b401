-- Somebody new.
INSERT INTO staff (login, name, language, active, password, created, changed)
VALUES (:login, :name, :language, :active, :password, :now, :now);
