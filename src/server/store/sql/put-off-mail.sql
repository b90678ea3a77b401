-- guichetd_mail_queue_put_off(): by primary key.
UPDATE mail SET attempts = attempts + 1, next = :next WHERE notification = :notification
