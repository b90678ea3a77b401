-- Signed out, expired or revoked.
DELETE FROM session
WHERE digest = :digest;
