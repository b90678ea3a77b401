-- guichetd_mail_queue_done(): by primary key.
DELETE FROM mail WHERE notification = :notification
