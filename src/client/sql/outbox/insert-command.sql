-- A clerk did something.
INSERT INTO commands (key, reference, body, typed_at)
VALUES (:key, :reference, :body, :typed_at);
