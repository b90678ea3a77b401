-- One post of somebody.
INSERT INTO post (login, department, role)
VALUES (:login, :department, :role);
