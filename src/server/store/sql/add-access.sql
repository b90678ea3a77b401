-- guichetd_access_append().
INSERT INTO access
  (number, actor, instant, recorded, route, reference, listed, detail, purpose, key, hash)
VALUES
  (:number, :actor, :instant, :recorded, :route, :reference, :listed, :detail, :purpose, :key, :hash)
