-- guichetd_mail_queue_next(): the first of mail_by_next.
SELECT next FROM mail ORDER BY next LIMIT 1
