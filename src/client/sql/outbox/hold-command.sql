-- The server refused it, or one before it.
UPDATE commands SET
  problem = :problem,
  changed_by = :changed_by,
  changed_kind = :changed_kind,
  changed_at = :changed_at
WHERE key = :key;
