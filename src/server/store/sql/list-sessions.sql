-- At start: all that have not ended.
SELECT digest, login, created, used, expires
FROM session;
