-- guichetd_mail_queue_add().
INSERT INTO mail (notification, reference, next) VALUES (:notification, :reference, :next)
