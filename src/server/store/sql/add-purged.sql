-- guichetd_purges_add().
INSERT INTO purged (number, reference, first, department, procedure, instant)
VALUES (:number, :reference, :first, :department, :procedure, :instant)
