-- Something is about to be shown out of the mirror.
INSERT INTO accesses (key, reference, instant)
VALUES (:key, :reference, :instant);
