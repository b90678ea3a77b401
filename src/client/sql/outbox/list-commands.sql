-- At start: a handful, in the order typed.
SELECT key, reference, body, typed_at, problem, changed_by, changed_kind, changed_at
FROM commands
ORDER BY serial;
