-- guichetd_receipts_add().
INSERT INTO command (actor, key, digest, reference, version, number)
VALUES (:actor, :key, :digest, :reference, :version, :number)
