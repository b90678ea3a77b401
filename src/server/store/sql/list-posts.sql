-- What somebody may do, by the front of the primary key.
SELECT department, role
FROM post
WHERE login = :login
ORDER BY department, role;
