-- guichetd_mail_queue_claim(): a range of mail_by_next, then by primary key.
UPDATE mail SET next = :until, first = COALESCE (first, :now)
WHERE notification IN (SELECT notification FROM mail WHERE next <= :now ORDER BY next LIMIT :limit)
RETURNING notification, reference, attempts, first
