-- Somebody signed in.
INSERT INTO session (digest, login, created, used, expires)
VALUES (:digest, :login, :created, :used, :expires);
